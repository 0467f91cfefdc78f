"""Which operations do promotions have? All of them are for staff; shoppers name codes to their carts."""

from chalicelib.core.http import Answer, IfMatch, Request, Router, paging, staff
from chalicelib.core.wire import Page, PageQuery
from chalicelib.pricing.errors import CurrencyNotCharged
from chalicelib.promotions import service as promotions
from chalicelib.promotions import views
from chalicelib.promotions.errors import (
    AutomaticPromotionsFull,
    CouponBatchNotFound,
    CouponTaken,
    LimitBelowUses,
    PreviewNotForSale,
    PromotionAutomatic,
    PromotionCurrency,
    PromotionEnded,
    PromotionNotFound,
)
from chalicelib.promotions.schemas import (
    CouponBatchDraft,
    CouponBatchView,
    CouponDraft,
    CouponView,
    PromotionChange,
    PromotionDraft,
    PromotionPreviewDraft,
    PromotionPreviewView,
    PromotionView,
)

router = Router("promotions")

_keeper = staff("promotions.manage")
_REFUSED = (PromotionAutomatic, PromotionCurrency, AutomaticPromotionsFull)
_NO_CODES = (PromotionNotFound, PromotionEnded, PromotionAutomatic)


@router.post("/promotions", access=_keeper, raises=_REFUSED)
def create_promotion(body: PromotionDraft) -> Answer[PromotionView]:
    """Define a promotion. An automatic one acts on every cart from its beginning on; any other needs a coupon."""
    kept = promotions.create_promotion(body)
    return Answer(views.promotion_view(kept), version=kept.promotion.version)


@router.get("/promotions", access=_keeper)
def list_promotions(query: PageQuery, request: Request) -> Page[PromotionView]:
    """List the promotions, newest first, also those that are over."""
    found = promotions.all_promotions(after=paging.start(request), limit=query.limit)
    return paging.page(found, request, views.listed_promotion_view)


@router.get("/promotions/{promotion_id}", access=_keeper, raises=(PromotionNotFound,))
def read_promotion(promotion_id: str) -> Answer[PromotionView]:
    """Read a promotion, and how many uses are left of it."""
    kept = promotions.get_promotion(promotion_id)
    return Answer(views.promotion_view(kept), version=kept.promotion.version)


@router.put(
    "/promotions/{promotion_id}",
    access=_keeper,
    if_match=IfMatch.REQUIRED,
    raises=(PromotionNotFound, PromotionEnded, LimitBelowUses, *_REFUSED),
)
def change_promotion(promotion_id: str, body: PromotionChange, request: Request) -> Answer[PromotionView]:
    """Put other terms in the place of those that were read. What is left out is as for a new promotion.

    Checkouts that are under way keep the terms under which they began. A limit cannot fall below what is used.
    """
    kept = promotions.change_promotion(promotion_id, body, if_version=request.if_version)
    return Answer(views.promotion_view(kept), version=kept.promotion.version)


@router.delete("/promotions/{promotion_id}", access=_keeper, if_match=IfMatch.REQUIRED, raises=(PromotionNotFound,))
def end_promotion(promotion_id: str, request: Request) -> None:
    """End a promotion for good, and all its codes at once. It can still be read."""
    promotions.end_promotion(promotion_id, if_version=request.if_version)


@router.post("/promotions/{promotion_id}/coupons", access=_keeper, raises=(*_NO_CODES, CouponTaken))
def create_coupon(promotion_id: str, body: CouponDraft) -> CouponView:
    """Give a promotion a code by name. No code leads to two promotions, not even after one has ended."""
    return views.coupon_view(promotions.add_coupon(promotion_id, body))


@router.get("/promotions/{promotion_id}/coupons", access=_keeper, raises=(PromotionNotFound,))
def list_coupons(promotion_id: str, query: PageQuery, request: Request) -> Page[CouponView]:
    """List the codes that a promotion was given by name, with what is left of them."""
    found = promotions.coupons_of_promotion(promotion_id, after=paging.start(request), limit=query.limit)
    return paging.page(found, request, views.coupon_view)


@router.post("/promotions/{promotion_id}/coupon-batches", access=_keeper, status=202, raises=_NO_CODES)
def create_coupon_batch(promotion_id: str, body: CouponBatchDraft) -> CouponBatchView:
    """Let many codes be made at random. That goes on after this answer; the list of batches tells how far it is."""
    return views.batch_view(promotions.order_batch(promotion_id, body))


@router.get("/promotions/{promotion_id}/coupon-batches", access=_keeper, raises=(PromotionNotFound,))
def list_coupon_batches(promotion_id: str, query: PageQuery, request: Request) -> Page[CouponBatchView]:
    """List the batches of codes that were made for a promotion, newest first."""
    found = promotions.batches_of(promotion_id, after=paging.start(request), limit=query.limit)
    return paging.page(found, request, views.batch_view)


@router.get(
    "/promotions/{promotion_id}/coupon-batches/{batch_id}/coupons", access=_keeper, raises=(CouponBatchNotFound,)
)
def list_coupons_of_batch(promotion_id: str, batch_id: str, *, query: PageQuery, request: Request) -> Page[CouponView]:
    """List the codes of a batch, with what is left of them; page by page that is the whole batch."""
    found = promotions.coupons_of_batch(promotion_id, batch_id, after=paging.start(request), limit=query.limit)
    return paging.page(found, request, views.coupon_view)


@router.post(
    "/promotion-previews",
    access=_keeper,
    status=200,
    raises=(CurrencyNotCharged, PreviewNotForSale, PromotionAutomatic, PromotionCurrency),
)
def preview_promotions(body: PromotionPreviewDraft, request: Request) -> PromotionPreviewView:
    """Tell what a cart would cost now or at another moment, which promotions would count, and why others would not.

    It is priced as any cart is, with the shop's delivery plan and tax rates. Nothing is taken of any limit.
    """
    return views.preview_view(promotions.preview(body), request.locale)
