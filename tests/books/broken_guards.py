"""How can what guards a product's names and numbers be broken?"""

from chalicelib.catalog.models import Barcode, ProductSlug
from tests.books.a_shops_goods import DARK, GABI
from tests.books.breaking import Breakages
from tests.books.copy_of_table import TableCopy

breakages = Breakages()


@breakages.of("barcodes_are_guarded")
def a_barcode_is_free_that_a_variant_has(table: TableCopy) -> None:
    table.drop(table.one(Barcode, sku=GABI))


@breakages.of("barcodes_are_guarded")
def a_barcode_leads_to_another_variant(table: TableCopy) -> None:
    table.change(table.one(Barcode, sku=GABI), sku=DARK)


@breakages.of("barcodes_are_guarded")
def a_barcode_stays_taken_that_no_variant_has(table: TableCopy) -> None:
    guard = table.one(Barcode, sku=GABI)
    guard.pk = guard.pk.replace("4006", "9006")
    table.change(guard)


@breakages.of("slugs_lead_to_products")
def an_address_leads_nowhere(table: TableCopy) -> None:
    table.drop(table.one(ProductSlug))


@breakages.of("slugs_lead_to_products")
def an_address_leads_to_another_product(table: TableCopy) -> None:
    slug, *_ = table.all(ProductSlug)
    other = next(each for each in table.all(ProductSlug) if each.product_id != slug.product_id)
    table.change(slug, product_id=other.product_id)


@breakages.of("slugs_lead_to_products")
def an_address_leads_to_a_product_that_is_not_there(table: TableCopy) -> None:
    slug = table.one(ProductSlug)
    slug.pk = "SLUG#long-gone"
    table.change(slug, slug="long-gone", product_id="prd_GONE")
