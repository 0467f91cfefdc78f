"""What if several people do it at once? One of them is first, and nothing is done twice or by half."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.core.storage import keys
from chalicelib.core.storage.table import partition
from chalicelib.vendors import service as vendors
from tests.support.account import Account
from tests.support.calling import Client, Response
from tests.vendors.builders import (
    HANA,
    a_draft,
    a_reviewer,
    an_app,
    an_applicant,
    an_application,
    as_it_is,
    the_standing,
)

AT_ONCE = 4


def all_at_once(client: Client, *calls: Callable[[Client], Response]) -> list[Response]:
    """Each call by a client of its own, all together; one app serves one thread."""
    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(lambda call: call(Client(an_app(), **client.headers)), calls))


def test_who_applies_many_times_at_once_has_applied_once(aws: Account) -> None:
    hana = an_applicant(HANA)

    answers = all_at_once(hana, *[lambda each: each.post("/vendor-applications", a_draft())] * AT_ONCE)

    assert Counter(answer.status for answer in answers) == {201: 1, 409: AT_ONCE - 1}
    assert {answer.code for answer in answers if answer.status == 409} == {"vendor_application_open"}
    assert len(hana.get("/vendor-applications/mine").json["items"]) == 1


@pytest.mark.parametrize("attempt", range(3))
def test_one_of_approval_rejection_and_withdrawal_wins(aws: Account, attempt: int) -> None:
    application = an_application(HANA)
    reviewer, hana = a_reviewer(), an_applicant(HANA)
    path = f"/staff/vendor-applications/{application.application_id}"

    answers = all_at_once(
        reviewer,
        lambda each: each.post(f"{path}/approval"),
        lambda each: each.post(f"{path}/rejection", {"reasons": ["No."]}),
        lambda each: each.signed_with(hana.headers["authorization"].removeprefix("Bearer ")).post(
            f"/vendor-applications/{application.application_id}/withdrawal"
        ),
    )

    assert sorted(answer.status for answer in answers) == [201, 409, 409], [answer.text for answer in answers]
    (winner,) = (answer.json for answer in answers if answer.status == 201)
    stored = as_it_is(application)
    assert (stored.status, stored.version) == (winner["status"], 2)
    assert (the_standing(HANA).vendor_id is not None) == (stored.status == "approved")
    assert len(vendors.all_vendors(None, 10).items) == (1 if stored.status == "approved" else 0)
    assert partition(keys.owner(HANA), prefix="OPEN_VENDOR_APPLICATION") == []


def test_an_approval_sent_many_times_at_once_makes_one_vendor(aws: Account) -> None:
    application = an_application(HANA)
    path = f"/staff/vendor-applications/{application.application_id}/approval"

    answers = all_at_once(a_reviewer(), *[lambda each: each.post(path)] * AT_ONCE)

    assert {(answer.status, answer.text) for answer in answers} == {(201, answers[0].text)}
    assert len(vendors.all_vendors(None, 10).items) == 1
    assert the_standing(HANA).number == 2


def test_two_applicants_are_approved_side_by_side(aws: Account) -> None:
    waiting = [an_application(f"usr_{number}").application_id for number in range(AT_ONCE)]

    answers = all_at_once(
        a_reviewer(),
        *[
            lambda each, application_id=application_id: each.post(
                f"/staff/vendor-applications/{application_id}/approval"
            )
            for application_id in waiting
        ],
    )

    assert {answer.status for answer in answers} == {201}
    assert len({answer.json["vendor_id"] for answer in answers}) == AT_ONCE
