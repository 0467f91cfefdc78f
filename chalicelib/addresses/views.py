"""How does a stored address become what its owner sees?"""

from dataclasses import asdict

from chalicelib.addresses.enums import AddressUse
from chalicelib.addresses.rules import REGION_NAMES, names_of_region
from chalicelib.addresses.schemas import AddressView, RegionView
from chalicelib.addresses.service import KeptAddress
from chalicelib.core.i18n.locales import in_locale


def address_view(address: KeptAddress, locale: str) -> AddressView:
    """Show an address to its owner."""
    return AddressView(
        id=address.id,
        **asdict(address.place),
        region_name=in_locale(names_of_region(address.place), locale),
        is_default_shipping=AddressUse.SHIPPING in address.default_for,
        is_default_billing=AddressUse.BILLING in address.default_for,
    )


def region_views(locale: str) -> list[RegionView]:
    """Show every region of Ethiopia."""
    return [RegionView(code=code, name=in_locale(names, locale)) for code, names in REGION_NAMES.items()]
