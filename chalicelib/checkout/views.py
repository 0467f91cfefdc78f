"""How does a stored checkout become what its shopper sees?"""

from chalicelib.checkout.rules import CheckoutStatus
from chalicelib.checkout.schemas import CheckoutPayment, CheckoutRefund, CheckoutView
from chalicelib.checkout.service import Underway
from chalicelib.payments.rules import PaymentMethod, RefundStatus
from chalicelib.pricing import views as pricing


def checkout_view(underway: Underway, locale: str) -> CheckoutView:
    """Show a checkout, how its goods will go, and where to pay as soon as that is known."""
    checkout = underway.checkout
    delivery = underway.frozen.quote.delivery if underway.frozen else None
    return CheckoutView(
        id=checkout.checkout_id,
        status=CheckoutStatus(checkout.status),
        cart_id=checkout.cart_id,
        totals=pricing.totals_view(checkout.totals),
        delivery=pricing.delivery_view(delivery, locale) if delivery else None,
        payment=_payment(underway),
        order_id=checkout.order_id,
        shortages=checkout.shortages,
        coupon_code=checkout.used_up_code,
    )


def _payment(underway: Underway) -> CheckoutPayment:
    checkout = underway.checkout
    return CheckoutPayment(
        method=PaymentMethod(checkout.payment_method),
        checkout_url=checkout.payment_url,
        pay_by=checkout.pay_by,
        refunds=[
            CheckoutRefund(
                amount=each.amount,
                status=RefundStatus(each.status),
                requested_at=each.requested_at,
                done_at=each.done_at,
            )
            for each in underway.refunds
        ],
    )
