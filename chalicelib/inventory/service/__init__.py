"""What can be done with stock? Open, count, move, reserve, release, spend and book it."""

from chalicelib.inventory.rules import NOTHING_LEFT, Availability, Shortage, StockLine
from chalicelib.inventory.service.reservations import book_sale, release, reserve, spend
from chalicelib.inventory.service.stock import (
    availability_in,
    move,
    movements_of_product,
    open_stock,
    receive,
    stock_of_product,
)

__all__ = [
    "NOTHING_LEFT",
    "Availability",
    "Shortage",
    "StockLine",
    "availability_in",
    "book_sale",
    "move",
    "movements_of_product",
    "open_stock",
    "receive",
    "release",
    "reserve",
    "spend",
    "stock_of_product",
]
