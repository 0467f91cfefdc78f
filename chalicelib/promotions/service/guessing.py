"""Who tries out codes? Naming codes to a cart is counted, so that nobody finds one by trying."""

from chalicelib.core import throttles
from chalicelib.core.settings import Settings


def demand_few_codes(cart_id: str) -> None:
    """Count that a cart was told codes: 1 conditional write, or 2. Raises ``TooManyAttempts``.

    Carts cost nothing, so an operation that takes codes counts by address as well (``coupons_per_address``).
    """
    throttles.demand(Settings.coupons_per_cart, cart_id)
