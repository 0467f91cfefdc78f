"""What is stored of vendors?"""

import json
from collections.abc import Mapping

from chalicelib.core.storage.attributes import UnicodeAttribute, ValueAttribute
from chalicelib.core.storage.shapes import Row
from chalicelib.core.storage.table import VersionedItem
from chalicelib.vendors.rules import names_of


def with_names(row: Row) -> Row:
    """Give a vendor its names by language; there was one name, in whatever language."""
    names = json.dumps(names_of(row["name"]["S"]), ensure_ascii=False, separators=(",", ":"))
    return {**row, "names": {"S": names}}


class Vendor(VersionedItem, discriminator="vendor"):
    """One seller of the marketplace. ``name`` is what it goes by, ``names`` what readers of each language see."""

    vendor_id = UnicodeAttribute()
    name = UnicodeAttribute()
    names = ValueAttribute[Mapping[str, str]](Mapping[str, str])
    email = UnicodeAttribute()
    created_at = UnicodeAttribute()
    upgrades = (with_names,)
