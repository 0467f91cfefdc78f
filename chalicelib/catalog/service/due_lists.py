"""Which cards are not right any more because a sale began or ended? A schedule makes them anew."""

from chalicelib.catalog import store
from chalicelib.catalog.models import Listing
from chalicelib.catalog.service.cards import refresh_cards
from chalicelib.core import clock, schedules
from chalicelib.core.settings import settings
from chalicelib.core.storage import transactions

_REFRESHED_AT_ONCE = 200


def refresh_due(context: object = None) -> dict[str, int]:
    """Make the cards of products anew whose sales began or ended, the ones that wait the longest first.

    Nobody is shown a wrong price before that: a card knows what it costs afterwards. 1 Query, and 2 calls for each.
    """
    return schedules.for_each(
        store.listings_due(clock.now(), limit=_REFRESHED_AT_ONCE),
        lambda each: refresh_cards(each.product_id),
        put_off=_put_off,
        due_at=lambda each: each.gsi1sk,
        job="refresh_lists",
        context=context,
    )


def _put_off(listing: Listing) -> None:
    later = clock.as_text(clock.after(settings.lists_put_off_seconds))
    with transactions.write() as work:
        work.update(listing, [Listing.gsi1sk.set(later)], when=Listing.revision == listing.revision)
