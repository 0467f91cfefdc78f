"""Where are the operations of accounts declared? On one router, by several files."""

from pydantic import SecretStr

from chalicelib.core.http import Request, Router
from chalicelib.users import service as users
from chalicelib.users.schemas import ContactDraft

router = Router("users")


def contact(body: ContactDraft) -> users.Contact:
    """Return the contact that a body names."""
    return users.contact_of(body.email, body.phone)


def device(request: Request) -> users.Device:
    """Return what a session is opened from."""
    return users.Device(agent=request.agent, address=request.address)


def plain(secret: SecretStr | None) -> str | None:
    """Return what a member hides from logs, if it was given."""
    return None if secret is None else secret.get_secret_value()
