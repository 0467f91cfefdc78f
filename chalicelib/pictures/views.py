"""How does a gallery become what its sellers see?"""

from chalicelib.core.settings import settings
from chalicelib.pictures import rules
from chalicelib.pictures.models import Gallery
from chalicelib.pictures.rules import Picture
from chalicelib.pictures.schemas import (
    GalleryView,
    RequestedPictureView,
    SellerPictureView,
    SourceView,
    UploadView,
)
from chalicelib.pictures.service import Requested


def gallery_view(gallery: Gallery) -> GalleryView:
    """Show all pictures of a product, whatever became of them."""
    return GalleryView(items=[_picture_view(gallery.product_id, picture) for picture in gallery.pictures])


def requested_view(requested: Requested) -> RequestedPictureView:
    """Show a picture that is awaited, and how to upload it."""
    form = requested.form
    return RequestedPictureView(
        picture=_picture_view(requested.gallery.product_id, requested.picture),
        upload=UploadView(
            url=form.url,
            fields=dict(form.fields),
            expires_at=form.expires_at,
            max_bytes=settings.upload_limit_bytes,
        ),
    )


def _picture_view(product_id: str, picture: Picture) -> SellerPictureView:
    sources = rules.sources(product_id, picture, settings.images_public_url)
    return SellerPictureView(
        id=picture.id,
        status=picture.status,
        reason=picture.reason,
        is_approved=picture.is_approved,
        alt=dict(picture.alt),
        proposed_alt=None if picture.proposed_alt is None else dict(picture.proposed_alt),
        width=picture.width or None,
        height=picture.height or None,
        sources=[SourceView(url=each.url, width=each.width, type=each.type) for each in sources],
        requested_at=picture.requested_at,
    )
