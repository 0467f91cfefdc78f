"""Is cash on delivery agreed only where it may be, and collected once and exactly?"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.core.money import Money
from chalicelib.core.storage.transactions import settled
from chalicelib.payments import rules, service
from chalicelib.payments.errors import PaymentMethodUnavailable, PaymentNotUsable
from chalicelib.payments.models import Payment
from chalicelib.payments.rules import PaymentMethod, PaymentStatus
from chalicelib.payments.service import Closing, Opening
from functions.api.payments import app
from tests.payments.builders import PAGE, open_page
from tests.support.account import Account
from tests.support.builders import a_payment, birr, the_payment
from tests.support.calling import Client, Response
from tests.support.chapa import Till
from tests.support.tokens import token_for

CASH = PaymentMethod.CASH_ON_DELIVERY
LIMITS = "CASH_ON_DELIVERY_LIMITS"


def an_agreed_payment(amount: Money | None = None) -> None:
    a_payment(amount, method=CASH)
    assert open_page() == (Opening.SETTLED, None)


def a_payment_to_collect(payment_id: str = "pmt_1") -> Payment:
    a_payment(payment_id=payment_id, method=CASH)
    settled(lambda: service.open_page(payment_id, PAGE))
    service.redeem(the_payment(payment_id))
    return the_payment(payment_id)


def collected(amount: int, *, payment_id: str = "pmt_1", **headers: str) -> Response:
    body = {"amount": {"amount": amount, "currency": "ETB"}}
    return courier().post(f"/payments/{payment_id}/collection", body, **headers)


def courier() -> Client:
    return Client(app).signed_with(token_for(user_id="usr_dawit", permissions=["payments.collect"]))


# Where it may be


@pytest.mark.parametrize(
    ("amount", "country", "city", "is_taken"),
    [
        (birr(5_000), "ET", "Adama", True),
        (Money(500_001, "ETB"), "ET", "Adama", False),
        (birr(1), "KE", "Nairobi", True),
        (birr(1), "KE", "Mombasa", False),
        (birr(1), "ke", " nairobi ", True),
        (birr(1), "DJ", "", False),
        (Money(1_000, "USD"), "ET", "Adama", True),
        (Money(1_001, "USD"), "ET", "Adama", False),
        (Money(1, "EUR"), "ET", "Adama", False),
    ],
)
def test_cash_is_taken_up_to_a_limit_by_currency_and_only_in_some_places(
    amount: Money, country: str, city: str, is_taken: bool
) -> None:
    limits = rules.cash_limits(["ETB:500000", "usd : 1000"])

    assert rules.takes_cash(amount, country=country, city=city, limits=limits, places=["ET", "KE:Nairobi"]) is is_taken


def test_nobody_pays_on_delivery_until_the_shop_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    here = {"country": "ET", "city": "Adama"}

    with pytest.raises(PaymentMethodUnavailable) as refused:
        service.demand_offered(CASH, birr(1), **here)
    assert refused.value.facts == {"payment_method": CASH}

    monkeypatch.setenv(LIMITS, "ETB:100")
    service.demand_offered(CASH, birr(1), **here)


# Agreed, and taken back


def test_cash_is_agreed_without_a_provider(till: Till) -> None:
    an_agreed_payment()

    assert the_payment().status == PaymentStatus.AGREED
    assert service.is_covered(the_payment())
    assert till.calls() == []


def test_a_total_of_zero_is_settled_whatever_was_chosen(till: Till) -> None:
    for method in (PaymentMethod.CHAPA, CASH):
        payment_id = f"pmt_{method}"
        a_payment(birr(0), payment_id=payment_id, method=method)
        assert service.open_page(payment_id, PAGE) == (Opening.SETTLED, None)
        service.redeem(the_payment(payment_id))

        done = the_payment(payment_id)
        assert (done.method, done.status) == (PaymentMethod.NOTHING_DUE, PaymentStatus.USED)
    assert service.payments_to_collect(after=None, limit=10).items == []
    assert till.calls() == []


def test_agreeing_again_changes_nothing(aws: Account) -> None:
    an_agreed_payment()
    before = the_payment().version

    assert open_page() == (Opening.SETTLED, None)
    assert the_payment().version == before


def test_an_agreement_is_taken_back_for_ever(aws: Account) -> None:
    an_agreed_payment()

    assert [service.close("pmt_1"), service.close("pmt_1")] == [Closing.CLOSED, Closing.CLOSED]
    assert open_page() == (Opening.CLOSED, None)
    assert not service.is_covered(the_payment())
    with pytest.raises(PaymentNotUsable):
        service.redeem(the_payment())


def test_a_payment_that_was_closed_first_is_never_agreed(aws: Account) -> None:
    a_payment(method=CASH)
    service.close("pmt_1")

    assert open_page() == (Opening.CLOSED, None)
    assert the_payment().status == PaymentStatus.CLOSED


def test_closing_leaves_an_order_alone_that_is_paid_on_delivery(aws: Account) -> None:
    a_payment_to_collect()

    assert service.close("pmt_1") is Closing.CAPTURED
    assert open_page() == (Opening.SETTLED, None)
    assert the_payment().status == PaymentStatus.TO_COLLECT


# Collected


def test_staff_record_the_money_that_came(aws: Account) -> None:
    a_payment_to_collect()

    answer = collected(35_000)

    assert (answer.status, answer.json["status"]) == (200, "collected")
    done = the_payment()
    assert (done.status, done.collected_by, answer.json["collected_at"]) == (
        "collected",
        "usr_dawit",
        done.collected_at,
    )
    assert service.payments_to_collect(after=None, limit=10).items == []


@pytest.mark.parametrize("amount", [34_999, 35_001, 0])
def test_another_amount_is_refused_and_recorded_nowhere(aws: Account, amount: int) -> None:
    before = a_payment_to_collect()

    answer = collected(amount)

    assert (answer.status, answer.code) == (409, "collection_not_exact")
    assert answer.json["due"] == {"amount": 35_000, "currency": "ETB"}
    assert the_payment().version == before.version


def test_money_comes_once(aws: Account) -> None:
    a_payment_to_collect()
    first = collected(35_000, idempotency_key="at-the-door")

    again = collected(35_000, idempotency_key="at-the-door")
    other = collected(35_000)

    assert (again.status, again.json) == (200, first.json)
    assert (other.status, other.code, other.json["payment_status"]) == (409, "payment_not_collectable", "collected")


def test_only_what_was_ordered_is_collected(aws: Account) -> None:
    an_agreed_payment()

    assert collected(35_000).code == "payment_not_collectable"
    assert collected(35_000, payment_id="pmt_none").code == "payment_not_found"


def test_two_who_record_it_at_once_record_it_once(aws: Account) -> None:
    a_payment_to_collect()
    before = the_payment().version

    with ThreadPoolExecutor(2) as together:
        answers = list(together.map(lambda _: collected(35_000).status, range(2)))

    assert sorted(answers) == [200, 409]
    assert the_payment().version == before + 1


def test_staff_see_what_is_to_be_collected_page_by_page(aws: Account) -> None:
    for number in range(3):
        a_payment_to_collect(f"pmt_{number}")

    first = courier().get("/payments_to_collect?limit=2").json
    rest = courier().get(f"/payments_to_collect?limit=2&cursor={first['next_cursor']}").json

    assert [each["id"] for each in first["items"] + rest["items"]] == ["pmt_0", "pmt_1", "pmt_2"]
    assert {each["method"] for each in first["items"]} == {"cash_on_delivery"}


def test_nobody_else_collects(aws: Account) -> None:
    a_payment_to_collect()
    body = {"amount": {"amount": 35_000, "currency": "ETB"}}

    for caller in (Client(app), Client(app).signed_with(token_for(permissions=["orders.refund"]))):
        assert caller.post("/payments/pmt_1/collection", body).status in (401, 403)
        assert caller.get("/payments/pmt_1").status in (401, 403)
        assert caller.get("/payments_to_collect").status in (401, 403)
