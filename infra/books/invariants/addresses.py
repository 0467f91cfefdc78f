"""Does every address book know its own addresses, and are its defaults among them?"""

from collections import defaultdict

from chalicelib.addresses.models import Address, AddressBook
from chalicelib.core.storage import keys
from infra.books.ledger import Books, Troubles


def address_books_count_their_addresses(books: Books) -> Troubles:
    """A book counts exactly the addresses of its user, each of which lies in a book."""
    kept: dict[str, int] = defaultdict(int)
    for address in books.all(Address):
        kept[address.user_id] += 1
        if books.find(AddressBook, keys.address_book(address.user_id)) is None:
            yield address.key, "lies in no book"
    for book in books.all(AddressBook):
        if book.address_count != kept[book.user_id]:
            yield book.key, f"counts {book.address_count}, and {kept[book.user_id]} are there"


def defaults_are_in_their_book(books: Books) -> Troubles:
    """The one default for a use is an address of that book."""
    for book in books.all(AddressBook):
        for use, address_id in book.defaults.items():
            if books.find(Address, keys.address(book.user_id, address_id)) is None:
                yield book.key, f"names {address_id} for {use}, which is not there"
