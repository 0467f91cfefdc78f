"""How does a stored checkout become what its shopper sees?"""

from chalicelib.checkout.models import Checkout
from chalicelib.checkout.rules import CheckoutStatus
from chalicelib.checkout.schemas import CheckoutPayment, CheckoutView
from chalicelib.payments.rules import PaymentMethod
from chalicelib.pricing import views as pricing


def checkout_view(checkout: Checkout) -> CheckoutView:
    """Show a checkout, and where to pay as soon as that is known."""
    return CheckoutView(
        id=checkout.checkout_id,
        status=CheckoutStatus(checkout.status),
        cart_id=checkout.cart_id,
        totals=pricing.totals_view(checkout.totals),
        payment=CheckoutPayment(
            method=PaymentMethod(checkout.payment_method), checkout_url=checkout.payment_url, pay_by=checkout.pay_by
        ),
        order_id=checkout.order_id,
        shortages=checkout.shortages,
    )
