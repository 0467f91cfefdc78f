"""What do accounts announce?"""

from dataclasses import dataclass

from chalicelib.core.events.event import Event


@dataclass(frozen=True)
class UserRegistered(Event):
    """Somebody signed up. Name and address are asked from the account, not carried about."""

    TYPE = "user.registered"

    user_id: str
    locale: str


@dataclass(frozen=True)
class ChallengeIssuedByText(Event):
    """A code is to be texted; ``delivery`` counts how often it was."""

    TYPE = "challenge.issued_by_text"

    challenge_id: str
    delivery: int
