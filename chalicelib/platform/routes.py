"""Which operations belong to no shop domain? Health and the documents of the API."""

from chalicelib import VERSION
from chalicelib.core.http import Html, Router, public
from chalicelib.core.settings import settings
from chalicelib.platform import assets
from chalicelib.platform.errors import AssetNotFound
from chalicelib.platform.schemas import HealthStatus, HealthView

_ASSET_TYPES = ("text/css", "text/javascript", "text/plain")

router = Router("platform")


@router.get("/health", access=public)
def read_health() -> HealthView:
    """Say that requests reach the code. It asks nobody else, so that an outage elsewhere is not reported as ours."""
    return HealthView(status=HealthStatus.OK, version=VERSION, stage=settings.stage)


@router.get("/openapi.json", access=public, is_cacheable=True, produces=("application/json",), raises=(AssetNotFound,))
def read_openapi_document() -> Html:
    """Read the OpenAPI 3.1 document of this API."""
    return assets.document()


@router.get("/docs", access=public, is_cacheable=True, raises=(AssetNotFound,))
def read_docs_page() -> Html:
    """Open the API's documentation with a form to try each operation (Swagger UI)."""
    return assets.page("docs.html")


@router.get("/redoc", access=public, is_cacheable=True, raises=(AssetNotFound,))
def read_redoc_page() -> Html:
    """Open the API's documentation for reading (ReDoc)."""
    return assets.page("redoc.html")


@router.get("/docs/assets/{asset}", access=public, is_cacheable=True, produces=_ASSET_TYPES, raises=(AssetNotFound,))
def read_docs_asset(asset: str) -> Html:
    """Read a script, a style sheet or a licence that the documentation pages load."""
    return assets.asset(asset)
