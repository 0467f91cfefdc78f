"""What does the catalogue ask of the table, and do its guards hold?"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.catalog import service as catalog
from chalicelib.catalog import store
from chalicelib.catalog.errors import SkuTaken, TooManyVariants
from chalicelib.catalog.rules import ProductStatus
from chalicelib.catalog.schemas import ProductChange, VariantDraft
from chalicelib.core.errors import PreconditionFailed
from chalicelib.core.money import Money
from chalicelib.core.storage import transactions
from chalicelib.core.storage.table import find_many
from chalicelib.core.storage.transactions import StaleItem, settled
from chalicelib.inventory import service as inventory
from tests.catalog.builders import a_product, a_variant
from tests.support.account import Account
from tests.support.recorded_calls import recording


def a_variant_draft(sku: str, price: int = 25_000) -> VariantDraft:
    return VariantDraft(sku=sku, options={"weight": sku}, price=Money(price, "ETB"), weight_grams=250)


def sold(sku: str):
    """Return the variant of a SKU if it is for sale."""
    return catalog.sellable(next(iter(find_many([catalog.variant_key(sku)])), None))


def test_a_product_is_checked_in_three_reads_and_made_in_one_transaction(shop: Account):
    with recording(shop.dynamodb) as calls:
        a_product(variants=[a_variant() for _ in range(20)])

    assert calls.operations == ["GetItem", "BatchGetItem", "BatchGetItem", "TransactWriteItems"]


def test_a_new_product_has_a_guard_and_an_empty_stock_for_each_sku(shop: Account):
    product = a_product(variants=[a_variant("COFFEE-250")])

    variant = sold("COFFEE-250")
    (stock,) = inventory.stock_of_product(product.product_id)
    assert (variant.product_id, variant.vendor_id, variant.price) == (
        product.product_id,
        "ven_GEDEO",
        Money(25_000, "ETB"),
    )
    assert (stock.sku, stock.available, stock.on_hand) == ("COFFEE-250", 0, 0)


def test_one_of_many_gets_a_sku_and_the_others_are_told_who(shop: Account):
    def try_to_have_it(number: int) -> str:
        try:
            return settled(lambda: a_product(variants=[a_variant("LAST")])).product_id
        except SkuTaken as refusal:
            return f"taken by {refusal.facts['product_id']}"

    with ThreadPoolExecutor(8) as threads:
        answers = sorted(threads.map(try_to_have_it, range(8)))

    (winner, *others) = answers
    assert others == [f"taken by {winner}"] * 7


def test_a_draft_is_not_sellable_until_it_is_active(shop: Account):
    product = a_product(status="draft", variants=[a_variant("COFFEE-250")])
    assert sold("COFFEE-250") is None

    catalog.change_product(product.product_id, ProductChange(status=ProductStatus.ACTIVE), if_version=1)

    assert sold("COFFEE-250").product_id == product.product_id


def test_a_price_change_writes_only_the_variant_it_concerns(shop: Account):
    product = a_product(variants=[a_variant("COFFEE-250"), a_variant("COFFEE-500")])
    kept, dearer = product.details.variants[1], a_variant_draft("COFFEE-250", 27_500)
    unchanged = VariantDraft(sku=kept.sku, options=kept.options, price=kept.price, weight_grams=kept.weight_grams)

    with recording(shop.dynamodb) as calls:
        catalog.change_product(product.product_id, ProductChange(variants=[dearer, unchanged]), if_version=1)

    assert calls.operations == ["BatchGetItem", "TransactWriteItems"]
    assert len(calls.sent[1].params["TransactItems"]) == 2
    assert sold("COFFEE-250").price == Money(27_500, "ETB")


def test_a_new_title_reaches_what_carts_copy(shop: Account):
    product = a_product(variants=[a_variant("COFFEE-250")])

    catalog.change_product(product.product_id, ProductChange(title={"en": "Gedeo coffee"}), if_version=1)

    assert sold("COFFEE-250").title == {"en": "Gedeo coffee"}


def test_a_variant_taken_off_cannot_be_sold_and_keeps_its_sku_and_stock(shop: Account):
    product = a_product(variants=[a_variant("COFFEE-250"), a_variant("COFFEE-500")])
    inventory.receive(product.product_id, "COFFEE-500", 4, note="", by="usr_KEEPER")

    catalog.change_product(product.product_id, ProductChange(variants=[a_variant_draft("COFFEE-250")]), if_version=1)

    assert sold("COFFEE-500") is None
    with pytest.raises(SkuTaken):
        a_product(variants=[a_variant("COFFEE-500")])
    assert [stock.available for stock in inventory.stock_of_product(product.product_id)] == [0, 4]


def test_a_variant_added_later_is_guarded_and_counted(shop: Account):
    product = a_product(variants=[a_variant("COFFEE-250")])
    wanted = [a_variant_draft("COFFEE-250"), a_variant_draft("COFFEE-1000")]

    catalog.change_product(product.product_id, ProductChange(variants=wanted), if_version=1)

    assert sold("COFFEE-1000").product_id == product.product_id
    assert [stock.sku for stock in inventory.stock_of_product(product.product_id)] == ["COFFEE-1000", "COFFEE-250"]


def test_a_change_may_not_take_another_products_sku(shop: Account):
    first, second = a_product(variants=[a_variant("COFFEE-250")]), a_product()

    with pytest.raises(SkuTaken) as refused:
        catalog.change_product(second.product_id, ProductChange(variants=[a_variant_draft("COFFEE-250")]), if_version=1)

    assert refused.value.facts["product_id"] == first.product_id


def test_variants_that_were_taken_off_count_towards_the_limit(shop: Account):
    product = a_product(variants=[a_variant() for _ in range(20)])
    second = [a_variant_draft(f"SECOND-{number}") for number in range(20)]
    catalog.change_product(product.product_id, ProductChange(variants=second), if_version=1)

    with pytest.raises(TooManyVariants):
        catalog.change_product(product.product_id, ProductChange(variants=[a_variant_draft("ONE-MORE")]), if_version=2)


def test_the_largest_change_fits_one_transaction(shop: Account):
    product = a_product(variants=[a_variant() for _ in range(20)])
    change = ProductChange(
        title={"en": "Gedeo coffee"}, variants=[a_variant_draft(f"SECOND-{number}") for number in range(20)]
    )

    with recording(shop.dynamodb) as calls:
        catalog.change_product(product.product_id, change, if_version=1)

    assert calls.operations == ["BatchGetItem", "BatchGetItem", "TransactWriteItems"]


def test_of_changes_at_the_same_time_one_is_saved(shop: Account):
    product = a_product()

    def try_to_rename(number: int) -> bool:
        change = ProductChange(title={"en": f"Coffee {number}"})
        try:
            settled(lambda: catalog.change_product(product.product_id, change, if_version=1))
        except PreconditionFailed:
            return False
        return True

    with ThreadPoolExecutor(6) as threads:
        saved = list(threads.map(try_to_rename, range(6)))

    assert saved.count(True) == 1
    assert store.find_product(product.product_id).version == 2


def test_a_product_saved_meanwhile_is_decided_anew(shop: Account):
    product = a_product()
    stale = store.find_product(product.product_id)
    catalog.change_product(product.product_id, ProductChange(title={"en": "Gedeo coffee"}), if_version=1)

    with pytest.raises(StaleItem), transactions.write() as work:
        work.save(stale)
