"""Who has an account in the shop that the tests of the books begin with, and what did they do there?"""

from chalicelib.addresses import service as addresses
from chalicelib.addresses.schemas import AddressChange
from chalicelib.carts import service as carts
from chalicelib.users import service as users
from chalicelib.users.enums import Permission, Role
from chalicelib.users.models import Challenge
from chalicelib.vendors import service as vendors
from chalicelib.vendors.rules import Business
from tests.addresses.builders import HANA, an_address

PASSWORD = "seven red baskets in Harar"
A_SKU = "COFFEE-250G"


def people_come() -> None:
    """Let customers, staff and applicants in."""
    _people()
    _addresses()
    _applications()


def _people() -> None:
    """A customer who signed in, and whose guest's cart went into their own."""
    hana = users.contact_of("hana@coffee.example", None)
    user_id = users.register(hana, password=PASSWORD, name="Hana", locale="am")
    users.sign_in(hana, PASSWORD, users.Device())
    users.begin_second_factor(user_id)
    for asked in (users.ask_for_contact(user_id, users.contact_of(None, "0911223344")), _sign_up("dawit")):
        message = users.outgoing(asked.challenge_id)
        assert message is not None
        if asked.user_id:
            users.confirm_contact(user_id, asked.challenge_id, message.code)
        else:
            users.confirm_sign_up(asked.challenge_id, message.code)
    _keeper()
    _sign_up("who-never-answers")
    guest = carts.open_cart(None, None)
    carts.add_line(guest.cart.cart_id, guest.cart.cart_id, sku=A_SKU, quantity=2)
    carts.open_cart(user_id, guest.token)
    carts.open_cart(None, None)


def _keeper() -> None:
    """An admin, and somebody who keeps the stock."""
    admin_id, keeper_id = (
        users.register(users.contact_of(f"{name}@shop.example", None), password=PASSWORD, name=name, locale="en")
        for name in ("owner", "keeper")
    )
    users.make_admin(users.contact_of("owner@shop.example", None))
    users.grant(keeper_id, roles=[Role.STAFF], permissions=[Permission.STOCK_MANAGE], actor_id=admin_id)


def _sign_up(name: str) -> Challenge:
    contact = users.contact_of(f"{name}@coffee.example", None)
    return users.sign_up(contact, password=PASSWORD, name=name, locale="en")


def _applications() -> None:
    """Applications of every state, each of somebody else."""
    business = Business("Weavers", {"am": "ሸማኔዎች"}, "weavers@example.com", "+251911223344", "Gabi, woven by hand.")
    made = []
    for number in range(4):
        contact = users.contact_of(f"weaver-{number}@coffee.example", None)
        applicant_id = users.register(contact, password=PASSWORD, name="Weaver", locale="am")
        made.append(vendors.apply(applicant_id, business))
    vendors.withdraw(made[0].applicant_id, made[0].application_id)
    vendors.reject(made[1].application_id, reasons=["The licence has expired."], by="usr_KEEPER")
    vendors.approve(made[2].application_id, by="usr_KEEPER")


def _addresses() -> None:
    """Some addresses of one user, one of them for each use, after one was deleted."""
    home = an_address()
    an_address()
    an_address(is_default_billing=True)
    addresses.remove(HANA, an_address().id)
    addresses.change(HANA, home.id, AddressChange(city="Adama"))
