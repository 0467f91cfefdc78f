"""What is Chapa told of a payment, and in which letters? The fields of its page, each as Chapa takes it."""

import re
import unicodedata
from collections.abc import Collection
from typing import Any

from chalicelib.core.settings import settings
from chalicelib.payments.provider import LinkRequest

# Chapa's own limits: 16 characters of title; letters, digits and ``-_ .`` there and in the description.
_TITLE_LIMIT, _DESCRIPTION_LIMIT, _NAME_LIMIT = 16, 50, 50
_NOT_FOR_TEXTS = re.compile(r"[^A-Za-z0-9\-_ .]+")
# Ten digits, of Ethio Telecom or Safaricom; Chapa takes no other form, and no other number.
_MOBILE = re.compile(r"\+251([79][0-9]{8})")
# What a page can do without. The rest is the payment itself.
OPTIONAL = frozenset(
    {"email", "first_name", "last_name", "phone_number", "callback_url", "return_url", "customization", "meta"}
)


def initialisation(request: LinkRequest, *, without: Collection[str] = ()) -> dict[str, Any]:
    """Return the body of ``POST /transaction/initialize``; what is unknown or not in Chapa's form is left out."""
    first_name, _, last_name = _name(request.name).partition(" ")
    fields: dict[str, Any] = {
        "amount": request.amount.as_text(),
        "currency": request.amount.currency,
        "tx_ref": request.tx_ref,
        "email": request.email,
        "first_name": first_name[:_NAME_LIMIT],
        "last_name": last_name[:_NAME_LIMIT],
        "phone_number": _phone_number(request.phone),
        "return_url": request.return_url,
        "callback_url": f"{settings.public_base_url}/webhooks/chapa",
        "customization": {
            "title": _text(settings.payment_page_title, _TITLE_LIMIT),
            "description": _text(f"Order {request.tx_ref}", _DESCRIPTION_LIMIT),
        },
        "meta": dict(request.about),
    }
    return {name: value for name, value in fields.items() if value and name not in without}


def refused_fields(message: object) -> frozenset[str]:
    """Return the fields that a refusal names and a page can do without; none when it names any other."""
    if not isinstance(message, dict):
        return frozenset()
    named = {str(field).partition(".")[0] for field in message}
    return frozenset(named) if named <= OPTIONAL else frozenset()


def _text(text: str, limit: int) -> str:
    return " ".join(_NOT_FOR_TEXTS.sub(" ", text).split())[:limit].strip()


def _name(name: str) -> str:
    """Return a name in one line, without what nobody can see."""
    visible = "".join(" " if unicodedata.category(each).startswith(("C", "Z")) else each for each in name)
    return " ".join(visible.split())


def _phone_number(phone: str) -> str:
    """Return ``0911223344`` for ``+251911223344``, and nothing for a number that Chapa does not take."""
    mobile = _MOBILE.fullmatch(phone)
    return f"0{mobile[1]}" if mobile else ""
