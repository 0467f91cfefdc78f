"""How do pictures of products become what their reader sees?"""

from chalicelib.catalog.schemas import PictureView, SourceView
from chalicelib.core.i18n.locales import in_locale
from chalicelib.core.settings import settings
from chalicelib.pictures import rules as picture_rules
from chalicelib.pictures.rules import Picture


def picture_view(product_id: str, picture: Picture, locale: str) -> PictureView:
    """Show a picture with the addresses of its sizes."""
    sources = picture_rules.sources(product_id, picture, settings.images_public_url)
    return PictureView(
        id=picture.id,
        alt=in_locale(picture.alt, locale),
        width=picture.width,
        height=picture.height,
        sources=[SourceView(url=each.url, width=each.width, type=each.type) for each in sources],
    )
