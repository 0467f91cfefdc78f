"""Which operations are there on carts?"""

from chalicelib.addresses.errors import AddressNotFound, AddressPhoneInvalid, AddressRegionUnknown
from chalicelib.carts import service as carts
from chalicelib.carts import views
from chalicelib.carts.errors import (
    CartAddressIncomplete,
    CartClosed,
    CartCouponsFull,
    CartInCheckout,
    CartLineNotFound,
    CartNotFound,
    CartTooLarge,
    CurrencyNotOffered,
    GuestTokenInvalid,
    OptOutTokenInvalid,
    RecoveryOver,
    RecoveryTokenInvalid,
    SkuNotForSale,
    TooManyAttempts,
    TooManySkus,
    TooManyUnits,
    TooManyVendors,
)
from chalicelib.carts.schemas import (
    CartChange,
    CartDraft,
    CartLineChange,
    CartLineDraft,
    CartQuoteView,
    CartRecoveriesView,
    CartRecoveryDraft,
    CartView,
    CheckedCartView,
    OpenedCartView,
    RecoveryQuery,
    ReminderOptOutView,
)
from chalicelib.core.http import (
    FORM_TYPES,
    Answer,
    Caller,
    IfMatch,
    Keyed,
    Request,
    Router,
    anyone,
    owner_of,
    per_address,
    public,
    staff,
)
from chalicelib.core.settings import Settings
from chalicelib.pricing.errors import CurrencyNotCharged

router = Router("carts")

_NOT_CHANGEABLE = (CartNotFound, CartInCheckout, CartClosed)


@router.post("/carts", access=anyone, keyed=Keyed.REFUSED, raises=(GuestTokenInvalid, CartInCheckout, CartClosed))
def open_cart(body: CartDraft, caller: Caller, request: Request) -> Answer[OpenedCartView]:
    """Open a cart.

    A guest gets a new one with the token that opens it. A customer gets the one they are filling; the
    lines of their guest's cart go into it when ``guest_token`` names one, once however often it is sent.
    """
    opened = carts.open_cart(caller.user_id, body.guest_token)
    view = views.opened_cart_view(opened, request.locale)
    return Answer(view, version=opened.cart.version, location=f"/carts/{opened.cart.cart_id}")


@router.get("/carts/{cart_id}", access=owner_of("cart"), raises=(CartNotFound,))
def read_cart(cart_id: str, caller: Caller, request: Request) -> Answer[CheckedCartView]:
    """Read a cart, and what has become of its goods: prices that moved, what is not sold any more, what runs short."""
    cart, changes = carts.checked(caller.id, cart_id)
    return Answer(views.checked_cart_view(cart, changes, request.locale), version=cart.version)


@router.get("/carts/{cart_id}/quote", access=owner_of("cart"), raises=(CartNotFound, CurrencyNotCharged))
def review_cart(cart_id: str, caller: Caller, request: Request) -> Answer[CartQuoteView]:
    """Read what a purchase would cost now: its lines, discounts, ways of delivery, taxes, and what is missing.

    Nothing is held or promised by it. Send its total as `accepted_total` to be sure to pay that.
    """
    cart, review = carts.reviewed(caller.id, cart_id)
    return Answer(views.cart_quote_view(cart, review, request.locale))


@router.patch(
    "/carts/{cart_id}",
    access=owner_of("cart"),
    if_match=IfMatch.HONOURED,
    throttles=(per_address(Settings.coupons_per_address, when=lambda change: bool(change.coupon_codes)),),
    raises=(
        *_NOT_CHANGEABLE,
        *(AddressNotFound, AddressRegionUnknown, AddressPhoneInvalid, CartAddressIncomplete),
        *(CartCouponsFull, CurrencyNotCharged, CurrencyNotOffered, TooManyAttempts),
    ),
)
def prepare_cart(cart_id: str, *, body: CartChange, caller: Caller, request: Request) -> Answer[CartView]:
    """Say who buys, where the goods go and how: step by step, in any order, and again.

    A checkout takes from the cart what it is not told itself.
    """
    cart = carts.prepare(caller.id, cart_id, body, locale=request.locale, if_version=request.if_version)
    return Answer(views.cart_view(cart, request.locale), version=cart.version)


@router.delete("/carts/{cart_id}", access=owner_of("cart"), if_match=IfMatch.HONOURED, raises=_NOT_CHANGEABLE)
def delete_cart(cart_id: str, caller: Caller, request: Request) -> None:
    """Delete a cart with all that is in it."""
    carts.discard(caller.id, cart_id, if_version=request.if_version)


@router.post(
    "/carts/{cart_id}/lines",
    access=owner_of("cart"),
    if_match=IfMatch.HONOURED,
    raises=(*_NOT_CHANGEABLE, SkuNotForSale, TooManySkus, TooManyVendors, TooManyUnits, CartTooLarge),
)
def add_cart_line(cart_id: str, *, body: CartLineDraft, caller: Caller, request: Request) -> Answer[CartView]:
    """Put units of a SKU into a cart, beside those that are in.

    A SKU has one line. Its price and texts become today's whenever the line is put in or changed.
    """
    cart = carts.add_line(caller.id, cart_id, sku=body.sku, quantity=body.quantity, if_version=request.if_version)
    view = views.cart_view(cart, request.locale)
    return Answer(view, version=cart.version, location=f"/carts/{cart_id}")


@router.patch(
    "/carts/{cart_id}/lines/{line_id}",
    access=owner_of("cart"),
    if_match=IfMatch.HONOURED,
    raises=(*_NOT_CHANGEABLE, CartLineNotFound, SkuNotForSale, TooManyUnits, CartTooLarge),
)
def change_cart_line(
    cart_id: str, line_id: str, *, body: CartLineChange, caller: Caller, request: Request
) -> Answer[CartView]:
    """Set how many units a line has, at today's price."""
    cart = carts.set_quantity(
        caller.id, cart_id, line_id=line_id, quantity=body.quantity, if_version=request.if_version
    )
    return Answer(views.cart_view(cart, request.locale), version=cart.version)


@router.delete(
    "/carts/{cart_id}/lines/{line_id}",
    access=owner_of("cart"),
    if_match=IfMatch.HONOURED,
    raises=(*_NOT_CHANGEABLE, CartLineNotFound),
)
def remove_cart_line(cart_id: str, line_id: str, *, caller: Caller, request: Request) -> Answer[CartView]:
    """Take a line out of a cart."""
    cart = carts.remove_line(caller.id, cart_id, line_id=line_id, if_version=request.if_version)
    return Answer(views.cart_view(cart, request.locale), version=cart.version)


@router.post(
    "/cart_recoveries",
    access=anyone,
    keyed=Keyed.REFUSED,
    throttles=(per_address(Settings.recoveries_per_address),),
    raises=(RecoveryTokenInvalid, RecoveryOver, CartClosed),
)
def recover_cart(body: CartRecoveryDraft, caller: Caller, request: Request) -> Answer[OpenedCartView]:
    """Get a cart back by the link of a reminder, as often as one likes.

    A guest's cart comes with the token that opens it. Whose cart belongs to a customer gets it when they have signed
    in, and otherwise a guest's cart with the same goods, which goes into their own when they sign in.
    """
    opened = carts.recover(body.token, caller.user_id)
    view = views.opened_cart_view(opened, request.locale)
    return Answer(view, version=opened.cart.version, location=f"/carts/{opened.cart.cart_id}")


@router.post(
    "/cart_reminder_opt_outs/{token}",
    access=public,
    status=200,
    keyed=Keyed.REFUSED,
    consumes=("application/json", *FORM_TYPES),
    raises=(OptOutTokenInvalid,),
)
def opt_out_of_cart_reminders(token: str) -> ReminderOptOutView:
    """Be reminded of no cart any more, by the link of a reminder. Mail programs ask for it by a form (RFC 8058).

    It is not counted: a token cannot be guessed, and mail services ask for many people from one address.
    """
    carts.opt_out(token)
    return ReminderOptOutView(opted_out=True)


@router.get("/cart_recoveries", access=staff("carts.report"))
def read_cart_recoveries(query: RecoveryQuery) -> CartRecoveriesView:
    """Read what reminders of carts did in a month."""
    return views.recoveries_view(query.month, carts.counts_of(query.month))
