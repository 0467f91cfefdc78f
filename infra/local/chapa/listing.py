"""What does Chapa list of a merchant's transactions? Pages of them, newest first, as `GET /transactions` answers."""

from pydantic import JsonValue

from infra.local.chapa.records import Status, Transaction
from infra.local.chapa.state import Memory
from infra.local.chapa.webhooks import timestamp

PER_PAGE = 20


def page_of(memory: Memory, number: int, *, url: str) -> dict[str, JsonValue]:
    """One page; a transaction that was never tried is not listed."""
    tried = [each for each in reversed(memory.transactions.values()) if each.status is not Status.UNPAID]
    first = (number - 1) * PER_PAGE
    has_more = first + PER_PAGE < len(tried)
    return {
        "transactions": [_row(memory, each) for each in tried[first : first + PER_PAGE]],
        "pagination": {
            "per_page": PER_PAGE,
            "current_page": number,
            "first_page_url": f"{url}?page=1",
            "next_page_url": f"{url}?page={number + 1}" if has_more else None,
            "prev_page_url": f"{url}?page={number - 1}" if number > 1 else None,
        },
    }


def _row(memory: Memory, transaction: Transaction) -> dict[str, JsonValue]:
    return {
        "status": transaction.status.value,
        "ref_id": transaction.reference,
        "type": "API",
        "created_at": timestamp(transaction.created_at),
        "currency": transaction.currency,
        "amount": f"{transaction.taken(memory.settings):.2f}",
        "charge": f"{transaction.charge:.2f}",
        "trans_id": transaction.tx_ref,
        "payment_method": transaction.method,
        "customer": {
            "id": None,
            "email": transaction.email,
            "first_name": transaction.first_name,
            "last_name": transaction.last_name,
            "mobile": transaction.wallet or transaction.phone_number,
        },
    }
