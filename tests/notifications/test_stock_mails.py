"""Are a vendor and the keepers of the stock told when goods are low or out: each once, in their own language?"""

import pytest

from chalicelib.core.aws import client
from chalicelib.core.events.event import Event, announcement
from chalicelib.core.storage import transactions
from chalicelib.inventory.events import StockLow, StockOut
from chalicelib.users import service as users
from chalicelib.users.enums import Permission, Role
from chalicelib.vendors import service as vendors
from functions.queues.stock_mails import handler
from infra.local.mailbox.letters import Letter
from tests.catalog.builders import a_category, a_product, a_variant
from tests.notifications.mailing import a_user, failed, mail_in
from tests.support.account import Account
from tests.support.faults import failing

SKU = "COFFEE-250"
VENDOR, KEEPER, OTHER = "gedeo@example.com", "keeper@shop.example", "clerk@shop.example"


@pytest.fixture
def product_id(aws: Account) -> str:
    """Return a product of a vendor's, which staff keep beside it."""
    vendors.register(name="Gedeo Union", names={"am": "የጌዴኦ ዩኒየን"}, email=VENDOR, vendor_id="ven_GEDEO")
    a_category("coffee")
    titles = {"en": "Yirgacheffe coffee", "am": "የይርጋጨፌ ቡና"}
    return a_product(vendor_id="ven_GEDEO", title=titles, variants=[a_variant(SKU)]).product_id


def a_keeper(email: str = KEEPER, *permissions: Permission, locale: str = "en") -> str:
    """Somebody of the staff, to whom an admin gave permissions; return their id."""
    admin = a_user(email=f"admin-of-{email}", name="Admin")
    users.make_admin(users.contact_of(f"admin-of-{email}", None))
    keeper = a_user(email=email, name="Sara", locale=locale)
    given = permissions or (Permission.STOCK_MANAGE,)
    transactions.settled(lambda: users.grant(keeper, roles=[Role.STAFF], permissions=given, actor_id=admin))
    return keeper


def low(product_id: str, left: int = 4) -> Event:
    return StockLow(SKU, product_id, "ven_GEDEO", left)


def deliver(*events: Event) -> list[str]:
    """Let the queue deliver what some watch would announce; return the messages that come again."""
    return failed(handler, *(announcement(each, sequence=1) for each in events))


def letters_by_reader(aws: Account) -> dict[str, Letter]:
    letters = {address: letter for letter in mail_in(aws) for address in letter.to}
    assert len(letters) == len(mail_in(aws))
    return letters


def test_vendor_and_keepers_are_told_what_is_low_and_how_much_is_left(aws: Account, product_id: str) -> None:
    a_keeper()

    assert deliver(low(product_id)) == []

    letters = letters_by_reader(aws)
    assert set(letters) == {VENDOR, KEEPER}
    assert letters[KEEPER].subject == "Low stock: COFFEE-250"
    assert "Hello Sara" in letters[KEEPER].text
    assert "Yirgacheffe coffee (COFFEE-250) was down to 4 on " in letters[KEEPER].text
    assert "Hello Gedeo Union" in letters[VENDOR].text


def test_they_are_told_when_none_is_left(aws: Account, product_id: str) -> None:
    deliver(StockOut(SKU, product_id, "ven_GEDEO"))

    assert letters_by_reader(aws)[VENDOR].subject == "Out of stock: COFFEE-250"


def test_each_reader_is_told_in_their_own_language(aws: Account, product_id: str) -> None:
    a_keeper(locale="am")
    a_user(email=VENDOR, name="Almaz", locale="am")

    deliver(low(product_id))

    letters = letters_by_reader(aws)
    assert {letter.subject for letter in letters.values()} == {"ክምችቱ እያለቀ ነው፦ COFFEE-250"}
    assert "የይርጋጨፌ ቡና (COFFEE-250)" in letters[KEEPER].text
    assert "የጌዴኦ ዩኒየን" in letters[VENDOR].text


def test_a_crossing_is_told_once_however_often_it_is_announced(aws: Account, product_id: str) -> None:
    a_keeper()
    announced = announcement(low(product_id), sequence=2)

    for _ in range(2):
        assert failed(handler, announced, announced) == []

    assert len(mail_in(aws)) == 2


def test_the_next_crossing_is_told_again(aws: Account, product_id: str) -> None:
    deliver(low(product_id), low(product_id, left=2))

    assert len(mail_in(aws)) == 2


def test_who_lost_the_permission_or_never_had_it_is_not_told(aws: Account, product_id: str) -> None:
    a_keeper(OTHER, Permission.CATALOG_MANAGE)
    former = a_keeper()
    admin = users.find_user_id(users.contact_of(f"admin-of-{KEEPER}", None))
    users.grant(former, roles=[Role.STAFF], permissions=[], actor_id=str(admin))

    deliver(low(product_id))

    assert set(letters_by_reader(aws)) == {VENDOR}


def test_whose_account_is_closed_is_not_told(aws: Account, product_id: str) -> None:
    users.deactivate(a_keeper())

    deliver(low(product_id))

    assert set(letters_by_reader(aws)) == {VENDOR}


def test_who_reads_the_vendors_mail_gets_one_letter(aws: Account, product_id: str) -> None:
    a_keeper(VENDOR)

    deliver(low(product_id))

    assert len(mail_in(aws)) == 1


def test_one_letter_that_cannot_leave_keeps_nobody_else_from_theirs(aws: Account, product_id: str) -> None:
    a_keeper()
    announced = announcement(low(product_id), sequence=2)

    with failing(client("ses"), "SendEmail", "MessageRejected"):
        assert failed(handler, announced) == ["message-1"]

    assert set(letters_by_reader(aws)) == {KEEPER}
