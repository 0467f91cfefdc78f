"""How are galleries stored?"""

from chalicelib.core.storage.attributes import BooleanAttribute, UnicodeAttribute, ValueAttribute
from chalicelib.core.storage.table import VersionedItem
from chalicelib.pictures.rules import Picture


class Gallery(VersionedItem, discriminator="gallery"):
    """The pictures of a product in their order, beside it, so that one read shows both.

    Announces ``gallery.changed``. A closed one is that of a deleted product.
    """

    product_id = UnicodeAttribute()
    vendor_id = UnicodeAttribute()
    pictures = ValueAttribute[list[Picture]](list[Picture], default=list)
    is_closed = BooleanAttribute(default=False)
