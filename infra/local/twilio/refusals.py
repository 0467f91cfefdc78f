"""What does Twilio refuse, and in which words? Its error codes, and the magic numbers of its test credentials."""

import re
from collections.abc import Mapping

from infra.local.serving import Reply, json_reply

LONGEST_BODY = 1600
_REASONS = {
    20003: (401, "Authenticate"),
    20404: (404, "The requested resource was not found"),
    20429: (429, "Too Many Requests"),
    21211: (400, "The 'To' number is not a valid phone number"),
    21212: (400, "The 'From' number is not a valid phone number, shortcode, or alphanumeric sender ID"),
    21408: (400, "Permission to send an SMS has not been enabled for the region indicated by the 'To' number"),
    21602: (400, "Message body is required"),
    21603: (400, "A 'From' phone number is required"),
    21604: (400, "A 'To' phone number is required"),
    21606: (400, "The 'From' phone number is not a valid, SMS-capable inbound phone number for your account"),
    21608: (400, "The number is unverified. Trial accounts cannot send messages to unverified numbers"),
    21610: (400, "Attempt to send to unsubscribed recipient"),
    21611: (400, "This 'From' number has exceeded the maximum number of queued messages"),
    21612: (400, "Message cannot be sent with the current combination of 'To' and 'From' parameters"),
    21614: (400, "'To' number is not a valid mobile number"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit"),
}
_MAGIC_SENDERS = {"+15005550001": 21212, "+15005550007": 21606, "+15005550008": 21611}
_MAGIC_READERS = {
    "+15005550001": 21211,
    "+15005550002": 21612,
    "+15005550003": 21408,
    "+15005550004": 21610,
    "+15005550009": 21614,
}
_GOOD_SENDER = "+15005550006"
_NUMBER = re.compile(r"\+[1-9]\d{7,14}")
_NAME = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}")
_SERVICE = re.compile(r"MG[0-9a-f]{32}")
# In Ethiopia 9 (Ethio Telecom) and 7 (Safaricom) are mobile, everything else is a landline.
_ETHIOPIAN = re.compile(r"\+251(\d*)")
_ETHIOPIAN_MOBILE = re.compile(r"[79]\d{8}")


def refusal(code: int, *, status: int | None = None, message: object = None) -> Reply:
    """Twilio's error body; what the table does not know is 400."""
    usual, words = _REASONS.get(code, (400, "Refused"))
    status, words = status or usual, message if isinstance(message, str) else words
    more = f"https://www.twilio.com/docs/errors/{code}"
    return json_reply(status, {"code": code, "message": words, "more_info": more, "status": status})


def code_against(form: Mapping[str, str]) -> int | None:
    """The code with which a new message is refused; `None` when it is taken."""
    to, sender, service = form.get("To", ""), form.get("From", ""), form.get("MessagingServiceSid", "")
    body = form.get("Body", "")
    if not to:
        return 21604
    if not (sender or service):
        return 21603
    if not body:
        return 21602
    if len(body) > LONGEST_BODY:
        return 21617
    return _against_sender(sender, service) or _against_reader(to)


def _against_sender(sender: str, service: str) -> int | None:
    if service:
        return None if _SERVICE.fullmatch(service) else 21212
    if sender in _MAGIC_SENDERS:
        return _MAGIC_SENDERS[sender]
    if sender == _GOOD_SENDER or _NAME.fullmatch(sender):
        return None
    return 21606 if _NUMBER.fullmatch(sender) else 21212


def _against_reader(to: str) -> int | None:
    if to in _MAGIC_READERS:
        return _MAGIC_READERS[to]
    if not _NUMBER.fullmatch(to):
        return 21211
    if ethiopian := _ETHIOPIAN.fullmatch(to):
        return None if _ETHIOPIAN_MOBILE.fullmatch(ethiopian[1]) else 21614
    return None
