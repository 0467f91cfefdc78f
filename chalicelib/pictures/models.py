"""How are galleries stored?"""

from chalicelib.core.storage.attributes import BooleanAttribute, UnicodeAttribute, ValueAttribute
from chalicelib.core.storage.table import Item, VersionedItem
from chalicelib.pictures.rules import Picture


class Gallery(VersionedItem, discriminator="gallery"):
    """The pictures of a product in their order, beside it, so that one read shows both.

    Announces ``gallery.changed``. A closed one is that of a deleted product.
    """

    product_id = UnicodeAttribute()
    vendor_id = UnicodeAttribute()
    pictures = ValueAttribute[list[Picture]](list[Picture], default=list)
    is_closed = BooleanAttribute(default=False)


class Upload(Item, discriminator="picture_upload"):
    """A picture whose files somebody must look after when its time has come, which its index key says.

    While one is awaited, that is when it is awaited no longer; of one that was deleted, it is at once.
    """

    picture_id = UnicodeAttribute()
    product_id = UnicodeAttribute()
    content_type = UnicodeAttribute(null=True)
