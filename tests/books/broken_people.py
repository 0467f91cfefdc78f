"""How can what is kept of people be broken?"""

from chalicelib.addresses.enums import AddressUse
from chalicelib.addresses.models import Address, AddressBook
from chalicelib.core.storage import keys
from tests.books.breaking import Breakages
from tests.books.copy_of_table import TableCopy

breakages = Breakages()


@breakages.of("address_books_count_their_addresses")
def a_book_counts_an_address_too_many(table: TableCopy) -> None:
    table.change(table.one(AddressBook), address_count=4)


@breakages.of("address_books_count_their_addresses")
def an_address_is_lost_uncounted(table: TableCopy) -> None:
    defaults = set(table.one(AddressBook).defaults.values())
    address = next(each for each in table.all(Address) if each.address_id not in defaults)
    table.drop(address)


@breakages.of("address_books_count_their_addresses")
def a_book_is_lost(table: TableCopy) -> None:
    table.drop(table.one(AddressBook))


@breakages.of("defaults_are_in_their_book")
def a_default_is_nowhere(table: TableCopy) -> None:
    table.change(table.one(AddressBook), defaults={AddressUse.SHIPPING: "adr_NOWHERE"})


@breakages.of("defaults_are_in_their_book")
def a_default_lies_in_another_book(table: TableCopy) -> None:
    address = table.one(Address)
    mine = AddressBook.at(
        keys.address_book("usr_OTHER"), user_id="usr_OTHER", defaults={AddressUse.BILLING: address.address_id}
    )
    table.add(mine)


@breakages.of("rows_lie_under_their_keys")
def an_address_says_it_is_another(table: TableCopy) -> None:
    defaults = set(table.one(AddressBook).defaults.values())
    address = next(each for each in table.all(Address) if each.address_id not in defaults)
    table.change(address, address_id="adr_OTHER")
