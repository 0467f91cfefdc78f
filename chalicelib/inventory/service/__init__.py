"""What can be done with stock? Open, count, move, reserve, release, spend, book, take back and watch it."""

from chalicelib.inventory.rules import NOTHING_LEFT, Availability, Shortage, StockLine
from chalicelib.inventory.service.mending import mend
from chalicelib.inventory.service.moving import move, receive, take_back
from chalicelib.inventory.service.reservations import book_sale, release, reserve, spend
from chalicelib.inventory.service.stock import (
    availability_in,
    available_in,
    keys_of,
    movements_of_product,
    open_stock,
    stock_of_product,
)
from chalicelib.inventory.service.watching import WatchedStock, judge, set_low_at, watched_stock

__all__ = [
    "NOTHING_LEFT",
    "Availability",
    "Shortage",
    "StockLine",
    "WatchedStock",
    "availability_in",
    "available_in",
    "book_sale",
    "judge",
    "keys_of",
    "mend",
    "move",
    "movements_of_product",
    "open_stock",
    "receive",
    "release",
    "reserve",
    "set_low_at",
    "spend",
    "stock_of_product",
    "take_back",
    "watched_stock",
]
