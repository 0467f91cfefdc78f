"""How is a letter delivered once? As any message is, by SES, which takes it or fails."""

from collections.abc import Sequence
from typing import TypeGuard

from chalicelib.core import clock
from chalicelib.core.observability import logger
from chalicelib.notifications import letters, notices, rules, ses
from chalicelib.notifications.enums import Notice
from chalicelib.notifications.letters import Letter
from chalicelib.notifications.outcomes import Taken
from chalicelib.notifications.service.delivering import deliver_once
from chalicelib.users import service as users


def mail_once(message_id: str, letter: Letter, *, to: str) -> None:
    """Send a letter, unless the message of that id was sent before.

    SES cannot tell whether it has a letter already, so one whose answer was lost may go out twice. Raises
    ``MailNotSent`` and ``DeliveryUnderWay``, after which this is to be called again later.
    """
    deliver_once(message_id, lambda _: Taken(ses.send(letter, to)))


def mail_if_reachable(message_id: str, letter: Letter, *, to: str | None) -> None:
    """Send a letter once, where mail can reach."""
    if _is_reachable(to, message_id):
        mail_once(message_id, letter, to=to)


def mail_with_opt_out(message_id: str, letter: Letter, *, to: str, opt_out_url: str) -> None:
    """Send a letter once, where mail can reach; mail programs can end such letters with one click (RFC 8058)."""
    headers = {"List-Unsubscribe": f"<{opt_out_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    if _is_reachable(to, message_id):
        deliver_once(message_id, lambda _: Taken(ses.send_with_headers(letter, to, headers)))


def _is_reachable(to: str | None, message_id: str) -> TypeGuard[str]:
    """Tell whether SES takes an address: 7-bit ASCII only, and trying again would not help."""
    if to is not None and to.isascii():
        return True
    logger.info("not reachable by mail", delivery=message_id)
    return False


def letter_to(reader: users.Reader, notice: Notice, *, at: str, **facts: str | int) -> Letter:
    """Write a notice to a reader, in their language, of what happened ``at`` a time."""
    return quoting_letter_to(reader, notice, (), at=at, **facts)


def quoting_letter_to(
    reader: users.Reader, notice: Notice, quoted: Sequence[str], /, *, at: str, **facts: str | int
) -> Letter:
    """Write such a notice with what somebody said."""
    said = {"when": f"{clock.from_text(at):%Y-%m-%d %H:%M} UTC", **facts}
    language, name = letters.language_for(reader.locale), rules.one_line(reader.name)
    return notices.written(notice, language, name=name, facts=said, quoted=[rules.one_line(each) for each in quoted])
