"""Which products did staff put together, and in which order? The featured ones are such a collection too."""

from chalicelib.catalog import rules, store
from chalicelib.catalog.errors import CollectionNotFound
from chalicelib.catalog.models import Card, Collection
from chalicelib.catalog.schemas import CollectionDraft
from chalicelib.catalog.service import list_cache
from chalicelib.core import audit
from chalicelib.core.errors import PreconditionRequired, demand_version
from chalicelib.core.storage import list_keys, transactions
from chalicelib.core.storage.table import Slice


def all_collections(*, after: str | None, limit: int) -> Slice[Collection]:
    """Return a page of the collections, by id: 1 Query, and nothing where the process keeps it."""

    def read() -> Slice[Collection]:
        return store.collections(after=after, limit=limit)

    return list_cache.kept(("collections", after, limit), read, weigh=lambda found: len(found.items))


def collection_for_staff(collection_id: str) -> Collection:
    """Return a collection as it is now; the featured one is there, and empty, before anybody made it.

    Raises ``CollectionNotFound``.
    """
    found = store.find_collection(collection_id) or _unmade(collection_id)
    if found is None:
        raise CollectionNotFound(collection_id=collection_id)
    return found


def get_collection(collection_id: str) -> Collection:
    """Return a collection: 1 GetItem, and nothing where the process keeps it. Raises ``CollectionNotFound``."""
    return list_cache.kept(
        ("collection", collection_id), lambda: collection_for_staff(collection_id), weigh=lambda found: 0
    )


def cards_of_collection(collection_id: str, *, after: str | None, limit: int) -> Slice[Card]:
    """Return those of the next ``limit`` products of a collection that are shown, in its order.

    ``after`` is how many came before. A collection that is not there has no products.
    """

    def read() -> Slice[Card]:
        collection = store.find_collection(collection_id)
        product_ids = collection.product_ids if collection else []
        start = int(after or 0)
        wanted = product_ids[start : start + limit]
        cards = store.cards_at(rules.ALL_PRODUCTS, wanted) if wanted else {}
        more = start + limit < len(product_ids)
        return Slice([cards[each] for each in wanted if each in cards], str(start + limit) if more else None)

    return list_cache.kept(("cards", collection_id, after, limit), read, weigh=lambda found: len(found.items))


def put_collection(collection_id: str, draft: CollectionDraft, *, if_version: int | None) -> Collection:
    """Make a collection, or change the one that was read.

    Raises ``PreconditionRequired`` when it is there and nobody says which version was read, or ``PreconditionFailed``.
    """
    found = store.find_collection(collection_id)
    collection = found or Collection.at(list_keys.collection(collection_id), collection_id=collection_id)
    if found is not None and if_version is None:
        raise PreconditionRequired()
    demand_version(if_version, collection.version)
    before = {} if found is None else _told_of(found)
    collection.name, collection.description = draft.name, draft.description
    collection.product_ids = draft.product_ids
    with transactions.write() as work:
        work.save(collection)
        list_cache.changed(collection_id)
    audit.changed(before, _told_of(collection))
    return collection


def remove_collection(collection_id: str, *, if_version: int | None) -> None:
    """Take a collection away; its products stay. Raises ``CollectionNotFound`` or ``PreconditionFailed``."""
    collection = store.find_collection(collection_id)
    if collection is None:
        raise CollectionNotFound(collection_id=collection_id)
    demand_version(if_version, collection.version)
    with transactions.write() as work:
        work.delete(collection, when=Collection.version == collection.version)
        list_cache.changed(collection_id)
    audit.changed(_told_of(collection), {})


def _unmade(collection_id: str) -> Collection | None:
    if collection_id != rules.FEATURED:
        return None
    return Collection.at(list_keys.collection(collection_id), collection_id=collection_id, name=rules.FEATURED_NAME)


def _told_of(collection: Collection) -> dict[str, object]:
    return {
        "name": collection.name,
        "description": collection.description or None,
        "product_ids": collection.product_ids,
    }
