"""How can the payments domain refuse?"""

from chalicelib.core.errors import Conflict, Unauthenticated


class WebhookNotGenuine(Unauthenticated):
    code = "webhook_not_genuine"


class PaymentNotUsable(Conflict):
    """The payment is not captured, or its money has another fate already."""

    code = "payment_not_usable"
