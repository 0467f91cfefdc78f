"""How can address books refuse?"""

from chalicelib.core.errors import Conflict, Malformed, NotFound


class AddressNotFound(NotFound):
    code = "address_not_found"


class AddressBookFull(Conflict):
    """The book holds as many addresses as one may; facts: ``limit``."""

    code = "address_book_full"


class AddressRegionUnknown(Malformed):
    """An address in Ethiopia names none of its regions; facts: their codes, ``regions``."""

    code = "address_region_unknown"


class AddressPhoneInvalid(Malformed):
    """Neither an Ethiopian mobile number nor an international one."""

    code = "address_phone_invalid"
