"""How can a checkout refuse?"""

from chalicelib.core.errors import Conflict, NotFound


class CheckoutNotFound(NotFound):
    code = "checkout_not_found"


class PriceChanged(Conflict):
    """The total is not the one that the shopper saw or accepted.

    Facts: ``changes`` of prices, ``refused_codes``, and the new ``subtotal``, ``discount``, ``shipping``, ``tax`` and
    ``total``.
    """

    code = "price_changed"


class CheckoutIncomplete(Conflict):
    """Something has still to be said before goods can be sent; facts: what is ``missing``."""

    code = "checkout_incomplete"


class NotForSale(Conflict):
    """Something in the cart is not sold any more; facts: ``skus``."""

    code = "not_for_sale"


class CheckoutOver(Conflict):
    """The checkout has ended, or its order is being placed; facts: its ``checkout_status``."""

    code = "checkout_over"
