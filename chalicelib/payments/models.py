"""What is stored of payments?"""

from chalicelib.core.money import Money
from chalicelib.core.storage.attributes import IntegerAttribute, UnicodeAttribute, ValueAttribute
from chalicelib.core.storage.table import Item, VersionedItem
from chalicelib.payments.rules import AttemptStatus, PaymentMethod, PaymentStatus, RefundStatus


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
    refund_ids = ValueAttribute[list[str]](list[str], default=list)
    reversed_at = UnicodeAttribute(null=True)  # when the shop learned that the provider took back what was left
    refundable_minor = IntegerAttribute(null=True)  # what is left of it; absent: nothing was ever to go back


class WaitingTask(Item, discriminator="waiting_task"):
    """The token of the execution that waits for the payment."""

    task_token = UnicodeAttribute()


class Refund(VersionedItem, discriminator="refund"):
    """Money on its way back, and its way.

    Announces ``refund.requested``, ``refund.asked`` and ``refund.completed``.
    """

    refund_id = UnicodeAttribute()
    tx_ref = UnicodeAttribute()
    payment_id = UnicodeAttribute()
    checkout_id = UnicodeAttribute()
    owner = UnicodeAttribute()
    amount = ValueAttribute[Money](Money)
    reason = UnicodeAttribute()
    status = UnicodeAttribute(default=RefundStatus.REQUESTED)
    attempt = IntegerAttribute(default=1)  # one execution each
    reference = UnicodeAttribute(null=True)  # the provider's own, of the payment
    reference_number = IntegerAttribute(default=1)  # one more whenever the provider said that it came to nothing
    requested_at = UnicodeAttribute()
    asking_at = UnicodeAttribute(null=True)  # stored before the provider hears of it; its answer may be lost
    asked_at = UnicodeAttribute(null=True)
    done_at = UnicodeAttribute(null=True)
    confirmed_by = UnicodeAttribute(null=True)  # how the provider told so; absent: a person did
    problem = UnicodeAttribute(null=True)
    detail = UnicodeAttribute(null=True)  # in the provider's words
    note = UnicodeAttribute(null=True)  # of whoever paid it back by hand
    closed_by = UnicodeAttribute(null=True)


class RefundEntry(Item, discriminator="refund_entry"):
    """Finds a refund among those in its state, and among those due. Indexes may copy it: it announces nothing."""

    refund_id = UnicodeAttribute()
    status = UnicodeAttribute()


class RefundTask(Item, discriminator="refund_task"):
    """The token of the execution that waits for the refund."""

    task_token = UnicodeAttribute()


class Webhook(VersionedItem, discriminator="webhook"):
    """The inbox of genuine webhooks. Announces ``payment.hinted``."""

    tx_ref = UnicodeAttribute(null=True)
    name = UnicodeAttribute()
    received_at = UnicodeAttribute()
