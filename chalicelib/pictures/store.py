"""How are galleries and uploads looked up?"""

from collections.abc import Iterator
from datetime import datetime

from chalicelib.core import clock
from chalicelib.core.storage import keys
from chalicelib.core.storage.table import find, find_many, index_until
from chalicelib.pictures.models import Gallery, Upload


def find_gallery(product_id: str) -> Gallery | None:
    """Return a product's gallery as it is now."""
    return find(Gallery, keys.gallery(product_id))


def gallery_with_upload(product_id: str, picture_id: str) -> tuple[Gallery | None, Upload | None]:
    """Return a gallery as it is now, and what is awaited for one of its pictures."""
    items = find_many([keys.gallery(product_id), keys.picture_upload(picture_id)])
    galleries = (item for item in items if isinstance(item, Gallery))
    return next(galleries, None), next((item for item in items if isinstance(item, Upload)), None)


def uploads_due(now: datetime, *, limit: int) -> Iterator[Upload]:
    """Return pictures whose files must be looked after by now, the longest due first."""
    return index_until(Upload, "gsi1", keys.UPLOADS_DUE, until=clock.as_text(now), page=limit)
