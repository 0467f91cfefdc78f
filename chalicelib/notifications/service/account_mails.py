"""What are people told of their accounts? What happened, and what to do if it was not they who did it."""

from chalicelib.core.observability import logger
from chalicelib.core.settings import settings
from chalicelib.notifications import letters, notices
from chalicelib.notifications.enums import Notice
from chalicelib.notifications.service.mailing import letter_to, mail_if_reachable
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
    mail_if_reachable(f"challenge.{challenge_id}.{delivery}", letter, to=outgoing.contact)


def tell(user_id: str, notice: Notice, *, event_id: str, at: str, **facts: str | int) -> None:
    """Mail a user what happened to their account ``at`` a time; who has no mail address is told nothing.

    Raises ``MailNotSent`` and ``DeliveryUnderWay``, after which it is to be called again later.
    """
    reader = users.reader_of(user_id)
    if reader is not None:
        mail_if_reachable(f"{notice}.{event_id}", letter_to(reader, notice, at=at, **facts), to=reader.email)


def tell_both_addresses(user_id: str, challenge_id: str, *, event_id: str, at: str) -> None:
    """Mail the address that gave way in this change that it counts no more, and the new one that it does.

    In this order, since the first may be the only one that is read by its owner. Which they are the challenge
    tells: the account may have changed again.
    """
    reader, change = users.reader_of(user_id), users.contact_change_of(challenge_id)
    if reader is not None and change is not None:
        told = {Notice.EMAIL_REPLACED: change.before, Notice.EMAIL_ADDED: change.after}
        for notice, address in told.items():
            mail_if_reachable(f"{notice}.{event_id}", letter_to(reader, notice, at=at), to=address)
