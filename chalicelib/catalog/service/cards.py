"""How do lists of products come about? Small cards, kept equal to the products by reactions to their events."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.catalog import rules, store
from chalicelib.catalog.models import Card, Listing, Product, Tree
from chalicelib.catalog.rules import CategoryTree, ProductCard
from chalicelib.catalog.service import list_cache
from chalicelib.core import clock
from chalicelib.core.storage import list_keys, transactions
from chalicelib.core.storage.table import Item, VersionedItem
from chalicelib.core.storage.transactions import StaleItem
from chalicelib.pictures import service as pictures


@dataclass(frozen=True)
class Side:
    """The lists of one kind of readers, all with the same card of a product."""

    lists: list[str]
    card: ProductCard

    @property
    def digest(self) -> str | None:
        return rules.digest_of(self.card) if self.lists else None


def refresh_cards(product_id: str) -> None:
    """Make every card of a product equal to it as it is now, and to where its categories lie now.

    Changed cards, lost cards and the note of all of them are one transaction of at most 100 items, conditional on
    that note, so this bears being called in any order and any number of times: 1 BatchGetItem and, where something
    changed, 1 write. Where the product's categories have others above them than were noted, the tree is read once
    more, since whoever moved one of them may have looked through its list before this was written.
    """
    product, listing, tree, parts = store.product_for_listing(product_id, pictures.gallery_key(product_id))
    if product is None:
        return
    before = listing or Listing.at(list_keys.listing(product_id), product_id=product_id, sequence=0, shown=[], own=[])
    gallery = _gallery_version(product_id, parts)
    if before.sequence > product.version or (before.gallery or 0) > gallery:
        raise StaleItem(f"{product_id} was read before its listing")
    shown, own = sides_of(product, tree.shape if tree else CategoryTree(), parts, now=clock.now())
    noted = _noted(product, shown, own)
    noted.gallery = gallery
    if _says_the_same(before, noted):
        return
    with transactions.write():
        if (before.shown, before.shown_digest) != (noted.shown, noted.shown_digest):
            list_cache.changed(product_id)
        _replace(product_id, shown, lists=before.shown, digest=before.shown_digest)
        _replace(product_id, own, lists=before.own, digest=before.own_digest)
        _note(noted, revision=before.revision)
    if _reshelves(before, noted) and _version(store.find_tree()) != _version(tree):
        refresh_cards(product_id)


def sides_of(product: Product, tree: CategoryTree, parts: Iterable[Item], *, now: datetime) -> tuple[Side, Side]:
    """Return in which lists shoppers and sellers shall see a product, and how. Its gallery is among the parts."""
    parts = list(parts)
    details = product.details
    is_shown = rules.is_shown(product.status, details)
    price = rules.price_of_card(details.active_variants or details.variants, now)
    lists = rules.lists_of(product.vendor_id, details, tree, is_on_sale=price.is_on_sale) if is_shown else []
    is_waiting = _is_waiting(product) or pictures.awaits_approval(parts)
    main = next(iter(pictures.shown_in(parts)), None)
    own = rules.lists_of_sellers(product.vendor_id, product.status, details, is_shown=is_shown, is_waiting=is_waiting)
    card = ProductCard(
        product_id=product.product_id,
        title=details.title,
        vendor_id=product.vendor_id,
        price=price,
        picture=rules.on_card(main) if main else None,
    )
    return Side(lists, card), Side(own, rules.for_sellers(card, product.status, is_waiting=is_waiting))


def _is_waiting(product: Product) -> bool:
    return bool(product.has_proposal) or product.status == rules.ProductStatus.IN_REVIEW


def _gallery_version(product_id: str, parts: Iterable[Item]) -> int:
    key = pictures.gallery_key(product_id)
    return next((part.version for part in parts if isinstance(part, VersionedItem) and part.key == key), 0)


def _noted(product: Product, shown: Side, own: Side) -> Listing:
    changes_at = shown.card.price.changes_at if shown.lists else None
    return Listing.at(
        list_keys.listing(product.product_id),
        product_id=product.product_id,
        gsi1pk=changes_at and list_keys.LISTINGS_DUE,
        gsi1sk=changes_at,
        sequence=product.version,
        shown=shown.lists,
        shown_digest=shown.digest,
        own=own.lists,
        own_digest=own.digest,
    )


def _says_the_same(before: Listing, noted: Listing) -> bool:
    return all(
        getattr(before, name) == getattr(noted, name)
        for name in ("sequence", "gallery", "shown", "shown_digest", "own", "own_digest", "gsi1sk")
    )


def _replace(product_id: str, side: Side, *, lists: list[str], digest: str | None) -> None:
    """Take away the cards of lists that lose the product, and put those that are new or not as they should be."""
    stale = side.lists if side.digest != digest else [name for name in side.lists if name not in lists]
    with transactions.write() as work:
        for name in lists:
            if name not in side.lists:
                work.delete(Card.at(list_keys.card(name, product_id)))
        for name in stale:
            work.replace(Card.at(list_keys.card(name, product_id), card=side.card))


def _note(noted: Listing, *, revision: int | None) -> None:
    """Write what there is now, provided that nobody has since it was read."""
    unchanged = Listing.revision.does_not_exist() if revision is None else Listing.revision == revision
    noted.revision = (revision or 0) + 1
    with transactions.write() as work:
        work.replace(noted, when=unchanged)


def _reshelves(before: Listing, noted: Listing) -> bool:
    """Tell whether this puts the product into lists of other categories than before, or takes it out of some."""
    return rules.categories_among(before.shown) != rules.categories_among(noted.shown)


def _version(tree: Tree | None) -> int:
    return tree.version if tree else 0
