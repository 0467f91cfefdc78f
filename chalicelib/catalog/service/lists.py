"""Which products are in a list? Shoppers' lists are kept in memory; sellers see what the table says now."""

from chalicelib.catalog import rules, store
from chalicelib.catalog.models import Card
from chalicelib.catalog.rules import ProductStatus
from chalicelib.catalog.schemas import ProductFilter, SellerFilter
from chalicelib.catalog.service.collections import cards_of_collection
from chalicelib.catalog.service.list_cache import kept
from chalicelib.core import clock
from chalicelib.core.storage.table import Slice


def products_listed(chosen: ProductFilter, *, after: str | None) -> Slice[Card]:
    """Return a page of the list that is chosen, or of all products, newest first; a collection is in its own order.

    1 Query, for a collection 1 GetItem and 1 BatchGetItem, and nothing where the process keeps the page.
    """
    if chosen.collection is not None:
        return cards_of_collection(chosen.collection, after=after, limit=chosen.limit)
    name = _list_of(chosen)

    def read() -> Slice[Card]:
        return store.cards_of_list(name, after=after, limit=chosen.limit, consistent=True)

    found = kept(("list", name, after, chosen.limit), read, weigh=lambda found: len(found.items))
    return _on_sale_in(found) if chosen.on_sale else found


def good_until(found: Slice[Card]) -> str | None:
    """Return the next moment at which a page of a list tells other prices."""
    return rules.next_change_among((entry.card for entry in found.items), clock.now())


def products_of_sellers(chosen: SellerFilter, *, limited_to: str | None, after: str | None) -> Slice[Card]:
    """Return a page of what somebody sells, shown or not, newest first: 1 Query.

    ``limited_to`` is the vendor that the caller is a member of, who finds nothing of another's. What the filters
    leave out makes the page shorter.
    """
    vendor_id = limited_to or chosen.vendor
    if chosen.vendor not in (None, vendor_id):
        return Slice([], None)
    found = store.cards_of_list(_list_of_sellers(chosen, vendor_id), after=after, limit=chosen.limit)
    return Slice([entry for entry in found.items if _is_chosen(entry, chosen)], found.next_after)


def _list_of(chosen: ProductFilter) -> str:
    if chosen.category is not None:
        return rules.list_of_category(chosen.category)
    if chosen.brand is not None:
        return rules.list_of_brand(chosen.brand)
    if chosen.vendor is not None:
        return rules.list_of_vendor(chosen.vendor)
    if chosen.tag is not None:
        return rules.list_of_tag(chosen.tag)
    return rules.ON_SALE if chosen.on_sale else rules.ALL_PRODUCTS


def _on_sale_in(found: Slice[Card]) -> Slice[Card]:
    """Return those of a page of what was on sale that still are, whether their cards were made anew or not."""
    now = clock.now()
    return Slice([entry for entry in found.items if rules.is_still_on_sale(entry.card, now)], found.next_after)


def _list_of_sellers(chosen: SellerFilter, vendor_id: str | None) -> str:
    if vendor_id is not None:
        return rules.list_of_own(vendor_id)
    if chosen.review:
        return rules.IN_REVIEW
    return rules.list_of_status(chosen.status or ProductStatus.ACTIVE)


def _is_chosen(entry: Card, chosen: SellerFilter) -> bool:
    has_status = chosen.status is None or entry.card.status == chosen.status
    return has_status and (entry.card.is_waiting or not chosen.review)
