"""What is a product called in addresses, and where do those lead that it had?"""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.catalog import rules
from chalicelib.catalog import service as catalog
from chalicelib.catalog.errors import SlugTaken
from chalicelib.catalog.models import ProductSlug
from chalicelib.catalog.schemas import ProductChange
from chalicelib.core.storage import keys
from chalicelib.core.storage.table import find
from chalicelib.core.storage.transactions import settled
from tests.catalog.builders import a_draft, a_product
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.recorded_calls import recording


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Yirgacheffe coffee, 250 g", "yirgacheffe-coffee-250-g"),
        ("የይርጋጨፌ ቡና", "yeyrgachefe-buna"),
        ("እንጀራ", "injera"),
        ("አዲስ አበባ", "adis-abeba"),
        ("ሀገር ፍቅር", "hager-fqr"),
        ("ጸሎት፡ፀሐይ", "tselot-tsehay"),
        ("ቋንቋ", "qwanqwa"),
        ("Mi'aa bunaa", "miaa-bunaa"),
        ("Crème brûlée — ½ kg", "creme-brulee-12-kg"),
        ("ﬁne ＡＢＣ", "fine-abc"),
        ("咖啡", ""),
        ("<script>", "script"),
        ("a" * 60, "a" * 50),
        ("coffee " * 10, "coffee-coffee-coffee-coffee-coffee-coffee-coffee"),
    ],
)
def test_a_title_is_written_in_latin_letters(title: str, slug: str):
    assert rules.slug_of(title) == slug


@given(st.text(max_size=80))
def test_any_title_makes_a_slug_or_none(title: str):
    for slug in rules.candidates(title, "prd_01K9ABCDEFGHJKMNPQRSTVWXYZ"):
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
        assert len(slug) <= 64


def test_every_syllable_of_the_ethiopic_block_is_written():
    syllables = [chr(point) for point in range(0x1200, 0x1358)]

    assert all(re.fullmatch("[a-z]+", rules.slug_of(each)) for each in syllables)
    assert rules.slug_of("ቡና፡ቤት") == "buna-bet"


def leads(client: Client, slug: str, locale: str | None = None, **headers: str) -> dict[str, object]:
    query = "" if locale is None else f"?locale={locale}"
    answer = client.get(f"/product-slugs/{slug}{query}", **headers)
    return answer.json if answer.status == 200 else {"code": answer.code}


def test_a_product_is_called_by_its_title_in_every_language(staff: Client, shopper: Client):
    made = staff.post("/products", a_draft()).json

    assert made["slugs"] == {"en": "yirgacheffe-coffee", "am": "yeyrgachefe-buna"}
    shown = shopper.get(f"/products/{made['id']}", accept_language="am").json
    assert (shown["slug"], shown["slugs"]) == ("yeyrgachefe-buna", made["slugs"])
    here = {"product_id": made["id"], "is_current": True}
    assert leads(shopper, "yeyrgachefe-buna") == {**here, "slug": "yeyrgachefe-buna", "locale": "am"}
    assert leads(shopper, "yirgacheffe-coffee", "en") == {**here, "slug": "yirgacheffe-coffee", "locale": "en"}


def test_products_of_one_title_are_told_apart(staff: Client):
    first, second = (staff.post("/products", a_draft()).json for _ in range(2))

    assert first["slugs"]["en"] == "yirgacheffe-coffee"
    assert re.fullmatch("yirgacheffe-coffee-[0-9a-z]{5}", second["slugs"]["en"])


def test_an_old_slug_still_leads_to_the_product_by_its_new_one(staff: Client, shopper: Client):
    made = staff.post("/products", a_draft(slugs={"en": "yirga"})).json
    path = f"/products/{made['id']}"

    staff.patch(path, {"slugs": {"en": "gedeo-coffee"}}, if_match='"1.a"')

    now = {"product_id": made["id"], "slug": "gedeo-coffee", "locale": "en"}
    assert leads(shopper, "yirga") == {**now, "is_current": False}
    assert leads(shopper, "gedeo-coffee") == {**now, "is_current": True}
    assert staff.post("/products", a_draft(slugs={"en": "yirga"})).code == "slug_taken"
    back = staff.patch(path, {"slugs": {"en": "yirga"}}, if_match='"2.a"')
    assert back.json["slugs"]["en"] == "yirga"
    assert leads(shopper, "gedeo-coffee")["is_current"] is False


def test_a_new_title_changes_no_address(shop: Account, staff: Client):
    product = a_product()

    with recording(shop.dynamodb) as calls:
        answer = staff.patch(f"/products/{product.product_id}", {"title": {"en": "Gedeo"}}, if_match='"1.a"')

    assert answer.json["slugs"] == {"en": "yirgacheffe-coffee"}
    assert calls.operations.count("BatchGetItem") == 1


def test_a_language_that_is_added_gets_a_slug(staff: Client):
    path = f"/products/{staff.post('/products', a_draft(title={'en': 'Coffee'})).json['id']}"

    answer = staff.patch(path, {"title": {"en": "Coffee", "om": "Buna Gedeo"}}, if_match='"1.a"')

    assert answer.json["slugs"] == {"en": "coffee", "om": "buna-gedeo"}


def test_a_slug_belongs_to_one_language(staff: Client, shopper: Client):
    first = staff.post("/products", a_draft(title={"en": "Buna"})).json["id"]
    second = staff.post("/products", a_draft(title={"om": "Buna"})).json["id"]

    assert (leads(shopper, "buna", "en")["product_id"], leads(shopper, "buna", "om")["product_id"]) == (first, second)
    assert leads(shopper, "buna", accept_language="om")["product_id"] == second
    # Who reads neither language is told of the shop's.
    assert leads(shopper, "buna", "ti")["product_id"] == first


def test_a_taken_slug_names_who_has_it(shop: Account, staff: Client):
    product = a_product(slugs={"en": "yirga"})

    answer = staff.post("/products", a_draft(slugs={"en": "yirga"}))

    assert (answer.status, answer.json["product_id"], answer.json["locale"]) == (409, product.product_id, "en")
    for wrong in ({"en": "Not A Slug"}, {"fr": "cafe"}, {"en": "x" * 65}):
        assert staff.post("/products", a_draft(slugs=wrong)).status == 422


def test_what_is_not_shown_is_not_found(shop: Account, staff: Client, shopper: Client):
    a_product(status="draft", slugs={"en": "secret"})

    assert leads(shopper, "secret") == leads(shopper, "nothing") == {"code": "slug_not_found"}


def test_finding_a_product_by_its_slug_is_two_calls(shop: Account, shopper: Client):
    a_product(slugs={"en": "yirga"})

    with recording(shop.dynamodb) as calls:
        leads(shopper, "yirga")

    assert calls.operations == ["Query", "GetItem"]


def test_one_of_many_is_called_as_it_wants_and_the_others_are_told_who(shop: Account):
    def try_to_be_called(number: int) -> str:
        try:
            return settled(lambda: a_product(slugs={"en": "yirga"})).product_id
        except SlugTaken as refusal:
            return f"taken by {refusal.facts['product_id']}"

    with ThreadPoolExecutor(6) as threads:
        answers = sorted(threads.map(try_to_be_called, range(6)))

    assert answers[1:] == [f"taken by {answers[0]}"] * 5


changes = st.tuples(
    st.integers(0, 1),
    st.dictionaries(st.sampled_from(["en", "am"]), st.sampled_from(["buna", "coffee", "gabi"]), max_size=2),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(changes, max_size=6))
def test_every_slug_that_a_product_had_leads_to_it_and_to_no_other(shop, wanted):
    products = [a_product().product_id for _ in range(2)]
    had = {(locale, slug): each for each in products for locale, slug in slugs_of(each).items()}
    for which, slugs in wanted:
        try:
            catalog.change_product(products[which], ProductChange(slugs=slugs), if_version=None)
        except SlugTaken:
            continue
        for place in slugs_of(products[which]).items():
            assert had.setdefault(place, products[which]) == products[which]

    for (locale, slug), product_id in had.items():
        assert find(ProductSlug, keys.product_slug(slug, locale)).product_id == product_id
    retire(had)


def slugs_of(product_id: str) -> dict[str, str]:
    return dict(catalog.product_for_staff(product_id).details.slugs)


def retire(had: dict[tuple[str, str], str]) -> None:
    """Let the next example begin with free slugs."""
    for locale, slug in had:
        found = find(ProductSlug, keys.product_slug(slug, locale))
        if found is not None:
            found.delete()
