"""Which operation is there for addresses that name a product?"""

from chalicelib.catalog import service as catalog
from chalicelib.catalog.errors import SlugNotFound
from chalicelib.catalog.routes.router import router
from chalicelib.catalog.schemas import ProductSlugView, SlugFilter
from chalicelib.core.http import Answer, Request, public


@router.get("/product-slugs/{slug}", access=public, is_cacheable=True, raises=(SlugNotFound,))
def find_product_by_slug(slug: str, query: SlugFilter, request: Request) -> Answer[ProductSlugView]:
    """Find the product that a slug leads to, now or once: unless it `is_current`, redirect to the one that is."""
    found = catalog.product_with_slug(slug, query.locale or request.locale)
    view = ProductSlugView(
        product_id=found.product.product_id, slug=found.slug, locale=found.locale, is_current=found.is_current
    )
    return Answer(view, language=found.locale)
