"""Which operations do pictures have?"""

from chalicelib.core.http import Answer, Caller, IfMatch, Request, Router, public, seller
from chalicelib.pictures import service as pictures
from chalicelib.pictures import views
from chalicelib.pictures.errors import (
    GalleryFull,
    GalleryNotFound,
    NoticeNotGenuine,
    PictureNotFound,
    PictureOrderIncomplete,
)
from chalicelib.pictures.schemas import GalleryView, PictureDraft, PicturesChange, RequestedPictureView

router = Router("pictures")

_sellers = seller("catalog.manage")


@router.post("/products/{product_id}/pictures", access=_sellers, raises=(GalleryNotFound, GalleryFull))
def add_picture(product_id: str, body: PictureDraft, caller: Caller) -> Answer[RequestedPictureView]:
    """Make room for a picture, and get the form that uploads its file straight to the bucket.

    The file must be of the type said here, or the bucket refuses it. A little later the picture is `ready` or
    `refused`, and says why. One that never comes is forgotten.
    """
    requested = pictures.request_upload(product_id, body, limited_to=caller.limited_to)
    return Answer(views.requested_view(requested), version=requested.gallery.version)


@router.get("/products/{product_id}/pictures", access=_sellers, raises=(GalleryNotFound,))
def list_pictures(product_id: str, caller: Caller) -> Answer[GalleryView]:
    """List all pictures of a product in order: shown, awaited, refused, and those that await approval."""
    gallery = pictures.gallery_of(product_id, limited_to=caller.limited_to)
    return Answer(views.gallery_view(gallery), version=gallery.version)


@router.patch(
    "/products/{product_id}/pictures",
    access=_sellers,
    if_match=IfMatch.REQUIRED,
    raises=(GalleryNotFound, PictureNotFound, PictureOrderIncomplete),
)
def arrange_pictures(product_id: str, *, body: PicturesChange, caller: Caller, request: Request) -> Answer[GalleryView]:
    """Put pictures in another order, or say something else of them.

    What a vendor says of an approved picture is shown once it is approved.
    """
    gallery = pictures.arrange(product_id, body, limited_to=caller.limited_to, if_version=request.if_version)
    return Answer(views.gallery_view(gallery), version=gallery.version)


@router.delete(
    "/products/{product_id}/pictures/{picture_id}",
    access=_sellers,
    if_match=IfMatch.REQUIRED,
    raises=(GalleryNotFound, PictureNotFound),
)
def remove_picture(product_id: str, picture_id: str, *, caller: Caller, request: Request) -> None:
    """Delete a picture; its files follow within minutes. `If-Match` has the tag of the gallery."""
    pictures.remove(product_id, picture_id, limited_to=caller.limited_to, if_version=request.if_version)


@router.post("/webhooks/minio", access=public, status=204, raises=(NoticeNotGenuine,))
def receive_file_notice(request: Request) -> None:
    """Take the notice of MinIO, or of another keeper of files that speaks as S3 does, that a file was uploaded.

    It must carry the token of the secret for pictures as `Authorization: Bearer`. S3 itself needs no such help.
    """
    pictures.receive_notice(request.body, request.headers.get("authorization"))
