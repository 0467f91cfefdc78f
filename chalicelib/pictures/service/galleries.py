"""How does a gallery come about and end, and who sees what of it?"""

from collections.abc import Iterable
from datetime import datetime

from chalicelib.core import clock
from chalicelib.core.errors import demand_version
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import Item
from chalicelib.pictures import rules, store
from chalicelib.pictures.errors import GalleryNotFound
from chalicelib.pictures.events import GalleryChanged
from chalicelib.pictures.models import Gallery, Upload
from chalicelib.pictures.rules import Picture


def open_gallery(product_id: str, vendor_id: str) -> None:
    """Begin an empty gallery: 1 put that joins the transaction which makes the product."""
    gallery = Gallery.at(keys.gallery(product_id), product_id=product_id, vendor_id=vendor_id)
    with transactions.write() as work:
        work.create(gallery)


def gallery_of(product_id: str, *, limited_to: str | None) -> Gallery:
    """Return a product's gallery as it is now; ``GalleryNotFound`` if it is another vendor's than the one given."""
    gallery = store.find_gallery(product_id)
    if gallery is None or gallery.is_closed or limited_to not in (None, gallery.vendor_id):
        raise GalleryNotFound(product_id=product_id)
    return gallery


def gallery_key(product_id: str) -> Key:
    """Return where a product's gallery is, for callers who read it together with something of their own."""
    return keys.gallery(product_id)


def shown_in(parts: Iterable[Item]) -> list[Picture]:
    """Return what shoppers see of the gallery that is among the items of a product's partition, in order.

    The first, if there is one, is the product's main picture.
    """
    return [picture for part in parts if isinstance(part, Gallery) for picture in rules.shown(part.pictures)]


def awaits_approval(parts: Iterable[Item]) -> bool:
    """Tell whether the gallery among these items has a picture, or words for one, that nobody has approved yet."""
    return any(picture.awaits_approval for part in parts if isinstance(part, Gallery) for picture in part.pictures)


def approve_all(product_id: str, *, if_version: int | None = None) -> None:
    """Show shoppers every picture that is ready, with the words wished for it: 1 put for the open transaction.

    What is still awaited or was refused nobody can have looked at. ``if_version`` is the gallery that was.
    """
    gallery = gallery_of(product_id, limited_to=None)
    demand_version(if_version, gallery.version)
    if awaits_approval([gallery]):
        gallery.pictures = [rules.approved(picture) for picture in gallery.pictures]
        save(gallery)


def close_gallery(product_id: str) -> None:
    """Take down all pictures of a product that is deleted, for good: a put for it and one for each that is ready.

    Joins the open transaction; the files go a little later.
    """
    gallery = gallery_of(product_id, limited_to=None)
    with transactions.write():
        for picture in gallery.pictures:
            sweep_files_of(gallery, picture)
        gallery.pictures, gallery.is_closed = [], True
        save(gallery)


def save(gallery: Gallery) -> None:
    """Save a changed gallery and announce it, in the open transaction if there is one."""
    with transactions.write() as work:
        work.save(gallery, event=GalleryChanged(gallery.product_id))


def sweep_files_of(gallery: Gallery, picture: Picture) -> None:
    """Have the files of a picture that leaves its gallery deleted. One that is awaited has somebody for that already.

    Its form can still be sent, so its files are looked for when nobody can do so any more.
    """
    if picture.is_ready:
        with transactions.write() as work:
            work.replace(upload_row(gallery.product_id, picture.id, due_at=clock.now()))


def upload_row(product_id: str, picture_id: str, *, due_at: datetime, content_type: str | None = None) -> Upload:
    """Return the row by which the files of a picture are looked after when they are due."""
    return Upload.at(
        keys.picture_upload(picture_id),
        picture_id=picture_id,
        product_id=product_id,
        content_type=content_type,
        gsi1pk=keys.UPLOADS_DUE,
        gsi1sk=clock.as_text(due_at),
    )
