"""How does the shop ask for money and learn its fate? The use cases of payments."""

from chalicelib.payments.models import Payment, Refund
from chalicelib.payments.provider import ProviderUnavailable
from chalicelib.payments.service.closing import (
    Closing,
    close,
    demand_unchanged,
    get_payment,
    is_covered,
    owe_back,
    redeem,
)
from chalicelib.payments.service.collecting import collect, demand_offered, payments_to_collect
from chalicelib.payments.service.inbox import receive_callback, receive_post
from chalicelib.payments.service.opening import Opening, PageRequest, begin, open_page
from chalicelib.payments.service.reconciling import known_status, recorded_at_provider
from chalicelib.payments.service.refund_asking import (
    RefundOutcome,
    RefundRef,
    ask_refund,
    await_refund,
    close_refund,
)
from chalicelib.payments.service.refund_watching import look_after_refund, start_refund, sweep_refunds, take_hint
from chalicelib.payments.service.refunding import (
    begin_refund,
    close_refund_by_hand,
    get_refund,
    refund_id_for,
    refunds_in,
    refunds_named,
    retry_refund,
)
from chalicelib.payments.service.returning import come_back
from chalicelib.payments.service.reversing import take_news
from chalicelib.payments.service.verifying import await_outcome, resume, verify, verify_due

__all__ = [
    "Closing",
    "Opening",
    "PageRequest",
    "Payment",
    "ProviderUnavailable",
    "Refund",
    "RefundOutcome",
    "RefundRef",
    "ask_refund",
    "await_outcome",
    "await_refund",
    "begin",
    "begin_refund",
    "close",
    "close_refund",
    "close_refund_by_hand",
    "collect",
    "come_back",
    "demand_offered",
    "demand_unchanged",
    "get_payment",
    "get_refund",
    "is_covered",
    "known_status",
    "look_after_refund",
    "open_page",
    "owe_back",
    "payments_to_collect",
    "receive_callback",
    "receive_post",
    "recorded_at_provider",
    "redeem",
    "refund_id_for",
    "refunds_in",
    "refunds_named",
    "resume",
    "retry_refund",
    "start_refund",
    "sweep_refunds",
    "take_hint",
    "take_news",
    "verify",
    "verify_due",
]
