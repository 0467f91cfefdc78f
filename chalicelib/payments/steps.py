"""Which steps does the refund machine call? What is asked cannot be taken back, so the last one only ends the rest."""

from chalicelib.core.workflows.workflow import Workflow
from chalicelib.payments import service
from chalicelib.payments.service import RefundOutcome, RefundRef

refund = Workflow("refund")


@refund.step
def ask_refund(ref: RefundRef) -> RefundOutcome:
    """Ask the provider to pay the money back."""
    return service.ask_refund(ref)


@ask_refund.undo
def close_refund(ref: RefundRef) -> RefundOutcome:
    """Bar the asking, unless it was done; then the refund stands, and is waited for."""
    return service.close_refund(ref)


@refund.step
def await_refund(ref: RefundRef) -> RefundOutcome:
    """Leave word who waits. There is nothing to undo: a token that nobody uses does nothing."""
    return service.await_refund(ref)
