"""How does somebody get a code? By a text message, in their language, in one segment."""

from chalicelib.core.observability import logger
from chalicelib.notifications import letters, twilio
from chalicelib.notifications.outcomes import Refused, Taken
from chalicelib.notifications.service.delivering import deliver_once
from chalicelib.notifications.sms import SmsSender, Text
from chalicelib.users import service as users

# The purposes of a challenge that have words of their own.
_TEXTED = ("sign_up", "sign_up_known", "new_contact", "password_reset")


def text_challenge(challenge_id: str, delivery: int) -> None:
    """Text the code of a challenge for the so-many-th time; a second call with that number sends nothing.

    What was answered or has expired meanwhile is not sent any more, and a number that nobody has is sent nothing:
    each text costs money, and whoever has that number did not ask. Raises ``TextNotSent``, ``TextSenderNotAccepted``
    and ``DeliveryUnderWay``, after which it is to be called again later.
    """
    outgoing = users.outgoing(challenge_id)
    if outgoing is None or outgoing.purpose not in _TEXTED:
        logger.info("nothing to be texted", challenge=challenge_id)
        return
    body = letters.short(outgoing.purpose, letters.language_for(outgoing.locale), code=outgoing.code)
    text = Text(f"challenge.{challenge_id}.{delivery}", to=outgoing.contact, body=body)
    deliver_once(text.message_id, lambda since: _sent(twilio.sender(), text, since))


def _sent(sender: SmsSender, text: Text, since: int | None) -> Taken | Refused:
    """Send, unless an earlier try did and only its answer was lost.

    The same words to the same number since that try are as good as this message, whichever of two deliveries of one
    challenge they were: their reader has the code. Twilio lists what it took at once as a rule, but does not promise
    to, so a text may still come twice.
    """
    found = None if since is None else sender.find(text, since=since)
    return found or sender.send(text)
