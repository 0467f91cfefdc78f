"""How is a message delivered once? Under a lease, with a record of its delivery.

Mail and texts lie outside the table, so no transaction covers them. Whoever sends claims the message first, and
notes afterwards that it is sent. A crash in between lets the lease run out, and the next try sends again, unless
the sender can tell that it has the message: at least once, but never by two at a time, and never again once it is
noted.
"""

from collections.abc import Callable

from chalicelib.core import clock
from chalicelib.core.observability import count, logger
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.attributes import Condition
from chalicelib.notifications import store
from chalicelib.notifications.enums import TextStatus
from chalicelib.notifications.errors import DeliveryUnderWay
from chalicelib.notifications.models import Delivery
from chalicelib.notifications.outcomes import Refused, Taken

Send = Callable[[int | None], Taken | Refused]


class _Claimed(Exception):
    """Somebody else claimed the message before."""


def deliver_once(message_id: str, send: Send) -> None:
    """Send a message, unless that has been done.

    ``send`` is told since which second somebody may have sent it already, without having been able to note it.
    Raises whatever it raises, and ``DeliveryUnderWay``, after which this is to be called again later.
    """
    delivery = _new_delivery(message_id)
    try:
        with transactions.write() as work:
            work.replace(delivery, when=_is_unknown(), refusal=_Claimed())
    except _Claimed:
        since = _taken_over(message_id)
        if since is None:
            logger.info("message settled before", delivery=message_id)
            return
    else:
        since = None
    _note(message_id, send(since))


def _new_delivery(message_id: str) -> Delivery:
    now = clock.epoch_seconds()
    return Delivery.at(
        keys.delivery(message_id),
        begun_at=now,
        lease_until=now + settings.delivery_lease_seconds,
        expires_at=now + settings.event_marker_kept_seconds,
    )


def _is_unknown() -> Condition:
    unknown: Condition = Delivery.pk.does_not_exist() | (Delivery.expires_at <= clock.epoch_seconds())
    return unknown


def _taken_over(message_id: str) -> int | None:
    """Claim what somebody else has begun and not ended; ``None`` when it is sent, or will never be."""
    found, now = store.find_delivery(message_id), clock.epoch_seconds()
    if found is not None and found.is_settled:
        return None
    if found is None or found.lease_until > now:
        raise DeliveryUnderWay(message_id)
    unchanged = (Delivery.lease_until == found.lease_until) & _is_unsettled()
    with transactions.write() as work:
        longer = Delivery.lease_until.set(now + settings.delivery_lease_seconds)
        work.update(found, [longer], when=unchanged, refusal=DeliveryUnderWay(message_id))
    return found.begun_at or 0


def _is_unsettled() -> Condition:
    unsettled: Condition = Delivery.sent_at.does_not_exist() & Delivery.status.does_not_exist()
    return unsettled


def _note(message_id: str, outcome: Taken | Refused) -> None:
    """Write down what came of it, whoever holds the lease by now: that the message has gone out ends the matter."""
    delivery = Delivery.at(keys.delivery(message_id))
    if isinstance(outcome, Taken):
        is_there, told = Delivery.pk.exists(), Delivery.sent_as.set(outcome.reference)
        noted = [Delivery.sent_at.set(clock.as_text(clock.now())), told]
        logger.info("message sent", delivery=message_id, sent_as=outcome.reference)
    else:
        is_there = Delivery.pk.exists() & Delivery.status.does_not_exist()
        noted = [Delivery.status.set(TextStatus.REFUSED), Delivery.error_code.set(outcome.code)]
        logger.warning("message refused", delivery=message_id, code=outcome.code)
        count("MessagesRefused")
    with transactions.write() as work:
        work.update(delivery, noted, when=is_there)
