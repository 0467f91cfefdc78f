"""What happens when the customer opens the checkout page and presses a button?"""

from urllib.parse import urlsplit

from infra.local.chapa import pages, payments, wallets
from infra.local.chapa.records import Closed, Transaction, now
from infra.local.chapa.state import Memory, State
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
        form = request.form()
        outcome, wallet = form.get("outcome", ""), "".join(form.get("wallet", "").split())
        method = form.get("method") or wallets.method_for(wallet)
        with self._state.changing() as memory:
            transaction = self._state.by_token(request.params["token"])
            if transaction is None:
                return _unknown(request)
            refused = None
            try:
                if outcome == "cancel":
                    payments.leave(memory, transaction)
                elif outcome == "pay":
                    payments.pay(memory, transaction, method=method, wallet=wallet or None)
                elif refused := _refused(outcome, method, wallet, transaction):
                    payments.decline(memory, transaction, method=method, wallet=wallet or None)
                else:
                    payments.pay(memory, transaction, method=method, wallet=wallet)
            except payments.LinkClosedError:
                refused = "This payment is already over."
            return _outcome(memory, request, transaction, refused)


def _refused(outcome: str, method: str, wallet: str, transaction: Transaction) -> str | None:
    if outcome == "decline":
        return "The wallet declined this payment."
    return wallets.refusal(method, wallet, transaction.amount, transaction.currency)


def _outcome(memory: Memory, request: Request, transaction: Transaction, refused: str | None) -> Reply:
    """A redirect to the shop when the payment has ended here, else the page with the reason."""
    closed = transaction.closed_because(now())
    status = 302 if refused is None else 402 if closed in (None, Closed.TRIES_USED_UP) else 409
    if _wants_json(request):
        document = {
            "status": transaction.status,
            "closed": closed,
            "message": refused,
            "tries_left": pages.tries_left(transaction),
            "return_url": transaction.return_url,
        }
        return json_reply(200 if status == 302 else status, document)
    if status == 302 and transaction.return_url:
        location = urlsplit(transaction.return_url).geturl().encode("ascii", "ignore").decode()
        return Reply(302, headers={"Location": location, "Cache-Control": "no-store"})
    return _page(memory, transaction, status=200 if status == 302 else status, error=refused)


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
