"""How do lists of products come about? Small cards, kept equal to the products by a reaction to their events."""

from chalicelib.catalog import rules, store
from chalicelib.catalog.models import Card, Listing, Product
from chalicelib.catalog.rules import ProductCard
from chalicelib.core import clock
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.table import Slice


def cards_of(category_id: str | None, *, after: str | None, limit: int) -> Slice[Card]:
    """Return a page of all products, or of those in a category and what lies in it, newest first: 1 Query."""
    name = rules.ALL_PRODUCTS if category_id is None else rules.list_of_category(category_id)
    return store.cards_of_list(name, after=after, limit=limit)


def refresh_cards(product_id: str) -> None:
    """Make every card of a product equal to it as it is now, unless they are of this version already.

    Cards, lost cards and the note of both are one transaction, and only the latest version is ever written,
    so it bears being called in any order and any number of times.
    """
    product, listing = store.product_and_listing(product_id)
    if product is None or (listing is not None and listing.sequence >= product.version):
        return
    shown = rules.is_shown(product.status, product.details)
    wanted = rules.lists_of(product.details) if shown else []
    unchanged = Listing.pk.does_not_exist() if listing is None else Listing.sequence == listing.sequence
    with transactions.write() as work:
        for name in sorted(set(listing.lists if listing else []) - set(wanted)):
            work.delete(Card.at(keys.card(name, product_id)))
        for name in wanted:
            work.replace(Card.at(keys.card(name, product_id), card=_card_of(product)))
        noted = Listing.at(keys.listing(product_id), sequence=product.version, lists=wanted)
        work.replace(noted, when=unchanged)


def _card_of(product: Product) -> ProductCard:
    return ProductCard(
        product_id=product.product_id,
        title=product.details.title,
        vendor_id=product.vendor_id,
        price=rules.price_of_card(product.details.active_variants, clock.now()),
    )
