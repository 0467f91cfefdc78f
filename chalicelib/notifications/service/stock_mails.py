"""Who is told that goods are low or out? Their vendor, and the staff who keep the stock."""

from chalicelib.catalog import service as catalog
from chalicelib.core.i18n import locales
from chalicelib.core.observability import logger
from chalicelib.notifications import letters, rules
from chalicelib.notifications.enums import Notice
from chalicelib.notifications.errors import DeliveryUnderWay, MailNotSent
from chalicelib.notifications.service.mailing import letter_to, mail_if_reachable
from chalicelib.notifications.service.vendor_readers import reader_of_vendor
from chalicelib.users import service as users
from chalicelib.users.service import Reader


def tell_keepers(
    notice: Notice, sku: str, *, product_id: str, vendor_id: str, event_id: str, at: str, **facts: int
) -> None:
    """Mail vendor and keepers, each in their language, how a SKU has fallen ``at`` a time; each is told once.

    Whoever cannot be told keeps nobody else from it: what failed is raised when all others have their mail.
    Raises ``MailNotSent`` and ``DeliveryUnderWay``, after which it is to be called again later.
    """
    titles, failed = catalog.product_for_staff(product_id).details.title, None
    for reader_id, reader in _keepers(vendor_id).items():
        title = rules.one_line(locales.in_locale(titles, letters.language_for(reader.locale)))
        letter = letter_to(reader, notice, at=at, sku=sku, title=title, **facts)
        try:
            mail_if_reachable(f"{notice}.{event_id}.{reader_id}", letter, to=reader.email)
        except (MailNotSent, DeliveryUnderWay) as failure:
            logger.warning("not told", notice=notice, event=event_id, reader=reader_id)
            failed = failure
    if failed is not None:
        raise failed


def _keepers(vendor_id: str) -> dict[str, Reader]:
    """Return by id who is to know. Who reads the vendor's mail needs no second one as staff."""
    vendor = reader_of_vendor(vendor_id)
    told = {vendor_id: vendor} if vendor else {}
    staff = users.readers_with(users.Permission.STOCK_MANAGE)
    return told | {each: reader for each, reader in staff.items() if vendor is None or reader.email != vendor.email}
