"""How can pictures refuse?"""

from chalicelib.core.errors import Conflict, NotFound, Unauthenticated
from chalicelib.pictures.enums import RefusalReason


class GalleryNotFound(NotFound):
    """There is no such product, or it is another vendor's."""

    code = "gallery_not_found"


class PictureNotFound(NotFound):
    code = "picture_not_found"


class GalleryFull(Conflict):
    """Pictures that are awaited or refused count too, until somebody deletes them."""

    code = "gallery_full"


class PictureOrderIncomplete(Conflict):
    """An order names every picture of the gallery once."""

    code = "picture_order_incomplete"


class NoticeNotGenuine(Unauthenticated):
    """Somebody tells of an uploaded file without being the keeper of the files."""

    code = "notice_not_genuine"


class UploadRefused(Exception):
    """What was uploaded does not become a picture. Nobody is answered with this: the gallery says so."""

    def __init__(self, reason: RefusalReason) -> None:
        super().__init__(reason)
        self.reason = reason
