"""Who reads the mail of a vendor, and in which language?"""

from chalicelib.core.i18n import locales
from chalicelib.core.settings import settings
from chalicelib.notifications import letters
from chalicelib.users import service as users
from chalicelib.users.service import Reader
from chalicelib.vendors import service as vendors


def reader_of_vendor(vendor_id: str) -> Reader | None:
    """Return who reads a vendor's mail, in the language of the account with that address, if there is one."""
    vendor = vendors.find(vendor_id)
    if vendor is None:
        return None
    account_id = users.find_user_id(users.contact_of(vendor.email, None))
    account = users.reader_of(account_id) if account_id else None
    locale = account.locale if account else settings.default_locale
    name = locales.in_locale(vendor.names, letters.language_for(locale))
    return Reader(name, vendor.email, vendor.phone, locale, settings.shop_currency)
