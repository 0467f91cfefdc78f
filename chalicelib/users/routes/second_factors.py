"""Which operations are there for one's second factor?"""

from chalicelib.core.http import Caller, Keyed, customer
from chalicelib.users import service as users
from chalicelib.users import views
from chalicelib.users.errors import SecondFactorNotBegun, SecondFactorOff, SecondFactorWrong, UserNotFound
from chalicelib.users.routes.router import router
from chalicelib.users.schemas import AppCodeDraft, EnrolmentView, RecoveryCodesView, SecondFactorView


@router.get("/users/me/second-factor", access=customer)
def read_my_second_factor(caller: Caller) -> SecondFactorView:
    """Read whether signing in takes a second factor."""
    return views.second_factor(users.second_factor_of(caller.id))


@router.post("/users/me/second-factor", access=customer.recent, keyed=Keyed.REFUSED, raises=(UserNotFound,))
def begin_my_second_factor(caller: Caller) -> EnrolmentView:
    """Get the secret for an authenticator app. It counts once one of its codes was confirmed."""
    return views.enrolment(users.begin_second_factor(caller.id))


@router.post(
    "/users/me/second-factor/confirmation",
    access=customer.recent,
    keyed=Keyed.REFUSED,
    raises=(SecondFactorNotBegun, SecondFactorWrong, UserNotFound),
)
def confirm_my_second_factor(body: AppCodeDraft, caller: Caller) -> RecoveryCodesView:
    """Make the app count from now on. The recovery codes are shown this once."""
    return RecoveryCodesView(recovery_codes=users.confirm_second_factor(caller.id, body.code.get_secret_value()))


@router.delete("/users/me/second-factor", access=customer.recent, raises=(SecondFactorOff, UserNotFound))
def disable_my_second_factor(caller: Caller) -> None:
    """Sign in by password alone from now on."""
    users.disable_second_factor(caller.id)


@router.post(
    "/users/me/recovery-codes", access=customer.recent, keyed=Keyed.REFUSED, raises=(SecondFactorOff, UserNotFound)
)
def renew_my_recovery_codes(caller: Caller) -> RecoveryCodesView:
    """Get new recovery codes; those before count no more."""
    return RecoveryCodesView(recovery_codes=users.renew_recovery_codes(caller.id))
