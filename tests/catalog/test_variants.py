"""Can shoppers tell variants apart, and does a barcode lead to one of them?"""

import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.catalog import rules
from chalicelib.catalog import service as catalog
from chalicelib.catalog.errors import BarcodeTaken, OptionsDiffer, VariantsAlike
from chalicelib.catalog.models import Barcode
from chalicelib.catalog.rules import ProductVariant
from chalicelib.catalog.schemas import ProductChange, VariantDraft
from chalicelib.core.money import Money
from chalicelib.core.storage import keys
from chalicelib.core.storage.table import find
from chalicelib.core.storage.transactions import settled
from functions.api.catalog import app
from tests.catalog.builders import a_draft, a_product, a_variant
from tests.support.account import Account
from tests.support.barcodes import a_barcode, with_check_digit
from tests.support.calling import Client
from tests.support.recorded_calls import recording
from tests.support.tokens import token_for

BAR, BOX = "4006381333931", "96385074"


def sized(sku: str, **options: str) -> dict:
    return a_variant(sku, options=options)


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ({"size": "M"}, {"size": "M"}, "variants_alike"),
        ({"size": "M"}, {"size": " m "}, "variants_alike"),
        ({"ቀለም": "ነጭ"}, {"ቀለም": "ነጭ"}, "variants_alike"),
        ({"taille": "é"}, {"taille": unicodedata.normalize("NFD", "É")}, "variants_alike"),
        ({"size": "M", "colour": "red"}, {"Colour": "Red", "Size": "m"}, "variants_alike"),
        ({}, {}, "variants_alike"),
        ({"size": "M"}, {"colour": "red"}, "options_differ"),
        ({"size": "M"}, {}, "options_differ"),
        ({"size": "M"}, {"size": "L", "colour": "red"}, "options_differ"),
    ],
)
def test_variants_that_cannot_be_told_apart_are_refused_by_name(staff: Client, first, second, code):
    answer = staff.post("/products", a_draft(variants=[sized("ONE", **first), sized("TWO", **second)]))

    assert (answer.status, answer.code) == (409, code)
    assert {answer.json["sku"], answer.json["other_sku"]} == {"ONE", "TWO"}


def test_an_option_is_named_once(staff: Client):
    answer = staff.post("/products", a_draft(variants=[sized("ONE", size="M", Size="L")]))

    assert (answer.status, answer.code) == (409, "options_differ")


def test_what_was_taken_off_may_be_like_what_comes_instead(shop: Account, staff: Client):
    product = a_product(variants=[sized("OLD", size="M")])

    answer = staff.patch(f"/products/{product.product_id}", {"variants": [sized("NEW", size="M")]}, if_match='"1.a"')

    assert [(each["sku"], each["status"]) for each in answer.json["variants"]] == [
        ("NEW", "active"),
        ("OLD", "inactive"),
    ]


names = st.sampled_from(["size", "Size", "colour", " COLOUR"])
values = st.sampled_from(["M", "m", "L", " l", "é", "e\u0301"])
wanted = st.lists(
    st.tuples(st.sampled_from("ABCD"), st.dictionaries(names, values, max_size=2)),
    min_size=1,
    max_size=4,
    unique_by=lambda each: each[0],
)


def refused(change) -> bool:
    try:
        change()
    except (VariantsAlike, OptionsDiffer):
        return True
    return False


@given(st.lists(wanted, max_size=8))
def test_options_never_collide_whatever_the_sequence_of_changes(changes):
    present: list[ProductVariant] = []
    for change in changes:
        sent = [ProductVariant(sku, options, Money(100, "ETB"), 1) for sku, options in change]
        merged = rules.merged_variants(present, sent)
        if not refused(lambda merged=merged: rules.demand_distinct(merged)):
            present = merged

        active = [each for each in present if each.is_active]
        assert len({rules.combination(each.options) for each in active}) == len(active)
        assert len({frozenset(map(rules.compared, each.options)) for each in active}) <= 1


@given(st.text("0123456789", min_size=7, max_size=7) | st.text("0123456789", min_size=11, max_size=13))
def test_a_barcode_of_any_length_has_one_form_and_one_check_digit(digits):
    barcode = with_check_digit(digits)
    others = [digits + last for last in "0123456789" if digits + last != barcode]

    assert rules.gtin_of(barcode) == barcode.zfill(14)
    assert [rules.gtin_of(each) for each in others] == [None] * 9


@pytest.mark.parametrize("barcode", ["4006381333930", "400638133393", "123", "", "40063813339３1"])
def test_what_is_no_barcode_is_refused(staff: Client, barcode: str):
    answer = staff.post("/products", a_draft(variants=[a_variant(barcode=barcode)]))

    assert answer.status == 422
    assert answer.json["errors"][0]["pointer"] == "/variants/0/barcode"


def guard_of(barcode: str) -> Barcode | None:
    return find(Barcode, keys.barcode(barcode.zfill(14)))


def changed(product_id: str, *variants: dict, version: int | None = None) -> None:
    drafts = [VariantDraft.model_validate(each | {"price": Money(100, "ETB")}) for each in variants]
    catalog.change_product(product_id, ProductChange(variants=drafts), if_version=version)


def test_sellers_find_a_variant_by_its_barcode_in_any_form(shop: Account, staff: Client):
    product = a_product(variants=[a_variant("COFFEE", barcode=BAR)])
    member = Client(app).signed_with(token_for(roles=["customer", "vendor"], vendor_id="ven_GEDEO"))
    other = Client(app).signed_with(token_for(roles=["customer", "vendor"], vendor_id="ven_OTHER"))

    for client, form in ((staff, BAR), (staff, f"0{BAR}"), (member, BAR)):
        assert client.get(f"/barcodes/{form}").json == {
            "gtin": f"0{BAR}",
            "sku": "COFFEE",
            "product_id": product.product_id,
        }
    assert [other.get(f"/barcodes/{BAR}").code, staff.get(f"/barcodes/{BOX}").code] == ["barcode_not_found"] * 2
    assert staff.get("/barcodes/4006381333930").status == 404


def test_a_taken_barcode_names_who_has_it(shop: Account, staff: Client):
    product = a_product(variants=[a_variant("COFFEE", barcode=BAR)])

    answer = staff.post("/products", a_draft(variants=[a_variant("TEA", barcode=f"0{BAR}")]))

    assert (answer.status, answer.code) == (409, "barcode_taken")
    assert (answer.json["sku"], answer.json["product_id"]) == ("COFFEE", product.product_id)


def test_a_barcode_moves_between_variants_and_products(shop: Account):
    first = a_product(variants=[a_variant("A", barcode=BAR), a_variant("B", barcode=BOX)]).product_id
    second = a_product(variants=[a_variant("C")]).product_id

    changed(first, a_variant("A", barcode=BOX), a_variant("B", barcode=BAR))
    assert (guard_of(BAR).sku, guard_of(BOX).sku) == ("B", "A")
    with pytest.raises(BarcodeTaken):
        changed(second, a_variant("C", barcode=BAR))

    changed(first, a_variant("A"), a_variant("B"))
    assert (guard_of(BAR), guard_of(BOX)) == (None, None)

    changed(second, a_variant("C", barcode=BAR))
    assert (guard_of(BAR).sku, guard_of(BAR).product_id) == ("C", second)


def test_a_variant_taken_off_keeps_its_barcode_until_another_of_the_product_has_it(shop: Account):
    product_id = a_product(variants=[a_variant("OLD", barcode=BAR)]).product_id

    changed(product_id, a_variant("NEW"))
    assert guard_of(BAR).sku == "OLD"

    changed(product_id, a_variant("NEW", barcode=BAR))
    assert guard_of(BAR).sku == "NEW"
    assert [each.barcode for each in catalog.product_for_staff(product_id).details.variants] == [BAR, None]


def test_one_of_many_gets_a_barcode(shop: Account):
    def try_to_have_it(number: int) -> str:
        try:
            return settled(lambda: a_product(variants=[a_variant(barcode=BAR)])).product_id
        except BarcodeTaken as refusal:
            return f"taken by {refusal.facts['product_id']}"

    with ThreadPoolExecutor(6) as threads:
        answers = sorted(threads.map(try_to_have_it, range(6)))

    assert answers[1:] == [f"taken by {answers[0]}"] * 5


barcodes = st.sampled_from([BAR, BOX, f"0{BAR}", None])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 1), st.lists(barcodes, min_size=1, max_size=3)), max_size=5))
def test_guards_say_what_the_variants_say_after_any_changes(shop, changes):
    products = [a_product(variants=[a_variant()]).product_id for _ in range(2)]
    for which, wanted_barcodes in changes:
        drafts = [a_variant(f"{products[which]}-{n}", barcode=each) for n, each in enumerate(wanted_barcodes)]
        try:
            changed(products[which], *drafts)
        except (BarcodeTaken, ValueError):
            continue

    said = [catalog.product_for_staff(each) for each in products]
    has = {gtin: sku for each in said for gtin, sku in rules.guarded_barcodes(each.details.variants).items()}
    guards = {code.zfill(14): guard_of(code) for code in (BAR, BOX)}
    assert {gtin: guard.sku for gtin, guard in guards.items() if guard} == has
    for product in said:
        catalog.delete_product(product.product_id, if_version=None)
    assert [guard_of(code) for code in (BAR, BOX)] == [None, None]


def test_dimensions_and_barcode_are_shown(staff: Client, shopper: Client):
    parcel = {"length_mm": 300, "width_mm": 200, "height_mm": 80}
    made = staff.post("/products", a_draft(variants=[a_variant(barcode=BAR, dimensions=parcel)])).json

    (shown,) = shopper.get(f"/products/{made['id']}").json["variants"]

    assert (shown["barcode"], shown["dimensions"]) == (BAR, parcel)
    assert made["variants"][0]["dimensions"] == parcel


def test_the_largest_change_is_one_transaction(shop: Account, staff: Client):
    """Twenty variants come new with barcodes, twenty that are there go off sale, and every word changes."""
    product = a_product(variants=[a_variant(barcode=a_barcode()) for _ in range(20)])
    change = {
        "title": dict.fromkeys(("en", "am", "om", "ti", "so"), "Gedeo"),
        "variants": [a_variant(barcode=a_barcode()) for _ in range(20)],
    }

    with recording(shop.dynamodb) as calls:
        path = f"/products/{product.product_id}"
        answer = staff.patch(path, change, if_match='"1.a"', idempotency_key="largest")

    assert answer.status == 200
    (sent,) = [call for call in calls.sent if call.operation == "TransactWriteItems"]
    # The product, 20 guards of what goes, 20 guards, stocks and barcodes of what comes, reply and audit note.
    assert len(sent.params["TransactItems"]) <= 90


def test_all_barcodes_may_change_at_once(shop: Account, staff: Client):
    product = a_product(variants=[a_variant(barcode=a_barcode()) for _ in range(20)])
    skus = [each.sku for each in product.details.variants]
    more = [VariantDraft.model_validate(a_variant(barcode=a_barcode()) | {"price": Money(1, "ETB")}) for _ in range(20)]
    catalog.change_product(product.product_id, ProductChange(variants=more), if_version=1)
    change = {"title": {"en": "Gedeo"}, "variants": [a_variant(sku, barcode=a_barcode()) for sku in skus]}

    path = f"/products/{product.product_id}"
    answer = staff.patch(path, change, if_match='"2.a"', idempotency_key="all")

    assert answer.status == 200
