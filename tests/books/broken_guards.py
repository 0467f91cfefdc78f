"""How can what guards a product's names and numbers be broken?"""

from chalicelib.catalog.models import Barcode
from tests.books.a_shop import DARK, GABI
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
