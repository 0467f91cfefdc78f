"""How is Chapa spoken to? Its v1 API: initialize, cancel, verify and refund (developer.chapa.co)."""

from collections.abc import Collection
from decimal import Decimal
from functools import cache
from http import HTTPStatus
from typing import Any

from chalicelib.core import circuits, money, remote, secrets
from chalicelib.core.money import Money
from chalicelib.core.observability import logger
from chalicelib.core.settings import settings
from chalicelib.payments.chapa_page import initialisation, refused_fields
from chalicelib.payments.provider import (
    LinkRequest,
    OpenedLink,
    ProviderLeftAlone,
    ProviderMisconfigured,
    ProviderUnavailable,
    ProviderUnreached,
    Recorded,
    RecordedPage,
    RefundRequest,
    RefusedLink,
    RefusedRefund,
    Standing,
    TakenRefund,
    Verified,
)

_CURRENCIES = ("ETB", "USD")
_TEST_KEY = "_TEST"
# These say nothing about what was asked, only that it was not answered now.
_NOT_NOW = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
_PAID = frozenset({"success"})
_REFUNDED = "refunded"
_REVERSED = "reversed"
_FAILED = frozenset({"failed", "cancelled", "failed/cancelled", _REFUNDED, _REVERSED})


class Chapa:
    """Chapa's v1 API as a ``PaymentProvider``."""

    def open_link(self, request: LinkRequest) -> OpenedLink | RefusedLink:
        """Ask for a hosted payment page (``POST /transaction/initialize``).

        A page that is refused for a field that it can do without, such as an address whose domain Chapa does not
        know, is asked for again without that: what was refused has used up no reference.
        """
        if request.amount.currency not in _CURRENCIES:
            return RefusedLink(f"Chapa does not take {request.amount.currency}")
        link, refused = self._asked(request)
        if refused:
            logger.info("fields that Chapa refuses are left out", tx_ref=request.tx_ref, fields=sorted(refused))
            link, _ = self._asked(request, without=refused)
        return link

    def _asked(
        self, request: LinkRequest, *, without: Collection[str] = ()
    ) -> tuple[OpenedLink | RefusedLink, frozenset[str]]:
        """Ask once; a refusal comes with the fields that can be left out to avoid it."""
        status, answer = _call("POST", "/transaction/initialize", json=initialisation(request, without=without))
        data = answer.get("data")
        url = data.get("checkout_url") if status == HTTPStatus.OK and isinstance(data, dict) else None
        if isinstance(url, str) and url.startswith(("https://", "http://")):
            return OpenedLink(url), frozenset()
        if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
            message = answer.get("message")
            return RefusedLink(_readable(message)), refused_fields(message)
        raise ProviderUnavailable(f"Chapa answered {status} to initialize")

    def cancel_link(self, tx_ref: str) -> None:
        """Expire an unpaid page (``PUT /transaction/cancel/{tx_ref}``); an error for one that is expired is fine."""
        status, _ = _call("PUT", f"/transaction/cancel/{tx_ref}")
        if not _is_answered(status):
            raise ProviderUnavailable(f"Chapa answered {status} to cancel")

    def verify(self, tx_ref: str) -> Verified:
        """Read the record (``GET /transaction/verify/{tx_ref}``).

        404 "Payment not paid yet" is an open attempt, not an error. Only ``data.status`` decides; one
        that is not known counts as pending.
        """
        status, answer = _call("GET", f"/transaction/verify/{tx_ref}")
        if status == HTTPStatus.NOT_FOUND:
            is_open = "not paid" in _readable(answer.get("message")).lower()
            return Verified(Standing.PENDING if is_open else Standing.UNKNOWN)
        data = answer.get("data")
        if status != HTTPStatus.OK or not isinstance(data, dict):
            raise ProviderUnavailable(f"Chapa answered {status} to verify")
        return _verified(data)

    def recorded(self, page: int) -> RecordedPage:
        """List what was paid (``GET /transactions``); the merchant's reference is in ``trans_id``."""
        status, answer = _call("GET", "/transactions", params={"page": page})
        data = answer.get("data")
        if status != HTTPStatus.OK or not isinstance(data, dict):
            raise ProviderUnavailable(f"Chapa answered {status} to transactions")
        rows = [row for row in data.get("transactions") or [] if isinstance(row, dict)]
        paid = [row for row in rows if str(row.get("status") or "").lower() in _PAID]
        pages = data.get("pagination")
        return RecordedPage(
            tuple(Recorded(str(row.get("trans_id") or ""), str(row.get("ref_id") or "")) for row in paid),
            has_more=isinstance(pages, dict) and bool(pages.get("next_page_url")),
        )

    def ask_refund(self, request: RefundRequest) -> TakenRefund | RefusedRefund:
        """Ask for a refund (``POST /refund/{tx_ref}``), by Chapa's own reference where ours is not found.

        200 means that it was taken on. So does a refusal of our id as one that it has: an earlier answer was lost.
        """
        status, answer = self._refund(request, request.tx_ref)
        if status == HTTPStatus.NOT_FOUND and request.reference:
            status, answer = self._refund(request, request.reference)
        if status == HTTPStatus.OK or _is_known_already(answer.get("message")):
            return TakenRefund()
        if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return RefusedRefund(_readable(answer.get("message")) or f"Chapa answered {status}")
        raise ProviderUnavailable(f"Chapa answered {status} to refund")

    def _refund(self, request: RefundRequest, payment: str) -> tuple[int, dict[str, Any]]:
        form = {
            "amount": request.amount.as_text(),
            "reason": request.reason,
            "reference": request.refund_id,
            "meta[refund_id]": request.refund_id,
        }
        return _call("POST", f"/refund/{payment}", data=form)


@cache
def provider() -> Chapa:
    """Return the adapter, made once."""
    return Chapa()


def _call(method: str, path: str, **content: Any) -> tuple[int, dict[str, Any]]:
    """Make a call, unless so many before it came to nothing that Chapa is left alone for a while."""
    headers = {"Authorization": f"Bearer {_secret_key()}"}
    circuit = circuits.circuit(
        settings.chapa_base_url, limit=settings.chapa_failures, pause_seconds=settings.chapa_pause_seconds
    )
    if wait := circuit.seconds_to_wait():
        raise ProviderLeftAlone(f"Chapa is left alone for {wait} s")
    try:
        answered = _answered(method, path, headers=headers, **content)
    except ProviderUnavailable:
        circuit.failed()
        raise
    circuit.answered()
    if answered.status == HTTPStatus.UNAUTHORIZED:
        raise ProviderMisconfigured("Chapa does not accept the secret key")
    return answered.status, answered.content


def _answered(method: str, path: str, **request: Any) -> remote.RemoteAnswer:
    try:
        answer = remote.call(
            method,
            f"{settings.chapa_base_url}{path}",
            patience_seconds=settings.chapa_patience_seconds,
            **request,
        )
    except remote.RemoteUnreached as silence:
        raise ProviderUnreached(f"Chapa {silence}") from None
    except remote.RemoteSilent as silence:
        raise ProviderUnavailable(f"Chapa {silence}") from None
    if answer.status in _NOT_NOW:
        raise ProviderUnreached(f"Chapa answered {answer.status}")
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise ProviderUnavailable(f"Chapa answered {answer.status}")
    return answer


def _secret_key() -> str:
    """Return the key, if it is one for the mode of this shop: neither does test money buy, nor do tests cost money."""
    key = str(secrets.read_fields(settings.chapa_secret)["secret_key"])
    mode = "test" if _TEST_KEY in key else "live"
    if mode == "live" and settings.stage not in settings.live_payments_stages:
        raise ProviderMisconfigured(f"the secret holds a live key, and stage {settings.stage} takes no real money")
    if mode != settings.chapa_mode:
        raise ProviderMisconfigured(f"CHAPA_MODE is {settings.chapa_mode}, but the secret holds a key for {mode}")
    return key


def _is_answered(status: int) -> bool:
    """Tell whether Chapa took the call and said yes, or no."""
    return status == HTTPStatus.OK or HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR


def _is_known_already(message: Any) -> bool:
    """Tell whether Chapa refuses a refund's reference because it has one of that name."""
    rules = message.get("reference") if isinstance(message, dict) else None
    return any("unique" in str(rule) for rule in (rules if isinstance(rules, list) else [rules]))


def _verified(data: dict[str, Any]) -> Verified:
    said = str(data.get("status") or "").lower()
    standing = Standing.PAID if said in _PAID else Standing.FAILED if said in _FAILED else Standing.PENDING
    return Verified(
        standing,
        tx_ref=str(data.get("tx_ref") or ""),
        amount=_money(data, "amount"),
        charge=_money(data, "charge"),
        mode=str(data.get("mode") or "").lower(),
        reference=str(data.get("reference") or "")[:100],
        is_refunded=said == _REFUNDED,
        is_reversed=said == _REVERSED,
    )


def _money(data: dict[str, Any], field: str) -> Money | None:
    """Read an amount, a number here and a text in webhooks; what cannot be read is no amount."""
    currency = str(data.get("currency") or "").upper()
    try:
        amount = Decimal(str(data.get(field)))
        exact = money.from_decimal(amount, currency)
    except (ArithmeticError, KeyError, ValueError):
        return None
    return exact if exact.as_decimal() == amount else None


def _readable(message: Any) -> str:
    """Return Chapa's message, which is a text, or an object of field to list of rule names."""
    if not isinstance(message, dict):
        return str(message or "")
    return "; ".join(
        f"{field}: {', '.join(map(str, rules)) if isinstance(rules, list) else rules}"
        for field, rules in message.items()
    )
