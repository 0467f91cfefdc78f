"""Does every gallery belong to its product, is every picture what its state says, and are all files looked after?"""

from collections.abc import Iterator

from chalicelib.catalog.models import Product
from chalicelib.catalog.rules import ProductStatus
from chalicelib.core.storage import keys
from chalicelib.pictures.models import Gallery, Upload
from chalicelib.pictures.rules import PICTURES_LIMIT, WIDTHS, Picture, find
from infra.books.ledger import Books, Troubles


def galleries_belong_to_products(books: Books) -> Troubles:
    """Each product has a gallery of its vendor, which is closed when the product is deleted, and no other is there."""
    for product in books.all(Product):
        gallery = books.find(Gallery, keys.gallery(product.product_id))
        if gallery is None:
            yield product.key, "has no gallery"
            continue
        if gallery.vendor_id != product.vendor_id:
            yield gallery.key, f"is of {gallery.vendor_id}, its product of {product.vendor_id}"
        if gallery.is_closed != (product.status == ProductStatus.DELETED):
            yield gallery.key, f"is {'closed' if gallery.is_closed else 'open'}, and its product {product.status}"
    for gallery in books.all(Gallery):
        if books.find(Product, keys.product(gallery.product_id)) is None:
            yield gallery.key, "hangs beside no product"


def pictures_are_what_their_state_says(books: Books) -> Troubles:
    """A ready picture has its sizes, a refused one a reason, and an awaited one neither; each is there once."""
    for gallery in books.all(Gallery):
        ids = [picture.id for picture in gallery.pictures]
        if len(set(ids)) < len(ids) or len(ids) > PICTURES_LIMIT:
            yield gallery.key, f"has {len(ids)} pictures, {len(set(ids))} of them different"
        if gallery.is_closed and ids:
            yield gallery.key, f"is closed and has {len(ids)} pictures"
        for picture in gallery.pictures:
            yield from ((gallery.key, f"{picture.id}: {trouble}") for trouble in _troubles_of(picture))


def files_are_looked_after(books: Books) -> Troubles:
    """Whatever is awaited has a row by which it is given up; no other picture has one, and none is long overdue."""
    for gallery in books.all(Gallery):
        for picture in gallery.pictures:
            upload = books.find(Upload, keys.picture_upload(picture.id))
            if picture.is_awaited and (upload is None or upload.product_id != gallery.product_id):
                yield gallery.key, f"nobody gives up {picture.id}, which is awaited"
    for upload in books.all(Upload):
        beside = books.find(Gallery, keys.gallery(upload.product_id))
        present = find(beside.pictures, upload.picture_id) if beside else None
        if present is not None and not present.is_awaited:
            yield upload.key, f"would delete the files of a picture that is {present.status}"
        if (upload.gsi1sk or "") < books.long_ago:
            yield upload.key, f"has been due since {upload.gsi1sk}"


def _troubles_of(picture: Picture) -> Iterator[str]:
    sizes = picture.width, picture.height, picture.widths
    if picture.is_ready and not _are_sound(picture):
        yield f"ready in sizes {sizes}"
    if not picture.is_ready and any(sizes):
        yield f"{picture.status} in sizes {sizes}"
    is_refused = not picture.is_ready and not picture.is_awaited
    if is_refused != (picture.reason is not None):
        yield f"{picture.status} for reason {picture.reason}"
    if picture.proposed_alt is not None and not picture.is_shown:
        yield "other words are proposed for what nobody sees"


def _are_sound(picture: Picture) -> bool:
    widths = list(picture.widths)
    is_in_order = bool(widths) and widths == sorted(set(widths)) and widths[-1] == picture.width <= WIDTHS[-1]
    return is_in_order and picture.height > 0 and bool(picture.digest)
