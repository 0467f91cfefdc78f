"""What is a vendor told of its products? What staff decided, and why."""

from collections.abc import Sequence

from chalicelib.catalog import service as catalog
from chalicelib.core.i18n import locales
from chalicelib.core.observability import logger
from chalicelib.notifications import letters, rules
from chalicelib.notifications.enums import Notice
from chalicelib.notifications.service.mailing import mail_if_reachable, quoting_letter_to
from chalicelib.notifications.service.vendor_readers import reader_of_vendor


def tell_of_approved_product(product_id: str, *, vendor_id: str, event_id: str, at: str) -> None:
    """Mail a vendor that staff approved what it asked for.

    Raises ``MailNotSent`` and ``DeliveryUnderWay``, after which it is to be called again later.
    """
    product = catalog.product_for_staff(product_id)
    _tell(Notice.PRODUCT_APPROVED, product, vendor_id=vendor_id, event_id=event_id, at=at)


def tell_of_refused_product(product_id: str, *, vendor_id: str, event_id: str, at: str) -> None:
    """Mail a vendor that staff refused what it asked for, with the reasons; not once they have approved after all.

    Raises ``MailNotSent`` and ``DeliveryUnderWay``, after which it is to be called again later.
    """
    product = catalog.product_for_staff(product_id)
    if product.refusal_reasons is None:
        logger.info("approved meanwhile", event=event_id, product=product_id)
        return
    _tell(
        Notice.PRODUCT_REFUSED, product, vendor_id=vendor_id, event_id=event_id, at=at, quoted=product.refusal_reasons
    )


def _tell(
    notice: Notice, product: catalog.Product, *, vendor_id: str, event_id: str, at: str, quoted: Sequence[str] = ()
) -> None:
    reader = reader_of_vendor(vendor_id)
    if reader is None:
        logger.info("no such vendor", event=event_id, vendor=vendor_id)
        return
    title = rules.one_line(locales.in_locale(product.details.title, letters.language_for(reader.locale)))
    letter = quoting_letter_to(reader, notice, quoted, at=at, title=title)
    mail_if_reachable(f"{notice}.{event_id}", letter, to=reader.email)
