"""What are people told of their accounts? What happened, and what to do if it was not they who did it."""

from chalicelib.core import clock
from chalicelib.core.observability import logger
from chalicelib.core.settings import settings
from chalicelib.notifications import letters, notices, rules
from chalicelib.notifications.enums import Notice
from chalicelib.notifications.letters import Letter
from chalicelib.notifications.service.mailing import mail_once
from chalicelib.users import service as users

# What each purpose of a challenge has mailed, and the storefront's page that its link opens.
_CHALLENGES: dict[str, tuple[Notice, str | None]] = {
    "sign_up": (Notice.CONFIRM_SIGN_UP, "confirm"),
    "sign_up_known": (Notice.SIGN_UP_KNOWN, None),
    "new_contact": (Notice.CONFIRM_EMAIL, "email"),
    "password_reset": (Notice.RESET_PASSWORD, "reset"),
}


def mail_challenge(challenge_id: str, delivery: int) -> None:
    """Mail the link that proves an address, for the so-many-th time; a second call with that number sends nothing.

    What was answered or has expired meanwhile is not sent any more, and an address that nobody has is sent nothing.
    The code stands behind ``#``, which no browser sends to a server. Raises ``MailNotSent`` and
    ``DeliveryUnderWay``, after which it is to be called again later.
    """
    outgoing = users.outgoing(challenge_id)
    if outgoing is None or outgoing.purpose not in _CHALLENGES:
        logger.info("nothing to be mailed", challenge=challenge_id)
        return
    notice, page = _CHALLENGES[outgoing.purpose]
    link = f"{settings.storefront_url}/account/{page}#{challenge_id}.{outgoing.code}" if page else ""
    # By no name: whoever typed a stranger's address may have put anything there.
    letter = notices.written(notice, letters.language_for(outgoing.locale), link=link)
    _deliver(f"challenge.{challenge_id}.{delivery}", letter, to=outgoing.contact)


def tell(user_id: str, notice: Notice, *, event_id: str, at: str, **facts: str | int) -> None:
    """Mail a user what happened to their account ``at`` a time; who has no mail address is told nothing.

    Raises ``MailNotSent`` and ``DeliveryUnderWay``, after which it is to be called again later.
    """
    reader = users.reader_of(user_id)
    if reader is not None:
        _deliver(f"{notice}.{event_id}", _letter(reader, notice, at=at, **facts), to=reader.email)


def tell_both_addresses(user_id: str, *, event_id: str, at: str) -> None:
    """Mail a user's address from before that it counts no more, and the new one that it does.

    In this order, since the first may be the only one that is read by its owner.
    """
    reader = users.reader_of(user_id)
    if reader is not None:
        told = {Notice.EMAIL_REPLACED: reader.previous_email, Notice.EMAIL_ADDED: reader.email}
        for notice, address in told.items():
            _deliver(f"{notice}.{event_id}", _letter(reader, notice, at=at), to=address)


def _letter(reader: users.Reader, notice: Notice, *, at: str, **facts: str | int) -> Letter:
    said = {"when": f"{clock.from_text(at):%Y-%m-%d %H:%M} UTC", **facts}
    return notices.written(notice, letters.language_for(reader.locale), name=rules.one_line(reader.name), facts=said)


def _deliver(message_id: str, letter: Letter, *, to: str | None) -> None:
    """Deliver to whom mail can reach: SES takes 7-bit ASCII only, and trying again would not help the others."""
    if to is None or not to.isascii():
        logger.info("not reachable by mail", delivery=message_id)
        return
    mail_once(message_id, letter, to=to)
