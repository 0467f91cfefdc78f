"""What are buyers told of money that goes back to them?"""

from chalicelib.checkout import service as checkouts
from chalicelib.checkout.errors import CheckoutNotFound
from chalicelib.core.observability import logger
from chalicelib.notifications import letters, notices, rules
from chalicelib.notifications.enums import Notice
from chalicelib.notifications.service.mailing import mail_if_reachable
from chalicelib.payments import service as payments


def tell_of_refund(refund_id: str, notice: Notice) -> None:
    """Mail whoever paid how far their money is, in the language of their purchase; a second call sends nothing.

    Whose purchase is forgotten cannot be told. Raises ``MailNotSent`` and ``DeliveryUnderWay``, after which it is to
    be called again later.
    """
    refund = payments.get_refund(refund_id)
    try:
        checkout = checkouts.get_checkout(refund.owner, refund.checkout_id)
    except CheckoutNotFound:
        logger.info("nobody to tell of a refund", refund=refund_id)
        return
    language = letters.language_for(checkout.locale)
    letter = notices.written(notice, language, facts={"amount": rules.money_text(refund.amount, language)})
    mail_if_reachable(f"{notice}.{refund_id}", letter, to=checkout.email)
