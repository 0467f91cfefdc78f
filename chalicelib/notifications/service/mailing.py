"""How is a letter delivered once? As any message is, by SES, which takes it or fails."""

from chalicelib.notifications import ses
from chalicelib.notifications.letters import Letter
from chalicelib.notifications.outcomes import Taken
from chalicelib.notifications.service.delivering import deliver_once


def mail_once(message_id: str, letter: Letter, *, to: str) -> None:
    """Send a letter, unless the message of that id was sent before.

    SES cannot tell whether it has a letter already, so one whose answer was lost may go out twice. Raises
    ``MailNotSent`` and ``DeliveryUnderWay``, after which this is to be called again later.
    """
    deliver_once(message_id, lambda _: Taken(ses.send(letter, to)))
