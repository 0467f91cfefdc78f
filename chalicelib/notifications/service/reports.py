"""What becomes of a text after it has left? Its sender reports, signed, in any order, more than once or never."""

from collections.abc import Sequence

from chalicelib.core.observability import count, logger
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.attributes import Condition
from chalicelib.notifications import rules, twilio
from chalicelib.notifications.enums import TextStatus
from chalicelib.notifications.errors import CallbackNotGenuine
from chalicelib.notifications.models import Delivery
from chalicelib.notifications.signatures import HEADER as SIGNATURE_HEADER
from chalicelib.notifications.signatures import is_genuine

__all__ = ["SIGNATURE_HEADER", "receive_report"]

_UNHAPPY = (TextStatus.UNDELIVERED, TextStatus.FAILED)


class _NotNews(Exception):
    """The message is not ours, goes by another name, or has come further already."""


def receive_report(message_id: str, fields: Sequence[tuple[str, str]], signature: str | None) -> None:
    """Note a text's status on its delivery: 1 conditional write. What is not news changes nothing.

    Raises ``CallbackNotGenuine`` when the signature does not bind these fields to this message.
    """
    if not is_genuine(twilio.callback_url(message_id), fields, signature, token=twilio.auth_token()):
        count("ForgedWebhooks")
        raise CallbackNotGenuine()
    report = twilio.report_in(dict(fields))
    if report is None:
        logger.info("text report says nothing to us", delivery=message_id)
        return
    noted = [Delivery.status.set(report.status), Delivery.sent_as.set(report.reference)]
    if report.error_code:
        noted.append(Delivery.error_code.set(report.error_code))
    delivery = Delivery.at(keys.delivery(message_id))
    try:
        with transactions.write() as work:
            work.update(delivery, noted, when=_is_news(report), refusal=_NotNews())
    except _NotNews:
        logger.info("text report is no news", delivery=message_id, status=report.status)
        return
    logger.info("text reported", delivery=message_id, status=report.status, error_code=report.error_code)
    if report.status in _UNHAPPY:
        count("TextsUndelivered")


def _is_news(report: twilio.Report) -> Condition:
    # The report may be here before the answer to the call that sent the text, and its name with it.
    is_same = Delivery.sent_as.does_not_exist() | (Delivery.sent_as == report.reference)
    is_further: Condition = Delivery.status.does_not_exist()
    if earlier := rules.may_follow(report.status):
        is_further = is_further | Delivery.status.is_in(*earlier)
    news: Condition = Delivery.pk.exists() & is_same & is_further
    return news
