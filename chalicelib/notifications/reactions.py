"""What do notifications do when others announce something?"""

from chalicelib.core.events.consuming import Consumer, Message, Once
from chalicelib.notifications import service
from chalicelib.orders.events import OrderPlaced
from chalicelib.users.events import ChallengeIssuedByText

order_mails = Consumer("order_mails")
account_texts = Consumer("account_texts")


@order_mails.on(OrderPlaced, once=Once.BY_OWN_WRITES)
def confirm_order(message: Message[OrderPlaced]) -> None:
    """Confirm the order to its buyer."""
    service.confirm_order(message.data.owner, message.data.order_id)


@account_texts.on(ChallengeIssuedByText, once=Once.BY_OWN_WRITES)
def text_challenge(message: Message[ChallengeIssuedByText]) -> None:
    """Text the code to whoever is to answer the challenge."""
    service.text_challenge(message.data.challenge_id, message.data.delivery)
