"""How does somebody prove that a mail address or a number is theirs? By answering with what was sent there.

Whoever sends asks for ``outgoing``, which derives the code; it is stored nowhere, and no event carries it.
"""

from dataclasses import dataclass

from chalicelib.core import audit, clock, ids, throttles
from chalicelib.core.settings import Settings, settings
from chalicelib.core.storage import keys, transactions
from chalicelib.users import codes, rules, store
from chalicelib.users.enums import Channel, Purpose
from chalicelib.users.errors import ChallengeNotFound, CodeSpent, CodeWrong, ResendTooSoon
from chalicelib.users.events import ChallengeIssuedByMail, ChallengeIssuedByText
from chalicelib.users.models import Challenge
from chalicelib.users.rules import Contact


@dataclass(frozen=True)
class Outgoing:
    """What a message is made of. Nothing but the message may hold ``code``."""

    challenge_id: str
    purpose: Purpose
    channel: Channel
    contact: str
    locale: str
    name: str | None
    code: str


def issue(purpose: Purpose, contact: Contact, *, locale: str, **rest: str | None) -> Challenge:
    """Store a challenge and announce that it is to be sent; ``rest`` is what its purpose needs, such as whose it is."""
    challenge_id, now = ids.new("chl"), clock.epoch_seconds()
    challenge = Challenge.at(
        keys.challenge(challenge_id),
        challenge_id=challenge_id,
        purpose=purpose,
        channel=contact.channel,
        contact=contact.value,
        locale=locale,
        attempts_left=settings.code_attempts,
        sent_again_from=now + rules.resend_pause(1, first_seconds=settings.resend_after_seconds),
        expires_at=now + kept_seconds(contact.channel),
        **rest,
    )
    # Beyond the limit nothing is sent, and whoever asks is not told: the answer would say who had asked before.
    is_sent = throttles.take(Settings.messages_per_contact, contact.value).is_allowed
    with transactions.write() as work:
        work.create(challenge, event=_announced(challenge) if is_sent else None)
    return challenge


def kept_seconds(channel: str) -> int:
    """Return how long a code or link counts."""
    return settings.link_kept_seconds if channel == Channel.EMAIL else settings.code_kept_seconds


def send_again(challenge_id: str) -> None:
    """Send the same code once more. Raises ``ResendTooSoon``; each pause is twice the one before."""
    challenge, now = _open(challenge_id), clock.epoch_seconds()
    if challenge.deliveries >= settings.deliveries_limit:
        raise ResendTooSoon(after_seconds=max((challenge.expires_at or now) - now, 1))
    if now < challenge.sent_again_from:
        raise ResendTooSoon(after_seconds=challenge.sent_again_from - now)
    challenge.deliveries += 1
    pause = rules.resend_pause(challenge.deliveries, first_seconds=settings.resend_after_seconds)
    challenge.sent_again_from = now + pause
    with transactions.write() as work:
        work.save(challenge, event=_announced(challenge))


def outgoing(challenge_id: str) -> Outgoing | None:
    """Return what is to be sent; ``None`` when it was answered, has expired or never was."""
    challenge = store.find_challenge(challenge_id)
    if challenge is None or challenge.answered_at is not None:
        return None
    return Outgoing(
        challenge_id=challenge_id,
        purpose=Purpose(challenge.purpose),
        channel=Channel(challenge.channel),
        contact=challenge.contact,
        locale=challenge.locale,
        name=challenge.name,
        code=_code_of(challenge),
    )


def answered(challenge_id: str, code: str, *, purpose: Purpose, user_id: str | None = None) -> Challenge:
    """Return a challenge that was answered rightly, to be saved with what follows from it: so it counts once.

    Raises ``ChallengeNotFound``, ``CodeSpent`` or ``CodeWrong``. A wrong answer is written down before it is
    refused, so this must not run inside another ``write()``. A challenge for something else looks wrong too.
    """
    challenge = _open(challenge_id)
    if user_id is not None and challenge.user_id != user_id:
        raise ChallengeNotFound()
    if challenge.attempts_left <= 0:
        raise CodeSpent()
    if not codes.is_right(code, _code_of(challenge)) or challenge.purpose != purpose:
        challenge.attempts_left -= 1
        with transactions.write() as work:
            work.save(challenge)
            audit.record("challenge", subject=challenge.user_id or challenge_id, outcome="refused")
        raise CodeWrong(attempts_left=challenge.attempts_left)
    challenge.answered_at = clock.as_text(clock.now())
    return challenge


def _open(challenge_id: str) -> Challenge:
    challenge = store.find_challenge(challenge_id)
    if challenge is None or challenge.answered_at is not None:
        raise ChallengeNotFound()
    return challenge


def _code_of(challenge: Challenge) -> str:
    return codes.code_for(challenge.channel, challenge.challenge_id, challenge.purpose, challenge.contact)


def _announced(challenge: Challenge) -> ChallengeIssuedByMail | ChallengeIssuedByText:
    announced = ChallengeIssuedByMail if challenge.channel == Channel.EMAIL else ChallengeIssuedByText
    return announced(challenge_id=challenge.challenge_id, delivery=challenge.deliveries)
