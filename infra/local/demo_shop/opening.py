"""How does an empty deployment become the demo shop, with people in it?"""

from collections.abc import Callable

from infra.local.demo_shop import requests_for
from infra.local.demo_shop.delivering import plan_delivery
from infra.local.demo_shop.hanging import hang_pictures
from infra.local.demo_shop.loader import load
from infra.local.demo_shop.promoting import define_promotions
from infra.local.demo_shop.shop import Account, Role, Shop, read_shop
from infra.local.demo_shop.wire import Api

Say = Callable[[str], None]


def open_shop(api_url: str, *, admit: Callable[[Account], object], say: Say) -> tuple[Account, ...]:
    """Make the demo accounts, the goods and the vendors' members; return the accounts.

    ``admit`` makes an account as an operator does, without a mail to confirm. May be run again at any time.
    """
    shop = read_shop()
    say(f"Making {len(shop.accounts)} demo accounts")
    for account in shop.accounts:
        admit(account)
    admin = next(account for account in shop.accounts if account.role is Role.ADMIN)
    staff = Api(api_url, token_of(api_url, admin))
    plan_delivery(staff, say)
    loaded = load(api_url, staff.token, say, shop=shop)
    hang_pictures(staff, shop.products, loaded.product_ids, say)
    define_promotions(staff, shop.promotions)
    _admit_members(staff, shop)
    say(f"The demo shop has {loaded.products} products")
    return shop.accounts


def token_of(api_url: str, account: Account) -> str:
    """Sign an account in and return its access token."""
    answer = Api(api_url, "").send(requests_for.session(account))
    return requests_for.id_in(answer.body, field="access_token")


def _admit_members(staff: Api, shop: Shop) -> None:
    for account in shop.accounts:
        if account.vendor_id is not None:
            staff.send(requests_for.member(account.vendor_id, account))
