"""Which operation is there for those who scan barcodes?"""

from chalicelib.catalog import service as catalog
from chalicelib.catalog.errors import BarcodeNotFound
from chalicelib.catalog.routes.router import router
from chalicelib.catalog.schemas import BarcodeView
from chalicelib.core.http import Caller, seller


@router.get("/barcodes/{barcode}", access=seller("catalog.manage"), raises=(BarcodeNotFound,))
def find_barcode(barcode: str, caller: Caller) -> BarcodeView:
    """Find the variant that has a barcode, in any of the forms of a GTIN. Another vendor's is not found."""
    found = catalog.variant_with_barcode(barcode, limited_to=caller.limited_to)
    return BarcodeView(gtin=found.gtin, sku=found.sku, product_id=found.product_id)
