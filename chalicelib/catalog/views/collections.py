"""How do collections become what their reader sees?"""

from chalicelib.catalog.models import Collection
from chalicelib.catalog.schemas import CollectionView, StaffCollectionView
from chalicelib.core.i18n.locales import in_locale


def collection_view(collection: Collection, locale: str) -> CollectionView:
    """Show a collection to shoppers."""
    return CollectionView(
        id=collection.collection_id,
        name=in_locale(collection.name, locale),
        description=in_locale(collection.description, locale),
    )


def staff_collection_view(collection: Collection) -> StaffCollectionView:
    """Show a collection to those who keep the catalogue."""
    return StaffCollectionView(
        id=collection.collection_id,
        name=dict(collection.name),
        description=dict(collection.description),
        product_ids=list(collection.product_ids),
    )
