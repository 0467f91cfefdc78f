"""What does Chapa's v1 API answer to the merchant?"""

import hmac
import re
import secrets
from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal

from pydantic import JsonValue

from infra.local.chapa import banks, listing, payments
from infra.local.chapa.records import ApiCall, Closed, Refund, Status, Transaction
from infra.local.chapa.state import Memory, State
from infra.local.chapa.switches import Operation
from infra.local.chapa.validation import CURRENCIES, parsed_amount, problems_with
from infra.local.chapa.webhooks import customization, timestamp
from infra.local.faults import answers as faults
from infra.local.remembering import now
from infra.local.serving import Answer, Reply, Request, Routes, View, json_reply

UNKNOWN_KEY = "Invalid API Key or User doesn't exist"
WRONG_TYPE = "Incorrect header settings Please check if content-type is present and set to application/json"
UNKNOWN_TRANSACTION = "Invalid transaction or Transaction not found"


class Api:
    def __init__(self, state: State, *, secret_key: str, public_url: Callable[[], str], pause: faults.Pause) -> None:
        self._state = state
        self._secret_key = secret_key
        self._public_url = public_url
        self._pause = pause

    def add_to(self, routes: Routes) -> None:
        routes.add("POST", "/v1/transaction/initialize", self._operation(Operation.INITIALIZE, self._initialize))
        routes.add("GET", "/v1/transaction/verify/{tx_ref}", self._operation(Operation.VERIFY, self._verify))
        routes.add("PUT", "/v1/transaction/cancel/{tx_ref}", self._operation(Operation.CANCEL, self._cancel))
        routes.add("POST", "/v1/refund/{tx_ref}", self._operation(Operation.REFUND, self._refund))
        routes.add("GET", "/v1/transactions", self._read(self._transactions))
        routes.add("GET", "/v1/banks", self._read(self._banks))
        routes.add("GET", "/v1/balances", self._read(self._balances))
        routes.add("GET", "/v1/balances/{currency}", self._read(self._balances))
        routes.add("GET", "/v1/currency_supported", self._read(self._currencies))

    def _operation(self, operation: Operation, view: View) -> View:
        def answer(request: Request) -> Answer:
            if refused := self._unauthorised(request):
                return refused
            tx_ref = self._tx_ref(operation, request)
            with self._state.changing() as memory:
                if operation is Operation.INITIALIZE and tx_ref:
                    memory.switches.bind_next(tx_ref)
                fault = memory.switches.take_fault(operation, tx_ref)
            reply = faults.answer(fault, lambda: view(request), pause=self._pause, refusal=_refused)
            status = reply.status if isinstance(reply, Reply) else None
            kind = fault.kind if fault else None
            self._state.log(ApiCall(at=now(), operation=operation, tx_ref=tx_ref, status=status, fault=kind))
            return reply

        return answer

    def _read(self, view: View) -> View:
        return lambda request: self._unauthorised(request) or view(request)

    def _unauthorised(self, request: Request) -> Reply | None:
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        if not key.strip():
            return refusal(401, "Authorization required")
        is_right = hmac.compare_digest(key.strip().encode(), self._secret_key.encode())
        if scheme.lower() == "bearer" and is_right:
            return None
        if key.startswith("CHASECK-") and request.path.startswith("/v1/transaction/verify/"):
            return refusal(401, "Live secret keys can't be used to verify a test transaction")
        return refusal(401, UNKNOWN_KEY)

    def _tx_ref(self, operation: Operation, request: Request) -> str | None:
        if operation is not Operation.INITIALIZE:
            transaction = self._state.by_reference(request.params["tx_ref"])
            return transaction.tx_ref if transaction else request.params["tx_ref"]
        draft = _json_object(request)
        named = draft.get("tx_ref") if draft else None
        return named if isinstance(named, str) else None

    def _initialize(self, request: Request) -> Reply:
        draft = _json_object(request)
        if draft is None:
            return refusal(400, WRONG_TYPE)
        if problems := problems_with(draft):
            return refusal(400, problems)
        if draft["currency"] not in CURRENCIES:
            return refusal(400, f"Invalid currency, {draft['currency']} is not supported")
        with self._state.changing() as memory:
            if draft["tx_ref"] in memory.transactions:
                return refusal(400, "Transaction reference has been used before")
            transaction = _opened(draft, memory)
            memory.transactions[transaction.tx_ref] = transaction
        checkout_url = f"{self._public_url()}/checkout/payment/{transaction.token}"
        return accepted("Hosted Link", {"checkout_url": checkout_url})

    def _verify(self, request: Request) -> Reply:
        with self._state.changing() as memory:
            transaction = memory.transactions.get(request.params["tx_ref"])
            if transaction is None:
                return refusal(404, UNKNOWN_TRANSACTION)
            if transaction.status is Status.UNPAID:
                return json_reply(404, {"message": "Payment not paid yet", "status": None, "data": None})
            switches = memory.switches.of(transaction.tx_ref)
            details = _details(transaction, memory)
            if transaction.was_captured:
                transaction.verify_calls_since_paid += 1
                if transaction.verify_calls_since_paid <= switches.verify_pending_calls:
                    details["status"] = Status.PENDING.value
            return accepted("Payment details", details | switches.verify_fields)

    def _cancel(self, request: Request) -> Reply:
        with self._state.changing() as memory:
            transaction = memory.transactions.get(request.params["tx_ref"])
            if transaction is None:
                return refusal(404, UNKNOWN_TRANSACTION)
            try:
                payments.cancel_link(transaction)
            except payments.LinkClosedError as closed:
                is_paid = closed.reason is Closed.PAID
                return refusal(400, "Payment is already completed" if is_paid else "Payment link already expired")
            names = ("tx_ref", "amount", "currency", "created_at", "updated_at")
            details = _details(transaction, memory)
            return accepted("Checkout link expired successfully", {name: details[name] for name in names})

    def _refund(self, request: Request) -> Reply:
        if request.body and request.media_type != "application/x-www-form-urlencoded":
            return refusal(400, "Incorrect header settings Please send application/x-www-form-urlencoded")
        form = request.form()
        amount = parsed_amount(form["amount"]) if form.get("amount") else None
        if form.get("amount") and amount is None:
            return refusal(400, {"amount": ["validation.numeric"]})
        with self._state.changing() as memory:
            transaction = self._refundable(memory, request.params["tx_ref"])
            if transaction is None:
                return refusal(404, UNKNOWN_TRANSACTION)
            try:
                refund = payments.ask_refund(
                    memory,
                    transaction,
                    amount=amount,
                    reason=form.get("reason"),
                    reference=form.get("reference"),
                    meta=_bracketed(form, "meta"),
                )
            except payments.RefundRefusedError as refused:
                return refusal(400, refused.message)
            return accepted(
                "Refund initiated successfully. It takes 1-3 business days to reach the customer.",
                _refund_details(transaction, refund),
            )

    def _refundable(self, memory: Memory, reference: str) -> Transaction | None:
        by_tx_ref = memory.transactions.get(reference)
        by_reference = self._state.by_reference(reference)
        found = {"tx_ref": by_tx_ref, "reference": by_reference, "either": by_tx_ref or by_reference}
        return found[memory.settings.refund_path]

    def _transactions(self, request: Request) -> Reply:
        number = request.query.get("page", "1")
        if not number.isdecimal() or int(number) < 1:
            return refusal(400, {"page": ["validation.numeric"]})
        with self._state.changed:
            listed = listing.page_of(self._state.memory, int(number), url=f"{self._public_url()}/v1/transactions")
        return accepted("Transactions retrieved", listed)

    def _banks(self, request: Request) -> Reply:
        return json_reply(200, {"message": "Banks retrieved", "data": banks.listed()})

    def _balances(self, request: Request) -> Reply:
        asked = request.params.get("currency", "").upper()
        if asked and asked not in CURRENCIES:
            return refusal(400, f"Invalid currency, {asked} is not supported")
        with self._state.changed:
            held = {name: _number(payments.balance(self._state.memory, name)) for name in CURRENCIES}
        rows = [
            {"currency": name, "available_balance": amount, "ledger_balance": amount}
            for name, amount in held.items()
            if asked in ("", name)
        ]
        return accepted("Balances retrieved", rows)

    def _currencies(self, request: Request) -> Reply:
        codes = list(range(1, len(CURRENCIES) + 1))
        return json_reply(200, {"status": "success", "currency_code": codes, "currency_name": CURRENCIES})


def accepted(message: str, data: object) -> Reply:
    return json_reply(200, {"message": message, "status": "success", "data": data})


def refusal(status: int, message: object) -> Reply:
    """Chapa's error envelope; `message` is a text or an object of field to rule names."""
    return json_reply(status, {"message": message, "status": "failed", "data": None})


def _refused(fault: faults.AnswerFault) -> Reply:
    return refusal(fault.status or 400, fault.message)


def _json_object(request: Request) -> dict[str, JsonValue] | None:
    if request.media_type != "application/json":
        return None
    try:
        document = request.json()
    except ValueError:
        return None
    return document if isinstance(document, dict) else None


def _opened(draft: Mapping[str, JsonValue], memory: Memory) -> Transaction:
    moment = now()
    optional = ("email", "first_name", "last_name", "phone_number", "callback_url", "return_url")
    return Transaction.model_validate(
        {
            "tx_ref": draft["tx_ref"],
            "reference": "CH" + secrets.token_hex(6),
            "token": secrets.token_urlsafe(24),
            "amount": parsed_amount(draft["amount"]),
            "currency": draft["currency"],
            **{name: draft.get(name) or None for name in optional},
            "customization": draft.get("customization") or {},
            "meta": draft.get("meta"),
            "subaccounts": draft.get("subaccounts"),
            "created_at": moment,
            "updated_at": moment,
            "expires_at": moment + timedelta(seconds=memory.settings.link_window_seconds),
        }
    )


def _details(transaction: Transaction, memory: Memory) -> dict[str, JsonValue]:
    return {
        "first_name": transaction.first_name,
        "last_name": transaction.last_name,
        "email": transaction.email,
        "currency": transaction.currency,
        "amount": _number(transaction.taken(memory.settings)),
        "charge": _number(transaction.charge),
        "mode": "test",
        "method": transaction.method,
        "type": "API",
        "status": transaction.status.value,
        "reference": transaction.reference,
        "tx_ref": transaction.tx_ref,
        "customization": customization(transaction),
        "meta": transaction.meta,
        "created_at": timestamp(transaction.created_at),
        "updated_at": timestamp(transaction.updated_at),
    }


def _refund_details(transaction: Transaction, refund: Refund) -> dict[str, JsonValue]:
    return {
        "id": refund.id,
        "chapa_reference": transaction.reference,
        "bank_reference": None,
        "amount": f"{refund.amount:.2f}",
        "ref": transaction.tx_ref,
        "currency": transaction.currency,
        "status": "Refund Initiated",
        "reason": refund.reason,
        "merchant_reference": refund.merchant_reference,
        "meta": dict(refund.meta) if refund.meta else None,
        "created_at": timestamp(refund.created_at),
        "updated_at": timestamp(refund.created_at),
    }


def _bracketed(form: Mapping[str, str], name: str) -> dict[str, JsonValue] | None:
    """`meta[order_id]=…` as `{"order_id": …}`."""
    found = ((re.fullmatch(rf"{name}\[([^\]]+)\]", key), value) for key, value in form.items())
    return {match[1]: value for match, value in found if match} or None


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)
