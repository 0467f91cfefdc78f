"""How are addresses found?"""

from chalicelib.addresses.models import Address, AddressBook
from chalicelib.core.storage import keys
from chalicelib.core.storage.table import find, find_many, partition


def whole_book(user_id: str) -> tuple[AddressBook | None, list[Address]]:
    """Return a user's book with all its addresses, the oldest first."""
    found = partition(keys.owner(user_id), prefix=keys.ADDRESSES_PREFIX, consistent=True)
    book = next((item for item in found if isinstance(item, AddressBook)), None)
    return book, [item for item in found if isinstance(item, Address)]


def find_book(user_id: str) -> AddressBook | None:
    """Return a user's book without its addresses."""
    return find(AddressBook, keys.address_book(user_id))


def address_with_book(user_id: str, address_id: str) -> tuple[Address | None, AddressBook | None]:
    """Return one of a user's addresses, and the book that says what it is the default for."""
    found = find_many([keys.address(user_id, address_id), keys.address_book(user_id)])
    address = next((item for item in found if isinstance(item, Address)), None)
    return address, next((item for item in found if isinstance(item, AddressBook)), None)
