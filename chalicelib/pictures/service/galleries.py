"""How does a gallery come about, and what of it do shoppers see?"""

from collections.abc import Iterable

from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.table import Item
from chalicelib.pictures import rules
from chalicelib.pictures.models import Gallery
from chalicelib.pictures.rules import Picture


def open_gallery(product_id: str, vendor_id: str) -> None:
    """Begin an empty gallery: 1 put that joins the transaction which makes the product."""
    gallery = Gallery.at(keys.gallery(product_id), product_id=product_id, vendor_id=vendor_id)
    with transactions.write() as work:
        work.create(gallery)


def shown_in(parts: Iterable[Item]) -> list[Picture]:
    """Return what shoppers see of the gallery that is among the items of a product's partition, in order."""
    return [picture for part in parts if isinstance(part, Gallery) for picture in rules.shown(part.pictures)]
