"""How do products follow a category that was moved? Page by page, by a job that survives whatever stops it.

The job is an item with its place in the category's list. Each page ends by saving the item, which announces that
there is more to do; so nothing is lost with a process, and a page that is done twice changes nothing the second time.
The category's own list is a good guide, since a moved category keeps its products: whoever puts a product into it
while the tree changes looks at the tree again afterwards (``cards.refresh_cards``).
"""

from chalicelib.catalog import store
from chalicelib.catalog.events import CategoryMoved, CategoryPartlyRelisted
from chalicelib.catalog.models import Relisting
from chalicelib.catalog.service.cards import refresh_cards
from chalicelib.core.storage import list_keys, transactions

# Each product is three calls; a page must be over long before its message comes again.
_PRODUCTS_AT_ONCE = 25


def begin(category_id: str) -> None:
    """Let all products of a category be listed anew, from the first one on, as part of the open transaction."""
    job = store.find_relisting(category_id) or Relisting.at(list_keys.relisting(category_id), category_id=category_id)
    job.after, job.is_done = None, False
    with transactions.write() as work:
        work.save(job, event=CategoryMoved(category_id))


def relist_page(category_id: str, *, sequence: int) -> None:
    """List the next products of a moved category anew, if this is what the job announced last."""
    job = store.find_relisting(category_id)
    if job is None or job.is_done or job.version != sequence:
        return
    found = store.cards_to_relist(category_id, after=job.after, limit=_PRODUCTS_AT_ONCE)
    for entry in found.items:
        refresh_cards(entry.card.product_id)
    job.after, job.is_done = found.next_after, found.next_after is None
    with transactions.write() as work:
        work.save(job, event=None if job.is_done else CategoryPartlyRelisted(category_id))
