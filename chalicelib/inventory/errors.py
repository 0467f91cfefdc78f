"""How can stock refuse?"""

from chalicelib.core.errors import Conflict, NotFound


class OutOfStock(Conflict):
    """Less is left than is wanted. ``shortages`` lists every SKU that falls short."""

    code = "out_of_stock"


class StockUnknown(NotFound):
    code = "stock_unknown"


class StockBelowZero(Conflict):
    """An adjustment would take away units that are not there or that are held for somebody."""

    code = "stock_below_zero"


class ReservationExists(Conflict):
    """Something was reserved or released under this id before."""

    code = "reservation_exists"


class ReservationReleased(Conflict):
    code = "reservation_released"


class ReservationSpent(Conflict):
    code = "reservation_spent"


class ReservationNotHeld(Conflict):
    code = "reservation_not_held"
