"""By what is somebody known who is reminded by mail? A keyed digest of the address, and tokens that links carry."""

from chalicelib.carts.errors import OptOutTokenInvalid, RecoveryOver, RecoveryTokenInvalid
from chalicelib.core import clock, tokens
from chalicelib.core.settings import settings
from chalicelib.users import rules as users

_DIGEST, _RECOVERY, _OPT_OUT = "reminded readers", "cart recovery", "reminder opt-out"


def digest_of(email: str) -> str:
    """Return what is stored of an address: keyed, since addresses could be found by trying them all."""
    return tokens.digest(_DIGEST, users.normalised_email(email))


def recovery_token(cart_id: str) -> str:
    """Return what restores a cart for a while; it opens nothing else."""
    return tokens.sign(_RECOVERY, f"{cart_id}.{clock.epoch_seconds() + settings.cart_recovery_seconds}")


def recovered_cart_id(token: str) -> str:
    """Return which cart a token restores. Raises ``RecoveryTokenInvalid`` or ``RecoveryOver``."""
    text = tokens.opened(_RECOVERY, token)
    if text is None:
        raise RecoveryTokenInvalid()
    cart_id, _, until = text.rpartition(".")
    if int(until) <= clock.epoch_seconds():
        raise RecoveryOver()
    return cart_id


def opt_out_token(email: str) -> str:
    """Return what ends reminders to an address; it never expires, and says no address."""
    return tokens.sign(_OPT_OUT, digest_of(email))


def opted_out_digest(token: str) -> str:
    """Return whose reminders a token ends. Raises ``OptOutTokenInvalid``."""
    digest = tokens.opened(_OPT_OUT, token)
    if digest is None:
        raise OptOutTokenInvalid()
    return digest
