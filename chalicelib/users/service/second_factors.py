"""How does an account get a second factor, and how is one proved? By an authenticator app, or by a recovery code."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from chalicelib.core import audit, clock, ids
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from chalicelib.users import one_time_passwords, store
from chalicelib.users.errors import SecondFactorNotBegun, SecondFactorOff, SecondFactorWrong, UserNotFound
from chalicelib.users.events import (
    UserRecoveryCodesRenewed,
    UserRecoveryCodeUsed,
    UserSecondFactorDisabled,
    UserSecondFactorEnabled,
)
from chalicelib.users.models import SecondFactor, User

_ISSUER = "Nexus"


@dataclass(frozen=True)
class Proof:
    """A code of the app, or a recovery code: one of the two."""

    code: str | None = None
    recovery_code: str | None = None


NO_PROOF = Proof()


@dataclass(frozen=True)
class Enrolment:
    """What an app needs. ``image`` is a ``data:`` URI of the QR image of ``uri``."""

    secret: str
    uri: str
    image: str


@dataclass(frozen=True)
class State:
    """Whether signing in takes a second factor, and how many recovery codes are left."""

    is_enabled: bool
    recovery_codes_left: int


def is_enabled(factor: SecondFactor | None) -> bool:
    """Tell whether signing in takes this factor."""
    return factor is not None and factor.factor_id is not None


def state_of(user_id: str) -> State:
    """Return whether a user has a second factor."""
    factor = store.find_factor(user_id)
    return State(is_enabled(factor), len(factor.recovery) if factor is not None and is_enabled(factor) else 0)


def begin(user_id: str) -> Enrolment:
    """Give a new app's secret; it counts once a code of it was confirmed, and an older app counts until then."""
    user, factor = _found(user_id)
    pending_id = ids.new("fac")
    with transactions.write() as work:
        if factor is None:
            work.create(SecondFactor.at(keys.second_factor(user_id), user_id=user_id, pending_id=pending_id))
        else:
            factor.pending_id = pending_id
            work.save(factor)
    uri = one_time_passwords.uri_of(pending_id, account=user.email or user.phone or user_id, issuer=_ISSUER)
    return Enrolment(one_time_passwords.secret_of(pending_id), uri, one_time_passwords.image_of(uri))


def confirm(user_id: str, code: str) -> list[str]:
    """Make the new app count; return recovery codes, which are shown this once.

    Raises ``SecondFactorNotBegun`` or ``SecondFactorWrong``.
    """
    user, factor = _found(user_id)
    if factor is None or factor.pending_id is None:
        raise SecondFactorNotBegun()
    step = _step_of(factor.pending_id, code, after=0)
    if step is None:
        raise SecondFactorWrong()
    factor.factor_id, factor.pending_id, factor.last_step = factor.pending_id, None, step
    factor.enabled_at = clock.as_text(clock.now())
    handed_out = _with_new_codes(factor)
    with transactions.write() as work:
        work.save(factor)
        work.save(user, event=UserSecondFactorEnabled(user_id=user_id))
        audit.record("second_factor.enabled", subject=user_id)
    return handed_out


def renew_codes(user_id: str) -> list[str]:
    """Return new recovery codes, shown this once; those before count no more. Raises ``SecondFactorOff``."""
    user, factor = _enabled(user_id)
    handed_out = _with_new_codes(factor)
    with transactions.write() as work:
        work.save(factor)
        work.save(user, event=UserRecoveryCodesRenewed(user_id=user_id))
        audit.record("recovery_codes.renewed", subject=user_id)
    return handed_out


def disable(user_id: str) -> None:
    """Sign in by password alone from now on. Raises ``SecondFactorOff``."""
    user, factor = _enabled(user_id)
    with transactions.write() as work:
        work.delete(factor, when=SecondFactor.version == factor.version)
        work.save(user, event=UserSecondFactorDisabled(user_id=user_id))
        audit.record("second_factor.disabled", subject=user_id)


@contextmanager
def spent(factor: SecondFactor | None, proof: Proof, user_id: str) -> Iterator[None]:
    """Let a proof count for what is written inside, and never again. Raises ``SecondFactorWrong``."""
    if factor is None or not _spend(factor, proof):
        audit.record("second_factor", subject=user_id, outcome="refused")
        raise SecondFactorWrong()
    with transactions.write() as work:
        work.save(factor)
        if proof.recovery_code is not None:
            user = store.find_user(user_id)
            if user is not None:
                work.save(user, event=UserRecoveryCodeUsed(user_id=user_id, left=len(factor.recovery)))
        yield


def _spend(factor: SecondFactor, proof: Proof) -> bool:
    if proof.recovery_code is not None:
        digest = one_time_passwords.digest_of(proof.recovery_code)
        is_one = digest in factor.recovery
        factor.recovery = [each for each in factor.recovery if each != digest]
        return is_one
    step = _step_of(factor.factor_id or "", proof.code or "", after=factor.last_step)
    factor.last_step = step or factor.last_step
    return step is not None


def _step_of(factor_id: str, code: str, *, after: int) -> int | None:
    secret = one_time_passwords.secret_of(factor_id)
    return one_time_passwords.accepted_step(secret, code, now=clock.epoch_seconds(), after=after)


def _with_new_codes(factor: SecondFactor) -> list[str]:
    handed_out = one_time_passwords.new_recovery_codes(settings.recovery_codes)
    factor.recovery = [one_time_passwords.digest_of(each) for each in handed_out]
    return handed_out


def _enabled(user_id: str) -> tuple[User, SecondFactor]:
    user, factor = _found(user_id)
    if factor is None or not is_enabled(factor):
        raise SecondFactorOff()
    return user, factor


def _found(user_id: str) -> tuple[User, SecondFactor | None]:
    user, factor = store.user_with_factor(user_id)
    if user is None:
        raise UserNotFound()
    return user, factor
