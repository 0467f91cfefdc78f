"""Valid requests about what goods are known by: barcodes."""

from tests.permissions.asking import Ask, valid
from tests.permissions.stage import Stage
from tests.support.barcodes import a_barcode
from tests.support.people import Person


@valid
def find_barcode(stage: Stage, caller: Person) -> Ask:
    draft = stage.a_product_draft()
    draft["variants"][0]["barcode"] = barcode = a_barcode()
    stage.market.staff.must("POST", "/products", draft)
    return Ask(path={"barcode": barcode})
