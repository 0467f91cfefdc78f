"""How can the payments domain refuse?"""

from chalicelib.core.errors import Conflict, NotFound, Unauthenticated


class WebhookNotGenuine(Unauthenticated):
    code = "webhook_not_genuine"


class PaymentNotUsable(Conflict):
    """The payment is not captured, or its money has another fate already."""

    code = "payment_not_usable"


class RefundTooLarge(Conflict):
    """More would go back than came, or than is left of it."""

    code = "refund_too_large"


class RefundNotFound(NotFound):
    code = "refund_not_found"


class RefundNeedsNobody(Conflict):
    """Nothing about the refund is for a person to decide."""

    code = "refund_needs_nobody"
