"""What does the customer see on the checkout page?"""

from html import escape
from pathlib import Path

from infra.local.chapa.records import TRIES_PER_LINK, Closed, Settings, Transaction
from infra.local.chapa.wallets import METHODS, Method, takes

_STYLE = Path(__file__).with_name("checkout.css").read_text(encoding="utf-8")

_CLOSED_TEXTS = {
    Closed.PAID: ("Payment received", "Thank you. You may go back to the shop."),
    Closed.CANCELLED_BY_CUSTOMER: ("Payment cancelled", "You cancelled this payment. Nothing was taken."),
    Closed.CANCELLED_BY_MERCHANT: (
        "Link no longer valid",
        "The shop withdrew this payment. Nothing was taken.",
    ),
    Closed.TRIES_USED_UP: ("Payment failed", f"All {TRIES_PER_LINK} tries were declined. Nothing was taken."),
    Closed.EXPIRED: ("Link expired", "The time to pay has run out. Nothing was taken."),
}


def open_link(settings: Settings, transaction: Transaction, *, error: str | None) -> str:
    described, alert = ("wallet-help wallet-error", _alert(error, transaction)) if error else ("wallet-help", "")
    body = f"""{_summary(settings, transaction)}
<form class="card" method="post">
{alert}<fieldset><legend>Payment method</legend><div class="methods">{_methods(transaction)}</div></fieldset>
<label class="title" for="wallet">Wallet number</label>
<input type="tel" id="wallet" name="wallet" inputmode="numeric" autocomplete="tel-national" maxlength="14"
 required placeholder="09xxxxxxxx" value="{escape(transaction.wallet or "")}" aria-describedby="{described}">
<p class="soft" id="wallet-help">10 digits, such as 0900123456.</p>
<button type="submit">Pay {_money(transaction)}</button>
{_numbers()}
</form>
<form class="card" method="post">
<h2>Choose the outcome yourself</h2>
<p class="soft">For testing: no wallet number needed.</p>
<div class="row"><button name="outcome" value="pay">Pay</button>
<button name="outcome" value="decline">Decline</button>
<button name="outcome" value="cancel">Cancel</button></div>
</form>
<p class="soft foot">{_remaining(transaction)}</p>"""
    return _document(f"Pay {_money(transaction)} to {settings.merchant_name}", body)


def closed_link(settings: Settings, transaction: Transaction, reason: Closed) -> str:
    title, text = _CLOSED_TEXTS[reason]
    url = transaction.return_url
    back = f'<a class="button" href="{escape(url)}">Back to the shop</a>' if url else ""
    reference = f"Payment reference {transaction.reference}" if reason is Closed.PAID else ""
    body = f"""{_summary(settings, transaction)}
<section class="card" role="status"><h2>{escape(title)}</h2>
<p class="soft">{escape(text)}</p><p class="soft">{escape(reference)}</p>{back}</section>"""
    return _document(title, body)


def unknown_link() -> str:
    body = """<section class="card"><h1>Unknown payment link</h1>
<p class="soft">Please go back to the shop and start the payment again.</p></section>"""
    return _document("Unknown payment link", body)


def tries_left(transaction: Transaction) -> int:
    return max(TRIES_PER_LINK - transaction.tries, 0)


def _document(title: str, body: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><title>{escape(title)}</title><style>{_STYLE}</style></head>
<body><p class="test"><strong>Chapa simulator.</strong> Test mode: no money moves.</p>
<main>{body}</main></body></html>
"""


def _summary(settings: Settings, transaction: Transaction) -> str:
    given = (transaction.customization.get("title"), transaction.customization.get("description"))
    lines = [escape(text) for text in given if isinstance(text, str) and text]
    lines.append(f"Reference {escape(transaction.tx_ref)}")
    return f"""<section class="card"><h1>{escape(settings.merchant_name)}</h1>
<p class="amount">{_money(transaction)}</p>
{"".join(f'<p class="soft">{line}</p>' for line in lines)}</section>"""


def _methods(transaction: Transaction) -> str:
    """The choices, with the last one tried marked, or else the first that takes this amount."""
    usable = [m for m in METHODS.values() if takes(m, transaction.amount, transaction.currency)]
    tried = [method for method in usable if method.name == transaction.method]
    chosen = (tried + usable)[:1]
    return "".join(_method(m, is_usable=m in usable, is_chosen=m in chosen) for m in METHODS.values())


def _method(method: Method, *, is_usable: bool, is_chosen: bool) -> str:
    state = " checked" if is_chosen else "" if is_usable else " disabled"
    note = "" if is_usable else f"<small>up to {method.limit:,} ETB</small>"
    return (
        f'<label class="method"><input type="radio" name="method" value="{method.name}"{state}>'
        f"<span>{escape(method.title)}{note}</span></label>"
    )


def _alert(error: str, transaction: Transaction) -> str:
    return f"""<p class="error" id="wallet-error" role="alert"><strong>{escape(error)}</strong>
Nothing was taken. {_plural(tries_left(transaction), "try", "tries")} left on this link.</p>
"""


def _numbers() -> str:
    wallets, mpesa = METHODS["telebirr"].paying_wallets, METHODS["mpesa"].paying_wallets
    return f"""<details><summary>Test numbers that pay</summary><ul>
<li>M-Pesa: {_codes(mpesa)}</li><li>all others: {_codes(wallets)}</li></ul>
<p class="soft">Any other number is declined.</p></details>"""


def _codes(numbers: tuple[str, ...]) -> str:
    return ", ".join(f"<code>{number}</code>" for number in numbers)


def _remaining(transaction: Transaction) -> str:
    until = transaction.expires_at.strftime("%H:%M")
    return f"{_plural(tries_left(transaction), 'try', 'tries')} left. This link closes at {until} UTC."


def _plural(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _money(transaction: Transaction) -> str:
    return f"{transaction.currency}\u00a0{transaction.amount:,.2f}"
