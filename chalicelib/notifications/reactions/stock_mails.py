"""What are vendors and keepers of the stock told?"""

from typing import Any

from chalicelib.core.events.consuming import Consumer, Message, Once
from chalicelib.inventory.events import StockLow, StockOut
from chalicelib.notifications.enums import Notice
from chalicelib.notifications.service import stock_mails

consumer = Consumer("stock_mails")


@consumer.on(StockLow, once=Once.BY_OWN_WRITES)
def tell_of_low_stock(message: Message[StockLow]) -> None:
    """Mail vendor and keepers that few are left."""
    _tell_keepers(message, Notice.STOCK_LOW, left=message.data.left)


@consumer.on(StockOut, once=Once.BY_OWN_WRITES)
def tell_of_no_stock(message: Message[StockOut]) -> None:
    """Mail vendor and keepers that none is left."""
    _tell_keepers(message, Notice.STOCK_OUT)


def _tell_keepers(message: Message[Any], notice: Notice, **facts: int) -> None:
    sku, product_id, vendor_id = message.data.sku, message.data.product_id, message.data.vendor_id
    stock_mails.tell_keepers(
        notice, sku, product_id=product_id, vendor_id=vendor_id, event_id=message.id, at=message.time, **facts
    )
