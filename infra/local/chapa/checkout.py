"""What happens when the customer opens the checkout page and presses a button?"""

from collections.abc import Mapping
from urllib.parse import quote

from infra.local.chapa import pages, payments, wallets
from infra.local.chapa.records import Transaction
from infra.local.chapa.state import Memory, State
from infra.local.remembering import now
from infra.local.serving import Reply, Request, Routes, html_reply, json_reply

# Browsers hold the redirect after a form to form-action too, and the merchant chooses where it leads.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self' http: https:"
)


class Checkout:
    def __init__(self, state: State) -> None:
        self._state = state

    def add_to(self, routes: Routes) -> None:
        routes.add("GET", "/checkout/payment/{token}", self._show)
        routes.add("POST", "/checkout/payment/{token}", self._try)

    def _show(self, request: Request) -> Reply:
        with self._state.changed:
            transaction = self._state.by_token(request.params["token"])
            if transaction is None:
                return _unknown(request)
            return _page(self._state.memory, transaction)

    def _try(self, request: Request) -> Reply:
        with self._state.changing() as memory:
            transaction = self._state.by_token(request.params["token"])
            if transaction is None:
                return _unknown(request)
            try:
                refused = _carry_out(memory, transaction, request.form())
            except payments.LinkClosedError:
                return _outcome(memory, request, transaction, status=409, refused="This payment is over.")
            return _outcome(memory, request, transaction, status=402 if refused else 200, refused=refused)


def _carry_out(memory: Memory, transaction: Transaction, form: Mapping[str, str]) -> str | None:
    """Do what the form asks for; answer why the payment was declined, if it was."""
    outcome, wallet = form.get("outcome", ""), "".join(form.get("wallet", "").split())
    method = form.get("method") or wallets.method_for(wallet)
    if outcome == "cancel":
        payments.leave(memory, transaction)
        return None
    refused = None
    if outcome == "decline":
        refused = "The wallet declined this payment."
    elif outcome != "pay":
        refused = wallets.refusal(method, wallet, transaction.amount, transaction.currency)
    change = payments.decline if refused else payments.pay
    change(memory, transaction, method=method, wallet=wallet or None)
    return refused


def _outcome(memory: Memory, request: Request, transaction: Transaction, *, status: int, refused: str | None) -> Reply:
    """A redirect to the shop when the payment has ended here, else the page with the reason."""
    if _wants_json(request):
        document = {
            "status": transaction.status,
            "closed": transaction.closed_because(now()),
            "message": refused,
            "tries_left": pages.tries_left(transaction),
            "return_url": transaction.return_url,
        }
        return json_reply(status, document)
    if refused is None and transaction.return_url:
        location = quote(transaction.return_url, safe="%/:?#[]@!$&'()*+,;=~")
        return Reply(302, headers={"Location": location, "Cache-Control": "no-store"})
    return _page(memory, transaction, status=status, error=refused)


def _page(memory: Memory, transaction: Transaction, *, status: int = 200, error: str | None = None) -> Reply:
    closed = transaction.closed_because(now())
    if closed is None:
        return html_reply(status, pages.open_link(memory.settings, transaction, error=error), policy=POLICY)
    return html_reply(status, pages.closed_link(memory.settings, transaction, closed), policy=POLICY)


def _unknown(request: Request) -> Reply:
    if _wants_json(request):
        return json_reply(404, {"message": "Unknown payment link", "status": "failed", "data": None})
    return html_reply(404, pages.unknown_link(), policy=POLICY)


def _wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")
