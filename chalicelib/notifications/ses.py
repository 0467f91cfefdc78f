"""How does a letter reach its reader? Through Amazon SES (API version 2010-12-01, SendEmail)."""

from email.utils import formataddr, parseaddr

from chalicelib.core.aws import client
from chalicelib.core.settings import settings
from chalicelib.notifications.errors import MailNotSent
from chalicelib.notifications.letters import Letter


def send(letter: Letter, to: str) -> str:
    """Send a letter to one address and return SES's id of it; raises ``MailNotSent`` when SES refuses it.

    SES builds the headers out of these fields itself, so nothing in them can become another header.
    """
    ses = client("ses")
    message = {
        "Subject": _utf8(letter.subject),
        "Body": {"Text": _utf8(letter.text), "Html": _utf8(letter.html)},
    }
    try:
        answer = ses.send_email(Source=_sender(), Destination={"ToAddresses": [to]}, Message=message)
    except ses.exceptions.ClientError as refusal:
        # Not chained: SES quotes the address in its message, and addresses stay out of the log.
        raise MailNotSent(refusal.response["Error"]["Code"]) from None
    return str(answer["MessageId"])


def _sender() -> str:
    """Return the shop's own address; SES takes ASCII only, so a name in another script is encoded (RFC 2047)."""
    return formataddr(parseaddr(settings.mail_from))


def _utf8(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}
