"""Are buyers told once that their money is on its way back, and once that it is there?"""

import pytest

from chalicelib.checkout.models import Checkout
from chalicelib.checkout.rules import CheckoutStatus, Totals
from chalicelib.core.events.event import Event, announcement
from chalicelib.core.storage import keys, transactions
from chalicelib.payments.events import RefundAsked, RefundCompleted
from chalicelib.payments.models import Refund
from functions.queues.order_mails import handler
from tests.notifications.mailing import failed, mail_in
from tests.support.account import Account
from tests.support.builders import BUYER, RETURN_URL, birr, money_owed_back


def a_refund_of_a_checkout(locale: str) -> Refund:
    refund = money_owed_back()
    checkout = Checkout.at(
        keys.checkout(refund.owner, refund.checkout_id),
        checkout_id=refund.checkout_id,
        owner=refund.owner,
        cart_id="crt_1",
        payment_id=refund.payment_id,
        status=CheckoutStatus.OUT_OF_STOCK,
        pay_by="2026-11-25T10:00:00Z",
        email=BUYER,
        locale=locale,
        return_url=RETURN_URL,
        totals=Totals(birr(300), birr(0), birr(0), birr(50), birr(350)),
    )
    with transactions.write() as work:
        work.create(checkout)
    return refund


def told(event: type[Event], refund: Refund) -> list[str]:
    """Let the queue have what a refund announces; return the messages that come again."""
    facts = (refund.refund_id, refund.payment_id, refund.checkout_id, refund.owner)
    return failed(handler, announcement(event(*facts), sequence=1))


@pytest.mark.parametrize(
    ("event", "locale", "subject", "sentence"),
    [
        (RefundAsked, "en", "Your money is on its way back", "ETB 350.00 that you paid goes back to you"),
        (RefundCompleted, "en", "Your money is back", "ETB 350.00 that you paid has gone back to you."),
        (RefundAsked, "am", "ገንዘብዎ በመመለስ ላይ ነው", "የከፈሉት 350.00 ብር"),
        (RefundCompleted, "am", "ገንዘብዎ ተመልሷል", "የከፈሉት 350.00 ብር"),
    ],
)
def test_the_buyer_is_told_once_in_the_language_of_the_purchase(
    aws: Account, event: type[Event], locale: str, subject: str, sentence: str
) -> None:
    refund = a_refund_of_a_checkout(locale)

    assert [told(event, refund), told(event, refund)] == [[], []]

    (letter,) = mail_in(aws)
    assert (letter.to, letter.subject) == ((BUYER,), subject)
    assert sentence in letter.text


def test_a_purchase_that_is_forgotten_has_nobody_to_tell(aws: Account) -> None:
    assert told(RefundCompleted, money_owed_back()) == []

    assert mail_in(aws) == []
