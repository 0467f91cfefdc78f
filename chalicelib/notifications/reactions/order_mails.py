"""What are buyers told of their orders, and of money that goes back to them?"""

from chalicelib.core.events.consuming import Consumer, Message, Once
from chalicelib.notifications.enums import Notice
from chalicelib.notifications.service import order_mails
from chalicelib.orders.events import OrderPlaced
from chalicelib.payments.events import RefundAsked, RefundCompleted

consumer = Consumer("order_mails")


@consumer.on(OrderPlaced, once=Once.BY_OWN_WRITES)
def confirm_order(message: Message[OrderPlaced]) -> None:
    """Confirm the order to its buyer."""
    order_mails.confirm_order(message.data.owner, message.data.order_id)


@consumer.on(RefundAsked, once=Once.BY_OWN_WRITES)
def tell_that_money_is_on_its_way(message: Message[RefundAsked]) -> None:
    """Tell the buyer that the provider gives the money back."""
    _tell_of_refund(message.data.refund_id, Notice.REFUND_ASKED)


@consumer.on(RefundCompleted, once=Once.BY_OWN_WRITES)
def tell_that_money_is_back(message: Message[RefundCompleted]) -> None:
    """Tell the buyer that the money is back."""
    _tell_of_refund(message.data.refund_id, Notice.REFUND_COMPLETED)


def _tell_of_refund(refund_id: str, notice: Notice) -> None:
    from chalicelib.notifications.service import refund_mails

    refund_mails.tell_of_refund(refund_id, notice)
