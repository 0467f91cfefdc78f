"""Which wallet number pays, and which does not?"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Method:
    name: str
    title: str
    limit: Decimal | None
    paying_wallets: tuple[str, ...]


_WALLETS = ("0900123456", "0900112233", "0900881111")

METHODS = {
    method.name: method
    for method in (
        Method("telebirr", "telebirr", Decimal(75_000), _WALLETS),
        Method("mpesa", "M-Pesa", Decimal(75_000), ("0700123456", "0700112233", "0700881111")),
        Method("cbebirr", "CBEBirr", Decimal(300_000), _WALLETS),
        Method("ebirr", "Coopay-Ebirr", Decimal(30_000), _WALLETS),
        Method("awashbirr", "AwashBirr", Decimal(600_000), _WALLETS),
        Method("amole", "Amole", Decimal(250_000), _WALLETS),
    )
}


def method_for(wallet: str) -> str:
    """Guess the method of a number that came without one."""
    return "mpesa" if wallet.startswith("07") else "telebirr"


def takes(method: Method, amount: Decimal, currency: str) -> bool:
    return currency != "ETB" or method.limit is None or amount <= method.limit


def refusal(method_name: str, wallet: str, amount: Decimal, currency: str) -> str | None:
    """Why this wallet does not pay this amount, or None when it does."""
    method = METHODS.get(method_name)
    if method is None:
        return "This payment method is not known."
    if not takes(method, amount, currency):
        return f"{method.title} takes at most {method.limit:,} birr per payment."
    if wallet not in method.paying_wallets:
        return "The wallet declined this payment."
    return None
