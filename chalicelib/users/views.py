"""How do accounts and sessions look to who asks?"""

from chalicelib.users import service as users
from chalicelib.users.enums import Channel
from chalicelib.users.models import Challenge
from chalicelib.users.schemas import (
    AccessView,
    ChallengeView,
    EnrolmentView,
    OpenSessionsView,
    OpenSessionView,
    SecondFactorView,
    SessionView,
    UserRecord,
    UserView,
)


def account(found: users.Account) -> UserView:
    """Show an account to its owner."""
    return UserView(
        id=found.id,
        email=found.email,
        phone=found.phone,
        name=found.name,
        locale=found.locale,
        currency=found.currency,
        roles=list(found.roles),
        created_at=found.created_at,
    )


def record(found: users.Account) -> UserRecord:
    """Show an account to staff."""
    return UserRecord(
        **account(found).model_dump(),
        permissions=list(found.permissions),
        vendor_id=found.vendor_id,
        is_active=found.is_active,
    )


def challenge(sent: Challenge) -> ChallengeView:
    """Say that a message is on its way; known and unknown contacts look alike."""
    channel = Channel(sent.channel)
    return ChallengeView(id=sent.challenge_id, channel=channel, expires_in=users.kept_seconds(channel))


def session(tokens: users.Tokens) -> SessionView:
    """Hand over the tokens of a session."""
    return SessionView(
        access_token=tokens.access_token,
        refresh_token=tokens.refresh_token,
        expires_in=tokens.expires_in,
        user_id=tokens.user_id,
    )


def access(token: str) -> AccessView:
    """Hand over an access token."""
    return AccessView(access_token=token, expires_in=users.access_token_seconds())


def sessions(found: list[users.OpenSession], current: str | None) -> OpenSessionsView:
    """Show a user's sessions, and which of them asks."""
    return OpenSessionsView(
        items=[
            OpenSessionView(
                id=each.id,
                is_current=each.id == current,
                started_at=each.started_at,
                used_at=each.used_at,
                device=each.device,
                address=each.address,
                has_second_factor=each.has_second_factor,
            )
            for each in found
        ]
    )


def second_factor(state: users.State) -> SecondFactorView:
    """Say whether signing in takes a second factor."""
    return SecondFactorView(is_enabled=state.is_enabled, recovery_codes_left=state.recovery_codes_left)


def enrolment(begun: users.Enrolment) -> EnrolmentView:
    """Hand over what an authenticator app needs."""
    return EnrolmentView(secret=begun.secret, otpauth_uri=begun.uri, qr_image=begun.image)
