"""What can be done with a book of addresses?"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from chalicelib.addresses import rules, store
from chalicelib.addresses.enums import AddressUse
from chalicelib.addresses.errors import AddressNotFound
from chalicelib.addresses.models import Address, AddressBook
from chalicelib.addresses.rules import Defaults, Place, Wishes
from chalicelib.addresses.schemas import AddressChange, AddressDraft
from chalicelib.core import ids
from chalicelib.core.errors import demand_version
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions

_WISHED_BY = {"is_default_shipping": AddressUse.SHIPPING, "is_default_billing": AddressUse.BILLING}


@dataclass(frozen=True)
class KeptAddress:
    """An address, and what it is the default for."""

    id: str
    place: Place
    default_for: frozenset[AddressUse]
    version: int


def addresses_of(user_id: str) -> list[KeptAddress]:
    """Return all addresses of a user, the oldest first."""
    book, addresses = store.whole_book(user_id)
    defaults = book.defaults if book else {}
    return [_kept(address, defaults) for address in addresses]


def get(user_id: str, address_id: str) -> KeptAddress:
    """Return one of a user's addresses. Raises ``AddressNotFound``, for somebody else's too."""
    address, book = _found(user_id, address_id)
    return _kept(address, book.defaults)


def add(user_id: str, draft: AddressDraft) -> KeptAddress:
    """Put an address into a user's book.

    Raises ``AddressBookFull``, ``AddressRegionUnknown`` or ``AddressPhoneInvalid``.
    """
    place, wishes = _understood(draft.model_dump(), draft.model_fields_set)
    known = store.find_book(user_id)
    book = known or AddressBook.at(keys.address_book(user_id), user_id=user_id)
    rules.demand_room(book.address_count, settings.addresses_limit)
    address_id = ids.new("adr")
    address = Address.at(
        keys.address(user_id, address_id),
        address_id=address_id,
        user_id=user_id,
        place=rules.fitting(Place(**place)),
    )
    book.address_count += 1
    book.defaults = rules.with_wishes(book.defaults, address_id, rules.wishes_for_new(book.defaults, wishes))
    with transactions.write() as work:
        work.create(address)
        if known is None:
            work.create(book)
        else:
            work.save(book)
    return _kept(address, book.defaults)


def change(user_id: str, address_id: str, change: AddressChange, *, if_version: int | None = None) -> KeptAddress:
    """Change what is given. Address and book are each written only if they change, and then together.

    Raises ``AddressNotFound``, ``PreconditionFailed``, ``AddressRegionUnknown`` or ``AddressPhoneInvalid``.
    """
    address, book = _found(user_id, address_id, if_version)
    changes, wishes = _understood(change.model_dump(exclude_unset=True), change.model_fields_set)
    place = rules.fitting(Place(**{**asdict(address.place), **changes}))
    defaults = rules.with_wishes(book.defaults, address_id, wishes)
    with transactions.write() as work:
        if place != address.place:
            address.place = place
            work.save(address)
        if defaults != book.defaults:
            book.defaults = defaults
            work.save(book)
    return _kept(address, defaults)


def remove(user_id: str, address_id: str, *, if_version: int | None = None) -> None:
    """Delete an address; what it was the default for has none then.

    Raises ``AddressNotFound`` or ``PreconditionFailed``.
    """
    address, book = _found(user_id, address_id, if_version)
    book.address_count -= 1
    book.defaults = rules.without(book.defaults, address_id)
    with transactions.write() as work:
        work.delete(address, when=Address.version == address.version)
        work.save(book)


def _found(user_id: str, address_id: str, if_version: int | None = None) -> tuple[Address, AddressBook]:
    address, book = store.address_with_book(user_id, address_id)
    if address is None or book is None:
        raise AddressNotFound()
    demand_version(if_version, address.version)
    return address, book


def _understood(given: Mapping[str, Any], named: set[str]) -> tuple[dict[str, Any], Wishes]:
    """Part what is said of the place from what is wished of the address."""
    place = {name: value for name, value in given.items() if name not in _WISHED_BY}
    return place, {use: given[name] for name, use in _WISHED_BY.items() if name in named}


def _kept(address: Address, defaults: Defaults) -> KeptAddress:
    uses = frozenset(use for use, named in defaults.items() if named == address.address_id)
    return KeptAddress(address.address_id, address.place, uses, address.version)
