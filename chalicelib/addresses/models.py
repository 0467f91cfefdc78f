"""What is stored of addresses? One item each under its owner, and a book that says which ones are defaults."""

from collections.abc import Mapping

from chalicelib.addresses.enums import AddressUse
from chalicelib.addresses.rules import Place
from chalicelib.core.storage.attributes import IntegerAttribute, UnicodeAttribute, ValueAttribute
from chalicelib.core.storage.table import VersionedItem


class Address(VersionedItem, discriminator="address"):
    """One address of a user."""

    address_id = UnicodeAttribute()
    user_id = UnicodeAttribute()
    place = ValueAttribute[Place](Place)


class AddressBook(VersionedItem, discriminator="address_book"):
    """How many addresses a user has, and the one default for each use: a change of it is one write."""

    user_id = UnicodeAttribute()
    address_count = IntegerAttribute(default=0)
    defaults = ValueAttribute[Mapping[AddressUse, str]](Mapping[AddressUse, str], default=dict)
