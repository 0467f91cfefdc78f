"""Which goods does the shop of these tests sell? With pictures, proposals, and stock of each state."""

import json
from dataclasses import replace

from chalicelib.catalog import service as catalog
from chalicelib.catalog.models import Product
from chalicelib.catalog.rules import Seller
from chalicelib.catalog.schemas import ProductChange, VariantDraft
from chalicelib.inventory import service as inventory
from chalicelib.pictures import service as pictures
from chalicelib.pictures.enums import PictureStatus, PictureType, RefusalReason
from chalicelib.pictures.schemas import PictureDraft
from chalicelib.pictures.service import processing
from tests.catalog.builders import VENDOR, a_category, a_product, a_variant, a_vendor

COFFEE, DARK, GABI = "COFFEE-250G", "COFFEE-DARK", "GABI-WHITE"
PROPOSED = ("WAITING-ONE", "APPROVED-ONE", "REFUSED-ONE", "TAKEN-BACK", "DELETED-ONE", "CHANGED-ONE")


def goods_are_kept() -> tuple[Product, Product]:
    """Put on sale what purchases buy, and return coffee and gabi."""
    a_vendor()
    a_vendor("ven_DORZE")
    a_category("coffee")
    a_category("weaving")
    coffee = a_product(variants=[a_variant(COFFEE, price=350), a_variant(DARK, price=333.33)])
    gabi = a_product(
        vendor_id="ven_DORZE", category_ids=["weaving"], variants=[a_variant(GABI, price=1999, barcode="4006381333931")]
    )
    draft = a_product(status="draft", variants=[a_variant("DRAFT-ONE")])
    for product, sku, units in ((coffee, COFFEE, 50), (coffee, DARK, 20), (gabi, GABI, 7)):
        inventory.receive(product.product_id, sku, units, note="delivery 1", by="usr_KEEPER")
    _pictures(coffee.product_id)
    for product in (_withdrawn(coffee), gabi, draft):
        catalog.refresh_cards(product.product_id)
    _proposals()
    return coffee, gabi


def _pictures(product_id: str) -> None:
    """Pictures of each state, and one that was deleted and whose files are about to go."""
    draft = PictureDraft(content_type=PictureType.JPEG, alt={"en": "A cup"})
    asked = [pictures.request_upload(product_id, draft, limited_to=None).picture for _ in range(5)]
    ready, too, refused, deleted, _ = asked
    sizes = {"width": 640, "height": 480, "widths": (320, 640), "digest": "cafe"}
    for picture in (ready, too, deleted):
        processing.settle(product_id, replace(picture, status=PictureStatus.READY, **sizes))
    reason = RefusalReason.EMPTY
    processing.settle(product_id, replace(refused, status=PictureStatus.REFUSED, reason=reason, digest="e3b0"))
    pictures.remove(product_id, deleted.id, limited_to=None, if_version=None)


def _proposals() -> None:
    """What a vendor asked staff about its products, and everything that came of it."""
    hana = Seller("usr_HANA", VENDOR)
    asked = {sku: a_product(status="in_review", variants=[a_variant(sku)]).product_id for sku in PROPOSED}
    waiting, approved, refused, withdrawn, deleted, changed = asked.values()
    catalog.refuse(refused, reasons=["The title shouts."], by="usr_KEEPER", if_version=None)
    catalog.withdraw(withdrawn, seller=hana, if_version=None)
    catalog.delete_product(deleted, seller=hana, if_version=None)
    for product_id in (approved, changed):
        catalog.approve(product_id, by="usr_KEEPER", if_version=None)
    other_words = ProductChange(title={"en": "The best coffee"})
    catalog.change_product(changed, other_words, seller=hana, if_version=None)
    for product_id in (waiting, approved, refused, withdrawn, deleted, changed):
        catalog.refresh_cards(product_id)


def _withdrawn(product: Product) -> Product:
    """Add a variant and take it off sale again."""
    kept = [a_variant(each.sku, price=each.price.minor / 100) for each in product.details.variants]
    for variants in ([*kept, a_variant("COFFEE-OLD")], kept):
        drafts = [VariantDraft.model_validate_json(json.dumps(each)) for each in variants]
        product = catalog.change_product(product.product_id, ProductChange(variants=drafts), if_version=None).product
    return product
