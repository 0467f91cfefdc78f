"""What does Chapa refuse in a request to start a payment?"""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

CURRENCIES = ("ETB", "USD")
LONGEST_TITLE = 16

_REFERENCE = re.compile(r"[A-Za-z0-9._-]{1,50}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_PHONE = re.compile(r"0[79]\d{8}")
_URL = re.compile(r"https?://[^\s/?#]+\S*")
_DESCRIPTION = re.compile(r"[A-Za-z0-9_ .-]*")
_AMOUNT = re.compile(r"\d{1,12}(\.\d{1,2})?")

Problems = dict[str, list[str]]


def problems_with(draft: Mapping[str, object]) -> Problems:
    """Field by field the names of the rules it breaks; empty when the draft is good."""
    problems: Problems = {}
    for name in ("amount", "currency", "tx_ref"):
        if draft.get(name) in (None, ""):
            problems[name] = ["validation.required"]
    for name, rule, pattern in (
        ("tx_ref", "validation.regex", _REFERENCE),
        ("email", "validation.email", _EMAIL),
        ("phone_number", "validation.regex", _PHONE),
        ("callback_url", "validation.url", _URL),
        ("return_url", "validation.url", _URL),
        ("first_name", "validation.string", re.compile(r"[^\n]*")),
        ("last_name", "validation.string", re.compile(r"[^\n]*")),
    ):
        if not _is_absent_or_like(draft.get(name), pattern):
            problems[name] = [rule]
    if "amount" not in problems and (broken := _amount_rule(draft["amount"])):
        problems["amount"] = [broken]
    problems.update(_customization_problems(draft.get("customization")))
    for name in ("meta", "subaccounts"):
        if not isinstance(draft.get(name), dict | list | None):
            problems[name] = ["validation.array"]
    return problems


def parsed_amount(value: object) -> Decimal | None:
    """A positive amount with at most two decimals, sent as text or as a number."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    is_writable = amount.is_finite() and abs(amount.adjusted()) < 20
    return amount if is_writable and amount > 0 and _AMOUNT.fullmatch(format(amount, "f")) else None


def _amount_rule(value: object) -> str | None:
    if parsed_amount(value) is not None:
        return None
    try:
        is_number = Decimal(str(value)).is_finite() and not isinstance(value, bool)
    except InvalidOperation:
        is_number = False
    return "validation.min" if is_number else "validation.numeric"


def _customization_problems(value: object) -> Problems:
    if value is None:
        return {}
    if not isinstance(value, dict):
        return {"customization": ["validation.array"]}
    problems: Problems = {}
    title = value.get("title")
    if not (title is None or (isinstance(title, str) and len(title) <= LONGEST_TITLE)):
        problems["customization.title"] = ["validation.max.string"]
    if not _is_absent_or_like(value.get("description"), _DESCRIPTION):
        problems["customization.description"] = ["validation.regex"]
    return problems


def _is_absent_or_like(value: object, pattern: re.Pattern[str]) -> bool:
    return value in (None, "") or (isinstance(value, str) and pattern.fullmatch(value) is not None)
