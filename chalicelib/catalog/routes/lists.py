"""Which lists of products are there?"""

from chalicelib.catalog import service as catalog
from chalicelib.catalog import views
from chalicelib.catalog.routes.router import router
from chalicelib.catalog.schemas import ProductCardView, ProductFilter, SellerCardView, SellerFilter
from chalicelib.core.http import Answer, Caller, Request, paging, public, seller
from chalicelib.core.wire import Page
from chalicelib.pricing.errors import RateUnknown


@router.get("/products", access=public, is_cacheable=True, raises=(RateUnknown,))
def list_products(query: ProductFilter, request: Request) -> Answer[Page[ProductCardView]]:
    """List products, newest first; those of one list if one is chosen.

    A product that was just changed may take a moment to be listed anew. What is not shown any more is left out, so a
    page may hold fewer products than were asked for while there is a next one.
    """
    found, prices = catalog.products_listed(query, after=paging.start(request)), catalog.prices_now(query.currency)
    page = paging.page(found, request, lambda card: views.card_view(card, request.locale, prices))
    return Answer(page, good_until=catalog.good_until(found))


@router.get("/staff/products", access=seller("catalog.manage"))
def list_products_as_seller(query: SellerFilter, request: Request, caller: Caller) -> Page[SellerCardView]:
    """List products of every status, newest first. A vendor's members see those of their vendor.

    What the filters leave out makes a page shorter while there is a next one.
    """
    after, prices = paging.start(request), catalog.prices_now()
    found = catalog.products_of_sellers(query, limited_to=caller.limited_to, after=after)
    return paging.page(found, request, lambda card: views.seller_card_view(card, request.locale, prices))
