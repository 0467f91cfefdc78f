"""How do staff define, read, change and end promotions?"""

import json
from typing import Any

import pytest

from chalicelib.promotions import service as promotions
from tests.core.shelves import notes
from tests.promotions.builders import a_claim, some_claims, uses_left
from tests.promotions.defining import a_draft, a_promotion
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.recorded_calls import recording
from tests.support.tokens import token_for

NEW_YEAR = "2026-09-11T00:00:00+03:00"


def automatic() -> list[str]:
    """Return the ids of the promotions that every quote gets."""
    return [each.id for each in promotions.candidates([]).promotions]


def made(staff: Client, **members: Any) -> dict[str, Any]:
    answer = staff.post("/promotions", a_draft(**{"is_automatic": False, **members}))
    assert answer.status == 201, answer.text
    found: dict[str, Any] = answer.json
    return found


@pytest.mark.parametrize(
    "discount",
    [
        {"kind": "percentage", "percent": "12.5"},
        {"kind": "fixed", "amount": {"amount": 5_000, "currency": "ETB"}},
        {"kind": "free_shipping"},
        {"kind": "buy_x_get_y", "buy_quantity": 2, "get_quantity": 1, "percent": "100"},
    ],
    ids=lambda discount: discount["kind"],
)
def test_each_kind_of_promotion_is_told_as_it_was_sent(staff: Client, discount: dict[str, Any]) -> None:
    promotion = made(staff, discount=discount)

    told = staff.get(f"/promotions/{promotion['id']}").json["discount"]

    assert {name: value for name, value in told.items() if value is not None} == discount


def test_a_promotion_tells_all_that_was_defined(staff: Client) -> None:
    scope = {"product_ids": ["prd_1"], "category_ids": ["coffee"], "brand_ids": [], "vendor_ids": ["ven_GEDEO"]}
    minimum = {"amount": 50_000, "currency": "ETB"}
    terms = {"scope": scope, "minimum_spend": minimum, "priority": 7, "is_stackable": True}

    promotion = made(staff, **terms, starts_at=NEW_YEAR, limits={"uses": 100, "uses_per_customer": 1})

    told = staff.get(f"/promotions/{promotion['id']}").json
    assert {name: told[name] for name in terms} == terms
    assert (told["starts_at"], told["ends_at"]) == ("2026-09-10T21:00:00.000000Z", None)
    assert told["limits"] == {"uses": 100, "uses_per_customer": 1, "uses_left": 100}
    assert told["name"] == {"en": "New year", "am": "አዲስ ዓመት"}
    assert (told["status"], told["is_automatic"]) == ("active", False)


def test_promotions_are_listed_newest_first(staff: Client) -> None:
    ids = [made(staff)["id"] for _ in range(3)]

    first = staff.get("/promotions?limit=2").json
    second = staff.get(f"/promotions?limit=2&cursor={first['next_cursor']}").json

    assert [each["id"] for each in [*first["items"], *second["items"]]] == ids[::-1]


def test_an_automatic_promotion_is_written_with_the_list_of_them_in_one_transaction(
    aws: Account, staff: Client
) -> None:
    with recording(aws.dynamodb) as calls:
        promotion = a_promotion(is_automatic=True)

    assert calls.operations == ["GetItem", "TransactWriteItems"]
    assert automatic() == [promotion.promotion_id]


def test_a_coupon_promotion_is_nobodys_without_a_code(staff: Client) -> None:
    made(staff)

    assert automatic() == []


def test_what_is_changed_is_changed_for_every_quote(staff: Client) -> None:
    promotion = made(staff, is_automatic=True)

    answer = staff.call("PUT", f"/promotions/{promotion['id']}", a_draft(priority=9), if_match='"1.a"')

    assert (answer.status, answer.json["priority"]) == (200, 9)
    assert [each.priority for each in promotions.candidates([]).promotions] == [9]


def test_who_read_an_older_version_changes_nothing(staff: Client) -> None:
    promotion = made(staff)
    path = f"/promotions/{promotion['id']}"
    staff.call("PUT", path, a_draft(priority=1), if_match='"1.a"')

    assert staff.call("PUT", path, a_draft(priority=2), if_match='"1.a"').status == 412
    assert staff.call("PUT", path, a_draft(priority=2)).status == 428
    assert staff.get(path).json["priority"] == 1


def test_an_ended_promotion_is_over_at_once_and_for_good(staff: Client) -> None:
    promotion = made(staff, is_automatic=True)
    path = f"/promotions/{promotion['id']}"

    assert staff.delete(path, if_match='"1.a"').status == 204

    assert automatic() == []
    assert staff.get(path).json["status"] == "ended"
    assert staff.call("PUT", path, a_draft(), if_match='"2.a"').code == "promotion_ended"
    assert staff.delete(path, if_match='"2.a"').status == 204


def test_an_automatic_promotion_has_no_limits(staff: Client) -> None:
    answer = staff.post("/promotions", a_draft(is_automatic=True, limits={"uses": 5}))

    assert (answer.status, answer.code) == (409, "promotion_automatic")


@pytest.mark.parametrize("member", ["minimum_spend", "discount"])
def test_amounts_are_in_the_shops_currency(staff: Client, member: str) -> None:
    dollars = {"amount": 100, "currency": "USD"}
    value = dollars if member == "minimum_spend" else {"kind": "fixed", "amount": dollars}

    answer = staff.post("/promotions", a_draft(is_automatic=False, **{member: value}))

    assert (answer.status, answer.code) == (409, "promotion_currency")


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"ends_at": NEW_YEAR, "starts_at": NEW_YEAR}, "ends_too_soon"),
        ({"discount": {"kind": "percentage", "percent": "0"}}, "string_pattern_mismatch"),
        ({"discount": {"kind": "percentage", "percent": "100.01"}}, "string_pattern_mismatch"),
        ({"discount": {"kind": "fixed", "percent": "10"}}, "missing"),
        ({"discount": {"kind": "lottery"}}, "union_tag_invalid"),
        ({"scope": {"brand_ids": ["a", "a"]}}, "repeated"),
        ({"limits": {"uses": 0}}, "greater_than_equal"),
    ],
)
def test_what_makes_no_sense_is_refused(staff: Client, members: dict[str, Any], code: str) -> None:
    answer = staff.post("/promotions", a_draft(is_automatic=False, **members))

    assert answer.status == 422
    assert code in {error["code"] for error in answer.json["errors"]}


def test_there_are_only_so_many_automatic_promotions(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOMATIC_PROMOTIONS_LIMIT", "2")
    for _ in range(2):
        made(staff, is_automatic=True)

    answer = staff.post("/promotions", a_draft(is_automatic=True))

    assert (answer.code, answer.json["unit"]) == ("automatic_promotions_full", "promotions")
    assert len(staff.get("/promotions").json["items"]) == 2


def test_automatic_promotions_fit_one_read(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOMATIC_PROMOTIONS_LIMIT_BYTES", "1500")
    scope = {"product_ids": [f"prd_{number:026}" for number in range(30)]}
    made(staff, is_automatic=True, scope=scope)

    answer = staff.post("/promotions", a_draft(is_automatic=True, scope=scope))

    assert (answer.code, answer.json["unit"]) == ("automatic_promotions_full", "bytes")


def test_what_is_over_makes_room_among_the_automatic_ones(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOMATIC_PROMOTIONS_LIMIT", "1")
    made(staff, is_automatic=True, ends_at="2020-01-01T00:00:00Z")

    promotion = made(staff, is_automatic=True)

    assert automatic() == [promotion["id"]]


def test_a_limit_is_moved_and_what_is_used_stays_used(staff: Client) -> None:
    promotion = made(staff, limits={"uses": 3})
    path, promotion_id = f"/promotions/{promotion['id']}", promotion["id"]
    for number in range(2):
        promotions.take(f"res_{number}", some_claims(a_claim(is_counted=True, promotion_id=promotion_id)))

    raised = staff.call("PUT", path, a_draft(limits={"uses": 10}), if_match='"1.a"')
    refused = staff.call("PUT", path, a_draft(limits={"uses": 1}), if_match='"2.a"')
    lowered = staff.call("PUT", path, a_draft(limits={"uses": 2}), if_match='"2.a"')

    assert raised.json["limits"]["uses_left"] == 8
    assert (refused.code, refused.json["used"]) == ("limit_below_uses", 2)
    assert lowered.json["limits"]["uses_left"] == 0
    assert uses_left(promotion_id) == 0


def test_a_limit_that_was_taken_away_goes_on_where_it_stopped(staff: Client) -> None:
    promotion = made(staff, limits={"uses": 3})
    path, promotion_id = f"/promotions/{promotion['id']}", promotion["id"]
    promotions.take("res_1", some_claims(a_claim(is_counted=True, promotion_id=promotion_id)))

    without = staff.call("PUT", path, a_draft(), if_match='"1.a"').json["limits"]
    again = staff.call("PUT", path, a_draft(limits={"uses": 5}), if_match='"2.a"').json["limits"]

    assert (without["uses"], without["uses_left"]) == (None, None)
    assert (again["uses"], again["uses_left"]) == (5, 4)


def test_a_promotion_that_had_no_limit_gets_one(staff: Client) -> None:
    promotion = made(staff)

    limits = {"uses": 5, "uses_per_customer": None}
    answer = staff.call("PUT", f"/promotions/{promotion['id']}", a_draft(limits=limits), if_match='"1.a"')

    assert answer.json["limits"] == limits | {"uses_left": 5}


def test_staff_changes_are_noted_field_by_field(staff: Client) -> None:
    promotion = made(staff, is_automatic=True)
    staff.call("PUT", f"/promotions/{promotion['id']}", a_draft(priority=3, is_stackable=True), if_match='"1.a"')

    note = notes()[-1]

    assert note["subject"] == promotion["id"]
    assert {field for field, *_ in note["changes"]} == {"priority", "is_stackable"}


def test_what_nobody_defined_is_not_found(staff: Client) -> None:
    for path in ("/promotions/prm_NONE", "/promotions/prm_NONE/coupons", "/promotions/prm_NONE/coupon-batches"):
        assert staff.get(path).code == "promotion_not_found"


def test_whoever_may_not_keep_promotions_is_turned_away(staff: Client) -> None:
    stranger = Client(staff.app).signed_with(token_for(permissions=["catalog.manage"]))

    assert stranger.post("/promotions", json.dumps(a_draft(is_automatic=True))).status == 403
    assert automatic() == []
