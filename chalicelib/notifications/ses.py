"""How does a letter reach its reader? Through Amazon SES (API version 2010-12-01, SendEmail and SendRawEmail)."""

from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
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


def send_with_headers(letter: Letter, to: str, headers: Mapping[str, str]) -> str:
    """Send a letter that carries headers of its own, which SES lets in only if the whole mail is ours.

    Raises ``MailNotSent`` when SES refuses it, and ``ValueError`` for a header of more than one line.
    """
    ses = client("ses")
    raw = {"Data": _mime(letter, to, headers)}
    try:
        answer = ses.send_raw_email(Source=_sender(), Destinations=[to], RawMessage=raw)
    except ses.exceptions.ClientError as refusal:
        raise MailNotSent(refusal.response["Error"]["Code"]) from None
    return str(answer["MessageId"])


def _mime(letter: Letter, to: str, headers: Mapping[str, str]) -> bytes:
    """Return the letter in both its parts as RFC 5322 has it, in seven bits."""
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    for name, value in {"From": _sender(), "To": to, "Subject": letter.subject, **headers}.items():
        message[name] = value
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message.as_bytes()


def _sender() -> str:
    """Return the shop's own address; SES takes ASCII only, so a name in another script is encoded (RFC 2047)."""
    return formataddr(parseaddr(settings.mail_from))


def _utf8(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}
