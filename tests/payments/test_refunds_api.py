"""What may staff see and do about money that goes back, and who else may not?"""

from typing import Any

import pytest

from app import app
from chalicelib.payments import service
from chalicelib.payments.rules import RefundProblem
from tests.payments.builders import an_open_payment, refunds, verify
from tests.support.account import Account
from tests.support.builders import money_owed_back, the_payment
from tests.support.calling import Client
from tests.support.chapa import Till
from tests.support.tokens import token_for


def a_keeper() -> Client:
    return Client(app).signed_with(token_for(permissions=["orders.refund"]))


def listed(status: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = a_keeper().get(f"/refunds?status={status}").json["items"]
    return found


def test_staff_see_what_goes_back(till: Till) -> None:
    tx_ref = an_open_payment()
    till.pay(tx_ref)
    verify(tx_ref)
    service.owe_back(the_payment())
    body = tx_ref.removeprefix("pay_")

    [refund] = listed("requested")

    assert a_keeper().get(f"/refunds/{refund['id']}").json == refund
    assert refund.pop("requested_at").endswith("Z")
    assert refund == {
        "id": f"rfd_{body}-no_order",
        "status": "requested",
        "tx_ref": tx_ref,
        "payment_id": "pmt_1",
        "checkout_id": "chk_1",
        "amount": {"amount": 35_000, "currency": "ETB"},
        "reason": "no_order",
        "attempt": 1,
        "asked_as": f"rfd_{body}-no_order",
        "provider_reference": till.known()[0]["reference"],
        "asked_at": None,
        "done_at": None,
        "confirmed_by": None,
        "problem": None,
        "detail": None,
        "note": None,
        "closed_by": None,
    }


def test_staff_see_first_what_needs_them_newest_first(aws: Account) -> None:
    money_owed_back()
    needy = [money_owed_back(RefundProblem.REFUSED).refund_id for _ in range(3)]

    first = a_keeper().get("/refunds?limit=2").json
    rest = a_keeper().get(f"/refunds?limit=2&cursor={first['next_cursor']}").json

    assert [each["id"] for each in first["items"] + rest["items"]] == needy[::-1]


def test_staff_may_ask_once_more(aws: Account) -> None:
    refund = money_owed_back(RefundProblem.REFUSED)

    again = a_keeper().post(f"/refunds/{refund.refund_id}/retries")

    assert again.status == 202
    assert (again.json["status"], again.json["attempt"], again.json["problem"]) == ("requested", 2, None)
    stored = service.get_refund(refund.refund_id)
    assert stored.event is not None
    assert stored.event["type"] == "refund.requested"
    assert listed("needs_attention") == []
    assert [each["id"] for each in listed("requested")] == [refund.refund_id]


def test_staff_may_pay_by_hand_and_say_how(aws: Account) -> None:
    refund = money_owed_back(RefundProblem.LISTED_BEFORE)

    closed = a_keeper().post(f"/refunds/{refund.refund_id}/closure", {"note": " Bank transfer 4711 "})

    assert closed.status == 200
    assert (closed.json["status"], closed.json["note"]) == ("done", "Bank transfer 4711")
    assert closed.json["closed_by"] is not None
    stored = service.get_refund(refund.refund_id)
    assert stored.event is not None
    assert stored.event["type"] == "refund.completed"
    assert a_keeper().post(f"/refunds/{refund.refund_id}/closure", {"note": "Twice"}).status == 409


@pytest.mark.parametrize(("path", "body"), [("retries", None), ("closure", {"note": "Cash"})])
def test_nobody_meddles_with_what_is_under_way(aws: Account, path: str, body: dict[str, str] | None) -> None:
    refund = money_owed_back()

    refused = a_keeper().post(f"/refunds/{refund.refund_id}/{path}", body)

    assert (refused.status, refused.json["code"]) == (409, "refund_needs_nobody")
    assert [each.version for each in refunds()] == [refund.version]


def test_a_closure_tells_how(aws: Account) -> None:
    refund = money_owed_back(RefundProblem.REFUSED)

    for body in ({}, {"note": "  "}, {"note": "x" * 501}):
        assert a_keeper().post(f"/refunds/{refund.refund_id}/closure", body).status == 422


def test_a_refund_that_is_not_there_is_not_found(aws: Account) -> None:
    assert a_keeper().get("/refunds/rfd_none").json["code"] == "refund_not_found"


def test_nobody_else_sees_it(aws: Account) -> None:
    visitor = Client(app)

    assert visitor.get("/refunds").status == 401
    assert visitor.signed_with(token_for()).get("/refunds").status == 403
    assert visitor.signed_with(token_for(permissions=["catalog.manage"])).get("/refunds").status == 403
