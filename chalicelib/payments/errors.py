"""How can the payments domain refuse?"""

from chalicelib.core.errors import Conflict, NotFound, Unauthenticated


class WebhookNotGenuine(Unauthenticated):
    code = "webhook_not_genuine"


class PaymentNotFound(NotFound):
    code = "payment_not_found"


class PaymentMethodUnavailable(Conflict):
    """This amount cannot be paid like that there; facts: the ``payment_method``."""

    code = "payment_method_unavailable"


class PaymentNotCollectable(Conflict):
    """No money of this payment is to be collected; facts: its ``payment_status``."""

    code = "payment_not_collectable"


class CollectionNotExact(Conflict):
    """Somebody collected another amount than is due; facts: the ``due``."""

    code = "collection_not_exact"


class PaymentNotUsable(Conflict):
    """The payment is not captured, or its money has another fate already."""

    code = "payment_not_usable"


class RefundTooLarge(Conflict):
    """More would go back than came, or than is left of it."""

    code = "refund_too_large"


class RefundNotFound(NotFound):
    code = "refund_not_found"


class RefundNotRetryable(Conflict):
    """The provider must not be asked to pay it; facts: the ``problem``."""

    code = "refund_not_retryable"


class RefundNeedsNobody(Conflict):
    """Nothing about the refund is for a person to decide."""

    code = "refund_needs_nobody"
