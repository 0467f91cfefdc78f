"""How is a message delivered once? Under a lease, with a record of its delivery.

Mail lies outside the table, so no transaction covers it. Whoever sends claims the message first, and
notes afterwards that it is sent. A crash in between lets the lease run out, and the next try sends
again: at least once, but never by two at a time, and never again once it is noted.
"""

from chalicelib.core import clock
from chalicelib.core.observability import logger
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.attributes import Condition
from chalicelib.notifications import ses, store
from chalicelib.notifications.errors import DeliveryUnderWay
from chalicelib.notifications.letters import Letter
from chalicelib.notifications.models import Delivery


class _Claimed(Exception):
    """Somebody else claimed the message before."""


def deliver_once(message_id: str, letter: Letter, *, to: str) -> None:
    """Send a letter, unless the message of that id was sent before.

    Raises ``MailNotSent`` and ``DeliveryUnderWay``, after which it is to be called again later.
    """
    delivery = _new_delivery(message_id)
    try:
        with transactions.write() as work:
            work.replace(delivery, when=_is_free(), refusal=_Claimed())
    except _Claimed:
        _demand_sent(message_id)
        return
    delivery.sent_as = ses.send(letter, to)
    delivery.sent_at = clock.as_text(clock.now())
    # Whoever holds the lease by now: the mail has gone out, and that ends the matter.
    with transactions.write() as work:
        work.replace(delivery)
    logger.info("message sent", delivery=message_id, sent_as=delivery.sent_as)


def _new_delivery(message_id: str) -> Delivery:
    now = clock.epoch_seconds()
    return Delivery.at(
        keys.delivery(message_id),
        lease_until=now + settings.delivery_lease_seconds,
        expires_at=now + settings.event_marker_kept_seconds,
    )


def _is_free() -> Condition:
    now = clock.epoch_seconds()
    unsent = Delivery.sent_at.does_not_exist() & (Delivery.lease_until <= now)
    free: Condition = Delivery.pk.does_not_exist() | (Delivery.expires_at <= now) | unsent
    return free


def _demand_sent(message_id: str) -> None:
    delivery = store.find_delivery(message_id)
    if delivery is None or delivery.sent_at is None:
        raise DeliveryUnderWay(message_id)
    logger.info("message sent before", delivery=message_id)
