"""What makes a product, and where is it listed?"""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.catalog import rules
from chalicelib.catalog.rules import ProductCategory, ProductDetails, ProductVariant, VariantStatus
from chalicelib.core.money import Money

BEANS = ProductCategory("beans", {"en": "Beans"}, ["coffee", "beans"])
GIFTS = ProductCategory("gifts", {"en": "Gifts"}, ["gifts"])


def a_variant(sku: str = "COFFEE-250", price: int = 25_000) -> ProductVariant:
    return ProductVariant(sku, {"weight": "250 g"}, Money(price, "ETB"), 250)


def some_details(*variants: ProductVariant, categories: tuple[ProductCategory, ...] = (BEANS,)) -> ProductDetails:
    return ProductDetails({"en": "Coffee"}, {}, "Gedeo Union", categories, variants)


variants = st.lists(
    st.builds(a_variant, st.sampled_from("ABCDEF"), st.integers(1, 9)), unique_by=lambda variant: variant.sku
)


@given(variants, variants)
def test_a_merge_sells_exactly_what_is_wanted_and_forgets_no_sku(present, wanted):
    merged = rules.merged_variants(present, wanted)

    assert [variant for variant in merged if variant.is_active] == wanted
    assert {variant.sku for variant in merged} == {variant.sku for variant in [*present, *wanted]}
    assert len({variant.sku for variant in merged}) == len(merged)


def test_a_product_lies_in_its_categories_and_in_what_they_lie_in():
    details = some_details(a_variant(), categories=(BEANS, GIFTS))

    assert rules.lists_of(details) == ["all", "category:beans", "category:coffee", "category:gifts"]


def test_a_product_of_which_nothing_is_for_sale_is_not_shown():
    gone = replace(a_variant(), status=VariantStatus.INACTIVE)

    assert rules.is_shown("active", some_details(a_variant()))
    assert not rules.is_shown("draft", some_details(a_variant()))
    assert not rules.is_shown("active", some_details(gone))
