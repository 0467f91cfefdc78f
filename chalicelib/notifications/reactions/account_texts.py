"""What are people texted?"""

from chalicelib.core.events.consuming import Consumer, Message, Once
from chalicelib.notifications.service import account_texts
from chalicelib.users.events import ChallengeIssuedByText

consumer = Consumer("account_texts")


@consumer.on(ChallengeIssuedByText, once=Once.BY_OWN_WRITES)
def text_challenge(message: Message[ChallengeIssuedByText]) -> None:
    """Text the code that proves a number, or what takes its place."""
    account_texts.text_challenge(message.data.challenge_id, message.data.delivery)
