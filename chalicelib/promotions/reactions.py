"""What do promotions do when codes are wanted? They make the next ones."""

from chalicelib.core.events.consuming import Consumer, Message, Once
from chalicelib.promotions import service as promotions
from chalicelib.promotions.events import CouponsWanted

consumer = Consumer("coupon_batches")


@consumer.on(CouponsWanted, once=Once.BY_OWN_WRITES)
def make_coupons(message: Message[CouponsWanted]) -> None:
    """Make the next codes of a batch."""
    wanted = message.data
    promotions.make_page(wanted.promotion_id, wanted.batch_id, sequence=message.sequence)
