"""Which operations does checkout have?"""

from chalicelib.addresses.errors import AddressNotFound, AddressPhoneInvalid, AddressRegionUnknown
from chalicelib.carts.errors import CartClosed, CartEmpty, CartInCheckout, CartNotFound
from chalicelib.checkout import service
from chalicelib.checkout.errors import CheckoutIncomplete, CheckoutNotFound, CheckoutOver, NotForSale, PriceChanged
from chalicelib.checkout.schemas import CheckoutDraft, CheckoutView
from chalicelib.checkout.views import checkout_view
from chalicelib.core.http import Answer, Caller, Keyed, Request, Router, owner_of
from chalicelib.core.settings import settings
from chalicelib.payments.errors import PaymentMethodUnavailable
from chalicelib.pricing.errors import CurrencyNotCharged

router = Router("checkout")

_NO_ADDRESS = (AddressNotFound, AddressRegionUnknown, AddressPhoneInvalid)
_CART_REFUSALS = (CartNotFound, CartEmpty, CartInCheckout, CartClosed)


def _start(view: CheckoutView, request: Request, caller: Caller) -> CheckoutView | None:
    """Start the execution, and wait for the payment page if the caller would."""
    service.ensure_started(caller.id, view.id, attempt=1)
    seconds = min(request.wait_seconds, settings.prefer_wait_limit_seconds)
    waited = service.wait_for_payment_page(caller.id, view.id, seconds=seconds) if seconds else None
    return checkout_view(waited, request.locale) if waited else None


def _look_after(view: CheckoutView, request: Request, caller: Caller) -> None:
    service.look_after(caller.id, view.id)


@router.post(
    "/checkouts",
    access=owner_of("cart"),
    status=202,
    keyed=Keyed.REQUIRED,
    raises=(
        *(*_CART_REFUSALS, *_NO_ADDRESS, CheckoutIncomplete, NotForSale, PriceChanged),
        *(CurrencyNotCharged, PaymentMethodUnavailable),
    ),
    follow_up=_start,
)
def begin_checkout(body: CheckoutDraft, caller: Caller, request: Request) -> Answer[CheckoutView]:
    """Begin to buy what is in a cart. The quote is frozen; the payment page follows in a moment.

    Read the checkout until ``payment.checkout_url`` is there, or send ``Prefer: wait=5`` to get it at once.
    Contact, addresses and delivery are taken from the cart where they are left out; without a method of delivery it
    is the cheapest that is no pickup. What is still missing is told as ``checkout_incomplete``.
    With ``payment_method`` cash on delivery, where the shop takes it, the order is placed without a page, and
    so it is when nothing is due. ``accepted_total`` is what is charged, or ``price_changed``; without it no price may
    have moved since the goods were put in the cart, and every code of the cart must count.
    """
    buyer = service.buyer_of(caller.id, body, request.locale)
    begun = service.begin(caller.id, body.cart_id, buyer, accepted_total=body.accepted_total)
    view = checkout_view(begun, request.locale)
    return Answer(view, version=begun.version, location=f"/checkouts/{view.id}")


@router.get("/checkouts/{checkout_id}", access=owner_of("checkout"), raises=(CheckoutNotFound,))
def read_checkout(checkout_id: str, caller: Caller, request: Request) -> Answer[CheckoutView]:
    """Read how far a purchase is, and how far money is that goes back."""
    found = service.underway(caller.id, checkout_id)
    return Answer(checkout_view(found, request.locale), version=found.version)


@router.post(
    "/checkouts/{checkout_id}/cancellation",
    access=owner_of("checkout"),
    status=202,
    raises=(CheckoutNotFound, CheckoutOver),
    follow_up=_look_after,
)
def cancel_checkout(checkout_id: str, caller: Caller, request: Request) -> Answer[CheckoutView]:
    """Give a purchase up before it is paid; the cart comes back in a moment. Money on its way may still win."""
    cancelled = service.cancel(caller.id, checkout_id)
    return Answer(checkout_view(cancelled, request.locale), version=cancelled.version)
