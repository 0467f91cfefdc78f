"""Do guards, stock and cards say what the products say?"""

from collections.abc import Iterator
from datetime import datetime

from chalicelib.catalog import rules
from chalicelib.catalog.models import Card, Listing, Product, Variant
from chalicelib.catalog.rules import ProductCard, ProductStatus, ProductVariant
from chalicelib.core.storage import keys
from chalicelib.inventory.models import Stock
from infra.books.ledger import Books, Troubles, amount_of


def skus_are_guarded(books: Books) -> Troubles:
    """Each SKU of a product has one guard, which offers it as the product does."""
    offered = {keys.variant(each.sku): (of, each) for of in books.all(Product) for each in of.details.variants}
    for key, (product, variant) in offered.items():
        guard = books.find(Variant, key)
        if guard is None:
            yield key, f"nothing guards a SKU of {product.product_id}"
        else:
            yield from ((key, message) for message in _differences(guard, product, variant))
    for guard in books.all(Variant):
        if guard.key not in offered:
            yield guard.key, f"guards a SKU that {guard.product_id} does not have"


def skus_are_counted(books: Books) -> Troubles:
    """Each SKU of a product has its stock, and there is no other stock."""
    sold = {keys.stock(of.product_id, each.sku) for of in books.all(Product) for each in of.details.variants}
    for key in sold:
        if books.find(Stock, key) is None:
            yield key, "a product has this SKU, but nobody counts it"
    for stock in books.all(Stock):
        if stock.key not in sold:
            yield stock.key, f"{stock.on_hand} on hand of a SKU that no product has"


def cards_show_products(books: Books) -> Troubles:
    """The lists show every product as it is now, and nothing else. They follow a moment after a change."""
    shown = {key: product for product in books.all(Product) for key in _places(product)}
    for key, product in shown.items():
        found = books.find(Card, key)
        if found is None:
            yield key, f"{product.product_id} is not listed here"
        elif (shows := _shown_on(found.card, books.now)) != (wanted := _wanted_of(product, books.now)):
            yield key, f"shows {shows}, version {product.version} of the product says {wanted}"
    for card in books.all(Card):
        if card.key not in shown:
            yield card.key, f"shows {card.card.product_id}, which is not to be seen here"
    for product in books.all(Product):
        listing = books.find(Listing, keys.listing(product.product_id))
        if listing is None or listing.sequence != product.version:
            yield product.key, f"version {product.version}, listed as of {listing.sequence if listing else 'never'}"


def _differences(guard: Variant, product: Product, variant: ProductVariant) -> Iterator[str]:
    is_for_sale = product.status == ProductStatus.ACTIVE and variant.is_active
    for name, said, right in (
        ("product_id", guard.product_id, product.product_id),
        ("vendor_id", guard.vendor_id, product.vendor_id),
        ("price", amount_of(guard.price), amount_of(variant.price)),
        ("other_prices", guard.other_prices, variant.other_prices),
        ("sale", guard.sale, variant.sale),
        ("tax_class", guard.tax_class, product.details.tax_class),
        ("is_for_sale", guard.is_for_sale, is_for_sale),
        ("weight_grams", guard.weight_grams, variant.weight_grams),
        ("title", guard.title, product.details.title),
        ("options", guard.options, variant.options),
    ):
        if said != right:
            yield f"{name} is {said}, its product says {right}"


def _places(product: Product) -> list[keys.Key]:
    is_shown = rules.is_shown(product.status, product.details)
    lists = rules.lists_of(product.details) if is_shown else []
    return [keys.card(name, product.product_id) for name in lists]


def _shown_on(card: ProductCard, now: datetime) -> tuple[object, ...]:
    prices = [rules.price_on_card(card.price, each.list_price.currency, now=now) for each in card.price.courses]
    amounts = [f"{amount_of(each.price)} of {amount_of(each.list_price)}" for each in prices if each is not None]
    return card.product_id, card.title, card.vendor_id, *amounts


def _wanted_of(product: Product, now: datetime) -> tuple[object, ...]:
    price = rules.price_of_card(product.details.active_variants, now)
    return _shown_on(ProductCard(product.product_id, product.details.title, product.vendor_id, price), now)
