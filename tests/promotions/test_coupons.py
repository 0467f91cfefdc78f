"""How do codes come to be, one by name or many at random, whatever stops the one who makes them?"""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pynamodb.exceptions import PynamoDBException

from chalicelib.core.storage import promotion_keys as keys
from chalicelib.core.storage.transactions import settled
from chalicelib.promotions import service as promotions
from chalicelib.promotions import store
from chalicelib.promotions.errors import CouponTaken
from chalicelib.promotions.models import Coupon, CouponBatch
from chalicelib.promotions.schemas import CouponBatchDraft, CouponDraft
from tests.promotions.builders import a_claim, some_claims, the
from tests.promotions.defining import a_coupon, a_promotion
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.faults import failing


def a_batch(quantity: int, **members: Any) -> CouponBatch:
    """Order a batch of codes of a new promotion."""
    return promotions.order_batch(a_promotion().promotion_id, CouponBatchDraft(quantity=quantity, **members))


def batch_now(batch: CouponBatch) -> CouponBatch:
    return the(CouponBatch, keys.coupon_batch(batch.promotion_id, batch.batch_id))


def heard(batch: CouponBatch) -> CouponBatch:
    """Let the job hear what its item announced last; return the item as it is then."""
    now = batch_now(batch)
    settled(lambda: promotions.make_page(batch.promotion_id, batch.batch_id, sequence=now.version))
    return batch_now(batch)


def all_made(batch: CouponBatch) -> list[str]:
    """Return every code of a batch that is there, page by page."""
    codes: list[str] = []
    after: str | None = None
    while True:
        found = store.coupons_of(batch.batch_id, after=after, limit=40)
        codes += [each.code for each in found.items]
        after = found.next_after
        if after is None:
            return codes


def test_a_code_is_the_same_however_it_is_written(aws: Account, staff: Client) -> None:
    promotion = a_promotion()
    path = f"/promotions/{promotion.promotion_id}/coupons"

    made = staff.post(path, {"code": "Meskerem10", "uses": 20})

    assert made.status == 201, made.text
    assert made.json["code"] == "MESKEREM10"
    assert (made.json["uses"], made.json["uses_left"]) == (20, 20)
    for written in ("meskerem10", "MESKEREM-10", " Meskerem 10 "):
        assert [each.code for each in promotions.candidates([written]).promotions] == ["MESKEREM10"]
    assert staff.get(path).json["items"] == [made.json]


def test_a_code_leads_to_one_promotion_even_after_that_has_ended(aws: Account) -> None:
    promotion = a_coupon()
    promotions.end_promotion(promotion.promotion_id, if_version=None)

    with pytest.raises(CouponTaken):
        promotions.add_coupon(a_promotion().promotion_id, CouponDraft(code="meskerem10"))


def test_of_many_who_want_a_code_one_gets_it(aws: Account) -> None:
    ids = [a_promotion().promotion_id for _ in range(8)]

    def wants(promotion_id: str) -> bool:
        try:
            promotions.add_coupon(promotion_id, CouponDraft(code="GENNA"))
        except CouponTaken:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(wants, ids)).count(True) == 1


@pytest.mark.parametrize("what", ["coupons", "coupon-batches"])
def test_no_codes_are_made_for_what_everybody_gets_or_what_has_ended(staff: Client, what: str) -> None:
    automatic, ended = a_promotion(is_automatic=True), a_promotion()
    promotions.end_promotion(ended.promotion_id, if_version=None)
    body = {"code": "GENNA"} if what == "coupons" else {"quantity": 5}

    answers = [staff.post(f"/promotions/{each.promotion_id}/{what}", body) for each in (automatic, ended)]

    assert [each.code for each in answers] == ["promotion_automatic", "promotion_ended"]


def test_a_batch_is_made_page_by_page_and_tells_how_far_it_is(aws: Account, staff: Client) -> None:
    batch = a_batch(200, uses_per_code=1, prefix="genna")

    made = [heard(batch).made for _ in range(3)]

    assert made == [95, 190, 200]
    codes = all_made(batch)
    assert len(set(codes)) == 200
    assert all(re.fullmatch(r"GENNA[2-9A-HJKMNP-TW-Z]{12}", code) for code in codes)
    assert batch_now(batch).event is None
    (told,) = staff.get(f"/promotions/{batch.promotion_id}/coupon-batches").json["items"]
    assert (told["made"], told["quantity"], told["prefix"]) == (200, 200, "GENNA")


def test_news_that_comes_twice_or_late_makes_no_code_twice(aws: Account) -> None:
    batch = a_batch(150)
    first = batch_now(batch).version

    for sequence in (first, first, first + 1, first + 1, first + 2, first):
        promotions.make_page(batch.promotion_id, batch.batch_id, sequence=sequence)

    assert len(all_made(batch)) == batch_now(batch).made == 150


@pytest.mark.parametrize("is_carried_out", [False, True])
def test_whoever_dies_at_a_page_leaves_the_next_one_to_go_on(aws: Account, is_carried_out: bool) -> None:
    batch = a_batch(150)
    # Whatever the client library tries again is lost as well.
    crash = failing(
        aws.dynamodb,
        "TransactWriteItems",
        "InternalServerError",
        status=500,
        times=50,
        is_carried_out=is_carried_out,
    )
    with crash, pytest.raises(PynamoDBException):
        heard(batch)

    while batch_now(batch).made < 150:
        heard(batch)

    assert len(all_made(batch)) == 150


def test_a_page_with_a_code_that_somebody_has_is_drawn_anew(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    a_coupon("AAAAAAAAAAAA")
    letters = iter("A" * 12)
    draw = "chalicelib.promotions.rules.codes.secrets.choice"
    original = __import__("secrets").choice
    monkeypatch.setattr(draw, lambda alphabet: next(letters, None) or original(alphabet))
    batch = a_batch(3)

    heard(batch)

    assert len(all_made(batch)) == 3
    assert "AAAAAAAAAAAA" not in all_made(batch)


def test_a_batch_of_a_promotion_that_has_ended_goes_no_further(aws: Account) -> None:
    batch = a_batch(150)
    heard(batch)
    promotions.end_promotion(batch.promotion_id, if_version=None)

    heard(batch)

    assert batch_now(batch).made == 95


def test_the_codes_of_a_batch_tell_their_use(aws: Account, staff: Client) -> None:
    batch = a_batch(3, uses_per_code=2)
    heard(batch)
    code = all_made(batch)[0]
    claim = a_claim(is_code_counted=True, promotion_id=batch.promotion_id, code=code)
    promotions.take("res_1", some_claims(claim))

    path = f"/promotions/{batch.promotion_id}/coupon-batches/{batch.batch_id}/coupons"
    told = staff.get(f"{path}?limit=2").json

    assert [(each["uses"], each["uses_left"]) for each in told["items"]] == [(2, 1), (2, 2)]
    rest = staff.get(f"{path}?limit=2&cursor={told['next_cursor']}").json
    assert [each["code"] for each in [*told["items"], *rest["items"]]] == all_made(batch)
    assert the(Coupon, keys.coupon(code)).batch_id == batch.batch_id


def test_a_batch_belongs_to_its_promotion(aws: Account, staff: Client) -> None:
    batch, other = a_batch(1), a_promotion()

    answer = staff.get(f"/promotions/{other.promotion_id}/coupon-batches/{batch.batch_id}/coupons")

    assert answer.code == "coupon_batch_not_found"
