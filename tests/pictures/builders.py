"""Which galleries do tests begin with?"""

from typing import Any

from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.table import find
from chalicelib.pictures import service as pictures
from chalicelib.pictures.enums import PictureStatus
from chalicelib.pictures.models import Gallery
from chalicelib.pictures.rules import Picture

PRODUCT, VENDOR = "prd_COFFEE", "ven_GEDEO"
REQUESTED_AT = "2026-11-25T08:00:00.000000Z"


def a_gallery(*shown: Picture, product_id: str = PRODUCT, vendor_id: str = VENDOR) -> Gallery:
    """Open a product's gallery and hang these pictures in it."""
    pictures.open_gallery(product_id, vendor_id)
    return hang(*shown, product_id=product_id) if shown else gallery_of(product_id)


def hang(*shown: Picture, product_id: str = PRODUCT) -> Gallery:
    """Hang these pictures, and no others, in a gallery that is open."""
    gallery = gallery_of(product_id)
    gallery.pictures = list(shown)
    with transactions.write() as work:
        work.save(gallery)
    return gallery


def gallery_of(product_id: str = PRODUCT) -> Gallery:
    """Return a gallery as it is now."""
    gallery = find(Gallery, keys.gallery(product_id))
    assert gallery is not None
    return gallery


def a_picture(picture_id: str = "pic_CUP", **members: Any) -> Picture:
    """Return a picture that shoppers see."""
    ready: dict[str, Any] = {
        "requested_at": REQUESTED_AT,
        "alt": {"en": "A cup of coffee", "am": "አንድ ስኒ ቡና"},
        "status": PictureStatus.READY,
        "width": 1000,
        "height": 750,
        "widths": (320, 640, 1000),
        "is_approved": True,
        "digest": "cafe",
    }
    return Picture(picture_id, **ready | members)
