"""How do brands become what their reader sees?"""

from chalicelib.catalog.models import Brand
from chalicelib.catalog.schemas import BrandView, StaffBrandView
from chalicelib.core.i18n.locales import in_locale


def brand_view(brand: Brand, locale: str) -> BrandView:
    """Show a brand."""
    description = in_locale(brand.description or {}, locale)
    return BrandView(id=brand.brand_id, name=in_locale(brand.name, locale), description=description)


def staff_brand_view(brand: Brand) -> StaffBrandView:
    """Show a brand to those who edit it."""
    return StaffBrandView(
        id=brand.brand_id,
        name=dict(brand.name),
        description=dict(brand.description or {}),
        is_retired=bool(brand.is_retired),
    )
