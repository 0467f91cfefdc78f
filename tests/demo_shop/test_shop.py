"""Is the demo shop's data a shop that somebody could believe in?"""

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from infra.local.demo_shop.shop import DATA, Product, Role, Shop, ShopDataError, Text, read_shop, santim

ETHIOPIC = re.compile(r"[\u1200-\u137f]")
LATIN = re.compile(r"[A-Za-z]")


@pytest.fixture(scope="module")
def shop() -> Shop:
    return read_shop()


@pytest.fixture
def edited_data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def texts(shop: Shop) -> list[Text]:
    of_products = [text for product in shop.products for text in (product.title, product.description)]
    return [category.name for category in shop.categories] + of_products


def test_there_are_at_least_sixty_products_from_several_vendors(shop: Shop) -> None:
    assert len(shop.products) >= 60
    assert {product.vendor_id for product in shop.products} == {vendor.id for vendor in shop.vendors}
    assert 4 <= len(shop.vendors) <= 6


def test_amharic_is_written_in_ethiopic_letters_and_english_in_latin_ones(shop: Shop) -> None:
    for text in texts(shop):
        assert ETHIOPIC.search(text.am), text
        assert not LATIN.search(text.am), text
        assert LATIN.search(text.en), text
        assert not ETHIOPIC.search(text.en), text


def test_each_product_is_described_in_two_or_three_sentences(shop: Shop) -> None:
    for product in shop.products:
        assert 2 <= len(re.findall(r"[.]( |$)", product.description.en)) <= 3, product.title.en
        assert 2 <= len(re.findall(r"።( |$)", product.description.am)) <= 3, product.title.en


def test_no_two_products_have_the_same_title_or_description(shop: Shop) -> None:
    assert max(Counter(text for pair in texts(shop) for text in (pair.en, pair.am)).values()) == 1


def test_every_category_is_used(shop: Shop) -> None:
    used = {category_id for product in shop.products for category_id in product.category_ids}

    assert used == {category.id for category in shop.categories}


def test_a_sku_can_be_read_aloud(shop: Shop) -> None:
    for variant in (variant for product in shop.products for variant in product.variants):
        assert re.fullmatch(r"[A-Z]+(-[A-Z0-9]+){0,3}", variant.sku), variant.sku


def test_variants_of_a_product_differ_by_the_same_options(shop: Shop) -> None:
    def option_names(product: Product) -> set[frozenset[str]]:
        return {frozenset(variant.options) for variant in product.variants}

    for product in shop.products:
        assert 1 <= len(product.variants) <= 4
        assert len(option_names(product)) == 1, product.title.en
        assert len({tuple(variant.options.items()) for variant in product.variants}) == len(product.variants)


def test_prices_and_weights_are_believable(shop: Shop) -> None:
    for variant in (variant for product in shop.products for variant in product.variants):
        assert 100_00 <= variant.price_minor <= 30_000_00, variant.sku
        assert 5 <= variant.weight_grams <= 25_000, variant.sku


def test_some_variants_are_sold_out_and_some_are_nearly_so(shop: Shop) -> None:
    stocks = Counter(variant.stock for product in shop.products for variant in product.variants)

    assert stocks[0] >= 3
    assert stocks[1] + stocks[2] >= 10


def test_an_admin_two_customers_and_each_vendor_can_sign_in(shop: Shop) -> None:
    roles = Counter(account.role for account in shop.accounts)
    emails_of_vendors = {vendor.id: vendor.email for vendor in shop.vendors}

    assert roles == {Role.ADMIN: 1, Role.CUSTOMER: 2, Role.VENDOR: len(shop.vendors)}
    assert emails_of_vendors == {a.vendor_id: a.email for a in shop.accounts if a.role is Role.VENDOR}


def test_demo_passwords_are_long_and_demo_mail_goes_nowhere(shop: Shop) -> None:
    for account in shop.accounts:
        assert len(account.password) >= 15
        assert account.password.startswith("demo-")
        assert account.email.endswith(".example")


@pytest.mark.parametrize(("birr", "minor"), [("350.00", 35000), ("0.05", 5), ("24500.50", 2450050)])
def test_a_price_in_birr_becomes_santim(birr: str, minor: int) -> None:
    assert santim(birr) == minor


@pytest.mark.parametrize("birr", ["350", "350.5", "-1.00", "1,350.00", "", "350.000", " 350.00"])
def test_a_price_without_two_decimals_is_refused(birr: str) -> None:
    with pytest.raises(ShopDataError, match="two decimals"):
        santim(birr)


@pytest.mark.parametrize(
    ("file", "before", "after", "complaint"),
    [
        ("products_coffee.toml", "YIRG-250-GROUND", "YIRG-250-WHOLE", "SKU is used 2 times"),
        ("products_coffee.toml", "ven_demo_coffee", "ven_demo_unknown", "unknown vendor"),
        ("products_coffee.toml", '["coffee"]', '["cofee"]', "unknown category"),
        ("products_coffee.toml", "የይርጋጨፌ የታጠበ ቡና", " ", "title is missing in am"),
        ("products_coffee.toml", "description.en", "description.om", "description is missing in en"),
        ("products_coffee.toml", '"520.00"', '"520"', "two decimals"),
        ("categories.toml", 'id = "pantry"', 'id = "larder"', "its parent pantry must stand before it"),
        ("accounts.toml", 'vendor = "ven_demo_silver"', 'vendor = "ven_demo_gold"', "unknown vendor"),
        ("accounts.toml", "dawit@", "hana@", "account is used 2 times"),
    ],
)
def test_a_mistake_in_the_data_is_named(edited_data: Path, file: str, before: str, after: str, complaint: str) -> None:
    text = (edited_data / file).read_text(encoding="utf-8")
    assert before in text
    (edited_data / file).write_text(text.replace(before, after), encoding="utf-8")

    with pytest.raises(ShopDataError, match=complaint):
        read_shop(edited_data)
