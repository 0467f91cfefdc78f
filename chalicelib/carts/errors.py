"""How can a cart refuse?"""

from chalicelib.core.errors import Conflict, Malformed, NotFound, TooManyAttempts

__all__ = ["TooManyAttempts"]


class CartNotFound(NotFound):
    code = "cart_not_found"


class CartLineNotFound(NotFound):
    code = "cart_line_not_found"


class CartInCheckout(Conflict):
    """A checkout holds the cart, so nothing in it may change; facts: ``cart_id`` and ``checkout_id``."""

    code = "cart_in_checkout"


class CartClosed(Conflict):
    """The cart became an order or went into another cart; facts: ``cart_id`` and ``cart_status``."""

    code = "cart_closed"


class CartEmpty(Conflict):
    code = "cart_empty"


class SkuNotForSale(Conflict):
    """Nobody sells that SKU, or not at present; facts: ``sku``."""

    code = "sku_not_for_sale"


class TooManySkus(Conflict):
    """The cart holds as many distinct SKUs as an order can; facts: ``limit``."""

    code = "cart_skus_limit"


class TooManyVendors(Conflict):
    """The cart holds goods of as many vendors as an order can; facts: ``limit``."""

    code = "cart_vendors_limit"


class TooManyUnits(Conflict):
    """More units of one SKU than a cart takes; facts: ``sku`` and ``limit``."""

    code = "cart_quantity_limit"


class CartTooLarge(Conflict):
    """The texts of its goods are as long as an order can store; facts: ``limit_bytes``."""

    code = "cart_size_limit"


class CartCouponsFull(Conflict):
    """More coupon codes than a cart takes; facts: ``limit``."""

    code = "cart_coupons_limit"


class CurrencyNotOffered(Conflict):
    """Some goods are not sold in the currency; facts: ``currency`` and ``skus``."""

    code = "currency_not_offered"


class CartAddressIncomplete(Malformed):
    """An address lacks something without which nobody finds it; facts: ``member`` and what is ``missing`` of it."""

    code = "cart_address_incomplete"


class GuestTokenInvalid(Malformed):
    """The ``guest_token`` of the body is not one that the shop gave out."""

    code = "guest_token_invalid"


class RecoveryTokenInvalid(Malformed):
    """The token is not one of a reminder's link."""

    code = "recovery_token_invalid"


class OptOutTokenInvalid(Malformed):
    """The token is not one of a reminder's link to opt out."""

    code = "opt_out_token_invalid"


class RecoveryOver(NotFound):
    """The link of a reminder is too old, or its cart is gone."""

    code = "recovery_over"
