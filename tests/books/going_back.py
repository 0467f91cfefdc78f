"""How far has the money of a shop come that goes back?"""

from chalicelib.payments import service as payments
from chalicelib.payments.rules import RefundReason, RefundStatus
from chalicelib.payments.service import RefundRef
from infra.local.chapa import ChapaSimulator
from tests.simulators.support import call


def money_goes_back(chapa: ChapaSimulator) -> None:
    """Of the money that must go back, one part is there, one on its way, and one not asked for yet."""
    refunds = {each.reason: each for each in payments.refunds_in(RefundStatus.REQUESTED, after=None, limit=9).items}
    there, on_its_way = refunds[RefundReason.PAID_TWICE], refunds[RefundReason.NO_ORDER]
    for refund in (there, on_its_way):
        payments.ask_refund(RefundRef(refund.refund_id, attempt=1))
    answer = call("POST", f"{chapa.url}/_simulator/transactions/{there.tx_ref}/complete_refunds", document={})
    assert answer.status == 200, answer.text
    payments.look_after_refund(there.refund_id)
