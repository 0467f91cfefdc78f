"""What is stored of payments?"""

from chalicelib.core.money import Money
from chalicelib.core.storage.attributes import IntegerAttribute, UnicodeAttribute, ValueAttribute
from chalicelib.core.storage.table import Item, VersionedItem
from chalicelib.payments.rules import AttemptStatus, PaymentMethod, PaymentStatus


class Payment(VersionedItem, discriminator="payment"):
    """What one checkout must be paid with. Announces ``payment.captured``.

    In the index of those to collect while its order is to be paid on delivery.
    """

    payment_id = UnicodeAttribute()
    checkout_id = UnicodeAttribute()
    owner = UnicodeAttribute()
    amount = ValueAttribute[Money](Money)
    method = UnicodeAttribute(default=PaymentMethod.CHAPA)
    status = UnicodeAttribute(default=PaymentStatus.OPENING)
    tx_refs = ValueAttribute[list[str]](list[str], default=list)
    checkout_url = UnicodeAttribute(null=True)
    page_tx_ref = UnicodeAttribute(null=True)  # the attempt whose page that is
    return_url = UnicodeAttribute(null=True)
    captured_tx_ref = UnicodeAttribute(null=True)
    excess = ValueAttribute[Money](Money, null=True)  # what came beyond the amount, and goes back once it is an order
    collected_at = UnicodeAttribute(null=True)
    collected_by = UnicodeAttribute(null=True)


class PaymentAttempt(VersionedItem, discriminator="payment_attempt"):
    """One reference sent to the provider. In the index of unsettled ones until its fate is known."""

    tx_ref = UnicodeAttribute()
    payment_id = UnicodeAttribute()
    amount = ValueAttribute[Money](Money)
    status = UnicodeAttribute(default=AttemptStatus.CREATED)
    made_at = UnicodeAttribute()
    paid = ValueAttribute[Money](Money, null=True)  # what the provider recorded, which need not be what was asked
    checks = IntegerAttribute(default=0)
    looked_at = UnicodeAttribute(null=True)  # when the shopper came back last
    reference = UnicodeAttribute(null=True)


class WaitingTask(Item, discriminator="waiting_task"):
    """The token of the execution that waits for the payment."""

    task_token = UnicodeAttribute()


class RefundDue(Item, discriminator="refund_due"):
    """Captured money that became no order, for staff to see and to give back."""

    tx_ref = UnicodeAttribute()
    payment_id = UnicodeAttribute()
    checkout_id = UnicodeAttribute()
    owner = UnicodeAttribute()
    amount = ValueAttribute[Money](Money)
    reason = UnicodeAttribute()
    reference = UnicodeAttribute(null=True)
    noticed_at = UnicodeAttribute()


class Webhook(VersionedItem, discriminator="webhook"):
    """The inbox of genuine webhooks. Announces ``payment.hinted``."""

    tx_ref = UnicodeAttribute(null=True)
    name = UnicodeAttribute()
    received_at = UnicodeAttribute()
