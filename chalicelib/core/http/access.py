"""Who may call? The doors of the API, one of which every operation must name."""

from dataclasses import dataclass, replace

from chalicelib.core import clock, tokens
from chalicelib.core.errors import Forbidden, Unauthenticated
from chalicelib.core.http.errors import ReauthenticationRequired, SecondFactorNeeded
from chalicelib.core.settings import settings
from chalicelib.core.storage.identity import current_standing

# How an access token names the ways in which its session was opened (RFC 8176).
SECOND_FACTOR = "otp"
# Doors to work for which the shop may demand one.
PRIVILEGED = ("staff", "vendor", "seller")


@dataclass(frozen=True)
class Caller:
    """Who calls. ``id`` owns things: a user's id, a guest's cart id, or nothing for an anonymous caller.

    ``authenticated_at`` (epoch seconds) is when they last proved who they are. Behind a door for sellers, a
    vendor's member is ``limited_to`` what that vendor sells; staff are limited to nothing.
    """

    id: str = ""
    roles: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()
    vendor_id: str | None = None
    session_id: str | None = None
    standing: int = 0
    authenticated_at: int = 0
    has_second_factor: bool = False
    limited_to: str | None = None

    @property
    def is_user(self) -> bool:
        """Tell whether the caller has signed in."""
        return bool(self.roles)

    @property
    def user_id(self) -> str | None:
        """Return the id of a signed-in caller; a guest has none."""
        return self.id if self.is_user else None

    @property
    def is_member(self) -> bool:
        """Tell whether the caller sells for a vendor."""
        return "vendor" in self.roles and self.vendor_id is not None

    def may(self, permission: str) -> bool:
        """Tell whether staff rights cover this; an admin has them all."""
        return "admin" in self.roles or permission in self.permissions


ANONYMOUS = Caller()


@dataclass(frozen=True)
class Access:
    """One kind of door. ``name`` and ``permission`` go into the documents and the permission table."""

    name: str
    permission: str | None = None
    is_fresh: bool = False
    is_recent: bool = False

    @property
    def fresh(self) -> "Access":
        """Return the same door with a consistent read of the caller's standing, so that a change acts at once."""
        return replace(self, is_fresh=True)

    @property
    def recent(self) -> "Access":
        """Return the same door for those who proved only lately who they are (step-up, RFC 9470)."""
        return replace(self, is_recent=True)

    @property
    def checks(self) -> tuple[str, ...]:
        """Name what is asked of a caller beyond what the token says; the documents show it beside the door."""
        return tuple(name for name, is_asked in (("fresh", self.is_fresh), ("recent", self.is_recent)) if is_asked)

    @property
    def needs_token(self) -> bool:
        """Tell whether nobody enters without a token."""
        return self.name not in ("public", "anyone")

    def recognise(self, authorization: str | None) -> Caller:
        """Return who is at the door, whether they may enter or not. Raises ``Unauthenticated``."""
        if self.name == "public" or (self.name == "anyone" and authorization is None):
            return ANONYMOUS
        return _caller_of(authorization)

    def admit(self, caller: Caller) -> Caller:
        """Return the caller who may enter; raise ``Unauthenticated`` or ``Forbidden`` for any other."""
        if self.is_fresh:
            _demand_unchanged(caller)
        if not self._lets_in(caller):
            raise Forbidden() if caller.is_user else Unauthenticated()
        self._demand_second_factor(caller)
        if self.is_recent and clock.epoch_seconds() - caller.authenticated_at > settings.recent_within_seconds:
            raise ReauthenticationRequired(within_seconds=settings.recent_within_seconds)
        return self._within_limits(caller)

    def _within_limits(self, caller: Caller) -> Caller:
        if self.name != "seller" or (self.permission is not None and caller.may(self.permission)):
            return caller
        return replace(caller, limited_to=caller.vendor_id)

    def _demand_second_factor(self, caller: Caller) -> None:
        """Refuse privileged work to whoever the shop wants a second factor of, and who signed in without."""
        if self.name not in PRIVILEGED or caller.has_second_factor:
            return
        if caller.roles & set(settings.second_factor_required_of):
            raise SecondFactorNeeded()

    def _lets_in(self, caller: Caller) -> bool:
        match self.name:
            case "public" | "anyone" | "owner":
                return True
            case "staff":
                return self.permission is not None and caller.may(self.permission)
            case "vendor":
                return caller.is_member
            case "seller":
                return caller.is_member or (self.permission is not None and caller.may(self.permission))
            case _:
                return caller.is_user


public = Access("public")
anyone = Access("anyone")
customer = Access("customer")
vendor = Access("vendor")


def staff(permission: str) -> Access:
    """Return the door for staff who hold a permission such as ``catalog.manage``."""
    return Access("staff", permission)


def seller(permission: str) -> Access:
    """Return the door for members of a vendor, limited to what it sells, and for staff who hold the permission."""
    return Access("seller", permission)


def owner_of(thing: str) -> Access:
    """Return the door for whoever owns the thing; the key it is read by holds the owner, so strangers get 404."""
    return Access("owner", thing)


def _caller_of(authorization: str | None) -> Caller:
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated()
    token = token.strip()
    if token.count(".") == 1:
        cart_id = tokens.guest_cart_id(token)
        if cart_id is None:
            raise Unauthenticated()
        return Caller(id=cart_id)
    return _user_of(token)


def _user_of(token: str) -> Caller:
    from chalicelib.core.http.bearer import claims_of

    claims = claims_of(token)
    return Caller(
        id=claims["sub"],
        roles=frozenset(claims["roles"]),
        permissions=frozenset(claims.get("permissions", ())),
        vendor_id=claims.get("vendor_id"),
        session_id=claims.get("sid"),
        standing=claims["standing"],
        authenticated_at=claims.get("auth_time", 0),
        has_second_factor=SECOND_FACTOR in claims.get("amr", ()),
    )


def _demand_unchanged(caller: Caller) -> None:
    standing = current_standing(caller.id)
    if standing is None or not standing.is_active or standing.number != caller.standing:
        raise Unauthenticated()
