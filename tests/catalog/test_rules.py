"""What makes a product, and where is it listed?"""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.catalog import rules
from chalicelib.catalog.rules import (
    CategoryTree,
    ProductBrand,
    ProductCard,
    ProductCategory,
    ProductDetails,
    ProductVariant,
    VariantStatus,
)
from chalicelib.core.money import Money

BEANS = ProductCategory("beans", {"en": "Beans"})
GIFTS = ProductCategory("gifts", {"en": "Gifts"})
TREE = CategoryTree({"": ["coffee", "gifts"], "coffee": ["beans"]})


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

    lists = rules.lists_of("ven_GEDEO", details, TREE)

    assert lists == ["all", "category:beans", "category:coffee", "category:gifts", "vendor:ven_GEDEO"]


def test_a_product_lies_in_the_lists_of_its_brand_and_of_each_tag_once():
    details = replace(
        some_details(a_variant()), brand=ProductBrand("tomoca", {"en": "Tomoca"}), tags=("new", "gift", "new")
    )

    lists = rules.lists_of("ven_GEDEO", details, TREE)

    assert lists[-4:] == ["brand:tomoca", "vendor:ven_GEDEO", "tag:gift", "tag:new"]


def test_a_category_that_is_gone_has_no_list():
    details = some_details(a_variant(), categories=(BEANS, GIFTS))

    lists = rules.lists_of("ven_GEDEO", details, CategoryTree({"": ["gifts"]}))

    assert lists == ["all", "category:gifts", "vendor:ven_GEDEO"]


def test_sellers_see_what_is_not_shown_too_and_know_what_waits():
    details = some_details(a_variant())

    def lists(status: str, *, is_shown: bool = False, is_waiting: bool = False) -> list[str]:
        return rules.lists_of_sellers("ven_GEDEO", status, details, is_shown=is_shown, is_waiting=is_waiting)

    assert lists("active", is_shown=True) == ["own:ven_GEDEO", "status:active"]
    assert lists("draft") == ["own:ven_GEDEO", "status:draft", "shelf:beans"]
    assert lists("in_review", is_waiting=True) == ["own:ven_GEDEO", "status:in_review", "review", "shelf:beans"]
    assert lists("deleted") == ["status:deleted"]


@given(st.text(), st.sampled_from([None, "draft", "active"]), st.booleans())
def test_another_card_has_another_digest(title, status, is_waiting):
    card = ProductCard("prd_1", {"en": title}, "ven_GEDEO", Money(1, "ETB"), None, status, is_waiting)

    assert rules.digest_of(card) == rules.digest_of(replace(card))
    assert rules.digest_of(card) != rules.digest_of(replace(card, title={"am": title}))
    assert rules.digest_of(card) != rules.digest_of(replace(card, is_waiting=not is_waiting))


def test_a_product_of_which_nothing_is_for_sale_is_not_shown():
    gone = replace(a_variant(), status=VariantStatus.INACTIVE)

    assert rules.is_shown("active", some_details(a_variant()))
    assert not rules.is_shown("draft", some_details(a_variant()))
    assert not rules.is_shown("active", some_details(gone))
