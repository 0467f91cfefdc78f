"""Which lists of products are there?"""

from chalicelib.catalog import service as catalog
from chalicelib.catalog import views
from chalicelib.catalog.routes.router import router
from chalicelib.catalog.schemas import ProductCardView, ProductFilter
from chalicelib.core.http import Request, paging, public
from chalicelib.core.wire import Page
from chalicelib.pricing.errors import RateUnknown


@router.get("/products", access=public, is_cacheable=True, raises=(RateUnknown,))
def list_products(query: ProductFilter, request: Request) -> Page[ProductCardView]:
    """List products, newest first. A product that was just changed may take a moment to be listed anew."""
    found = catalog.cards_of(query.category, after=paging.start(request), limit=query.limit)
    prices = catalog.prices_now(query.currency)
    return paging.page(found, request, lambda card: views.card_view(card, request.locale, prices))
