"""Do guards, stock and cards say what the products say?"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from chalicelib.catalog import rules
from chalicelib.catalog import service as catalog
from chalicelib.catalog.models import Barcode, Card, Category, Listing, Product, ProductSlug, Tree, Variant
from chalicelib.catalog.rules import CategoryTree, ProductCard, ProductStatus, ProductVariant
from chalicelib.core.storage import keys, list_keys
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import Item
from chalicelib.inventory.models import Stock
from chalicelib.pictures.models import Gallery
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


def barcodes_are_guarded(books: Books) -> Troubles:
    """Each barcode of a product that is not deleted has one guard, for the variant that has it."""
    had = {
        keys.barcode(gtin): (product.product_id, product.vendor_id, sku)
        for product in books.all(Product)
        if product.status != ProductStatus.DELETED
        for gtin, sku in rules.guarded_barcodes(product.details.variants).items()
    }
    guarded = {guard.key: (guard.product_id, guard.vendor_id, guard.sku) for guard in books.all(Barcode)}
    for key in had.keys() | guarded.keys():
        if had.get(key) != guarded.get(key):
            yield key, f"is guarded for {guarded.get(key)}, and belongs to {had.get(key)}"


def slugs_lead_to_products(books: Books) -> Troubles:
    """Each slug of a product leads to it, and no slug leads nowhere; those that a product had still lead to it."""
    products = {product.product_id: product for product in books.all(Product)}
    for product in products.values():
        for locale, slug in product.details.slugs.items():
            guard = books.find(ProductSlug, key := keys.product_slug(slug, locale))
            if guard is None or guard.product_id != product.product_id:
                yield key, f"is called so by {product.product_id}, and leads to {guard.product_id if guard else None}"
    for guard in books.all(ProductSlug):
        if guard.product_id not in products:
            yield guard.key, f"leads to {guard.product_id}, which is not there"


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
    tree = _shape(books)
    shown = {
        key: (product, card)
        for product in books.all(Product)
        for key, card in _cards(product, tree, _beside(books, product), now=books.now)
    }
    for key, (product, wanted) in shown.items():
        found = books.find(Card, key)
        if found is None:
            yield key, f"{product.product_id} is not listed here"
        elif (shows := _told(found.card, books.now)) != (says := _told(wanted, books.now)):
            yield key, f"shows {shows}, version {product.version} of the product says {says}"
    for card in books.all(Card):
        if card.key not in shown:
            yield card.key, f"shows {card.card.product_id}, which is not to be seen here"
    for product in books.all(Product):
        listing = books.find(Listing, list_keys.listing(product.product_id))
        if listing is None or listing.sequence != product.version:
            yield product.key, f"version {product.version}, listed as of {listing.sequence if listing else 'never'}"


def sales_are_watched(books: Books) -> Troubles:
    """The schedule knows when a sale on a product that is shown begins or ends next, and comes in time."""
    for product in books.all(Product):
        listing = books.find(Listing, list_keys.listing(product.product_id))
        if listing is None or not rules.is_shown(product.status, product.details):
            continue
        is_changing = rules.next_change(product.details.active_variants, books.now) is not None
        if is_changing and listing.gsi1sk is None:
            yield listing.key, "a sale begins or ends, and nobody will list the product anew"
        elif listing.gsi1sk is not None and listing.gsi1sk < books.long_ago:
            yield listing.key, f"should have been listed anew at {listing.gsi1sk}"


def categories_lie_in_the_tree(books: Books) -> Troubles:
    """Every category has its one place in the tree, within the limits, and nothing else has one."""
    shape = _shape(books)
    named = [each for beside in shape.children.values() for each in beside]
    told = {category.category_id for category in books.all(Category)}
    for category_id in told - shape.paths.keys():
        yield list_keys.category(category_id), "lies nowhere"
    for category_id in set(named) - told:
        yield list_keys.category(category_id), "has a place in the tree, and nothing is told of it"
    for category_id, times in Counter(named).items():
        if times > 1:
            yield list_keys.category(category_id), f"lies in {times} places"
    for category_id, path in shape.paths.items():
        if len(path) > rules.DEPTH_LIMIT:
            yield list_keys.category(category_id), f"lies {len(path)} levels deep"


def _differences(guard: Variant, product: Product, variant: ProductVariant) -> Iterator[str]:
    is_for_sale = product.status == ProductStatus.ACTIVE and variant.is_active
    for name, said, right in (
        ("product_id", guard.product_id, product.product_id),
        ("vendor_id", guard.vendor_id, product.vendor_id),
        ("price", amount_of(guard.price), amount_of(variant.price)),
        ("other_prices", guard.other_prices, variant.other_prices),
        ("sale", guard.sale, variant.sale),
        ("tax_class", guard.tax_class, product.details.tax_class),
        *_told_since(guard, product),
        ("is_for_sale", guard.is_for_sale, is_for_sale),
        ("weight_grams", guard.weight_grams, variant.weight_grams),
        ("title", guard.title, product.details.title),
        ("options", guard.options, variant.options),
    ):
        if said != right:
            yield f"{name} is {said}, its product says {right}"


def _told_since(guard: Variant, product: Product) -> list[tuple[str, object, object]]:
    """Return what only guards tell that were stored since promotions have to know."""
    if guard.category_ids is None:
        return []
    return [
        ("brand_id", guard.brand_id, rules.brand_id_of(product.details)),
        ("category_ids", guard.category_ids, rules.category_ids_of(product.details)),
    ]


def _cards(
    product: Product, tree: CategoryTree, parts: Sequence[Item], *, now: datetime
) -> Iterator[tuple[Key, ProductCard]]:
    for side in catalog.sides_of(product, tree, parts, now=now):
        yield from ((list_keys.card(name, product.product_id), side.card) for name in side.lists)


def _beside(books: Books, product: Product) -> list[Item]:
    gallery = books.find(Gallery, keys.gallery(product.product_id))
    return [] if gallery is None else [gallery]


def _shape(books: Books) -> CategoryTree:
    tree = books.find(Tree, list_keys.category_tree())
    return tree.shape if tree else CategoryTree()


def _told(card: ProductCard, now: datetime) -> tuple[object, ...]:
    prices = [rules.price_on_card(card.price, each.list_price.currency, now=now) for each in card.price.courses]
    amounts = [f"{amount_of(each.price)} of {amount_of(each.list_price)}" for each in prices if each is not None]
    return *(value for name, value in vars(card).items() if name != "price"), *amounts
