"""How does an account get another mail address or number? The new one must answer first."""

from dataclasses import dataclass

from chalicelib.core import audit
from chalicelib.core.storage import transactions
from chalicelib.users import store
from chalicelib.users.enums import Channel, Purpose
from chalicelib.users.errors import ChallengeOutdated, ContactTaken, UserNotFound
from chalicelib.users.events import UserEmailChanged, UserPhoneChanged
from chalicelib.users.models import Challenge, User
from chalicelib.users.rules import Contact
from chalicelib.users.service import challenges
from chalicelib.users.service.accounts import guard_of


@dataclass(frozen=True)
class ContactChange:
    """An address or number, and the one that it took the place of, if there was one."""

    before: str | None
    after: str


def ask(user_id: str, contact: Contact) -> Challenge:
    """Send a challenge to a contact that is to be the account's. Nothing changes before the answer."""
    user = _user(user_id)
    return challenges.issue(
        Purpose.NEW_CONTACT,
        contact,
        locale=user.locale,
        user_id=user_id,
        name=user.name,
        replaces=_present(user, contact.channel),
    )


def confirm(user_id: str, challenge_id: str, code: str) -> None:
    """Give the account the contact that answered; the one before is free for others.

    Raises ``ChallengeNotFound``, ``CodeSpent``, ``CodeWrong``, ``ContactTaken``, or ``ChallengeOutdated`` when the
    account got another contact of this kind since the challenge was sent.
    """
    challenge = challenges.answered(challenge_id, code, purpose=Purpose.NEW_CONTACT, user_id=user_id)
    contact, user = Contact(Channel(challenge.channel), challenge.contact), _user(user_id)
    before = _present(user, contact.channel)
    if before != challenge.replaces:
        raise ChallengeOutdated()
    with transactions.write() as work:
        work.save(challenge)
        if before == contact.value:
            return
        work.create(guard_of(contact, user_id), refusal=ContactTaken())
        if before is not None:
            work.delete(guard_of(Contact(contact.channel, before), user_id))
        audit.record(f"{contact.channel}.changed", subject=user_id)
        if contact.channel is Channel.EMAIL:
            user.email = contact.value
            work.save(user, event=UserEmailChanged(user_id=user_id, challenge_id=challenge_id))
        else:
            user.phone = contact.value
            work.save(user, event=UserPhoneChanged(user_id=user_id))


def change_of(challenge_id: str) -> ContactChange | None:
    """Return what the answer to a challenge changed; ``None`` when the challenge is forgotten."""
    challenge = store.find_challenge(challenge_id)
    return None if challenge is None else ContactChange(challenge.replaces, challenge.contact)


def _present(user: User, channel: str) -> str | None:
    return user.email if channel == Channel.EMAIL else user.phone


def _user(user_id: str) -> User:
    user = store.find_user(user_id)
    if user is None:
        raise UserNotFound()
    return user
