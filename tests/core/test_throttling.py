"""Does an operation let no more attempts in than its policies say, and tell its callers so?"""

import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.core.http import Api, Keyed, Router, per_account, per_address, public
from chalicelib.core.http.openapi import document
from chalicelib.core.settings import rate
from tests.core.notes import NoteDraft, NoteTaken, NoteView, notes, take
from tests.support.account import TABLE, Account
from tests.support.calling import Client, Response

BAKLAVA = {"text": "baklava"}
# A list of structured strings with whole numbers as parameters (RFC 9651), as draft -11 wants them.
MEMBER = r'"(?P<name>[a-z_]+)"(?P<parameters>(;[a-z]+=\d+)+)'


class Some:
    """Policies of another program."""

    orders_per_table = rate("Orders from one table.", "4/3600")
    orders_per_dish = rate("Orders of one dish.", "2/600")


router = Router("kitchen")
throttles = (per_address(Some.orders_per_table), per_account(Some.orders_per_dish, lambda body: body.text.lower()))


@router.post("/orders", access=public, keyed=Keyed.ACCEPTED, raises=(NoteTaken,), throttles=throttles)
def order_dish(body: NoteDraft) -> NoteView:
    """Order something."""
    note = take(body.text)
    if body.text == "refuse":
        raise NoteTaken(text=body.text)
    return NoteView(id=note.note_id, text=note.text)


@router.get("/menu", access=public, throttles=(per_address(Some.orders_per_table),))
def read_menu() -> NoteView:
    """Read what there is."""
    return NoteView(id="", text="")


@pytest.fixture
def client(aws: Account) -> Client:
    return Client(an_app())


def an_app() -> Api:
    return Api("kitchen", router)


def members(field: str) -> dict[str, dict[str, int]]:
    """Read a RateLimit field, or fail if it is not well-formed."""
    assert re.fullmatch(rf"{MEMBER}(, {MEMBER.replace('?P<name>', '').replace('?P<parameters>', '')})*", field), field
    return {
        found["name"]: {key: int(value) for key, value in re.findall(r";([a-z]+)=(\d+)", found["parameters"])}
        for found in re.finditer(MEMBER, field)
    }


def left(answer: Response) -> dict[str, int]:
    return {name: told["r"] for name, told in members(answer.headers["ratelimit"]).items()}


def test_what_is_left_is_told_with_every_answer(client: Client) -> None:
    first = client.post("/orders", BAKLAVA)
    again = client.post("/orders", {"text": "refuse"})

    assert (first.status, again.status) == (201, 409)
    assert members(first.headers["ratelimit-policy"]) == {
        "orders_per_table": {"q": 4, "w": 3600},
        "orders_per_dish": {"q": 2, "w": 600},
    }
    assert members(first.headers["ratelimit"]) == {
        "orders_per_table": {"r": 3, "t": 900},
        "orders_per_dish": {"r": 1, "t": 300},
    }
    assert left(again) == {"orders_per_table": 2, "orders_per_dish": 1}
    assert "retry-after" not in first.headers


def test_one_attempt_too_many_does_nothing_and_says_when_to_come_back(client: Client) -> None:
    for _ in range(2):
        client.post("/orders", BAKLAVA)

    answer = client.post("/orders", {"text": "BAKLAVA"}, accept_language="en")

    assert (answer.status, answer.code, len(notes())) == (429, "too_many_attempts", 2)
    assert left(answer) == {"orders_per_table": 1, "orders_per_dish": 0}
    seconds = answer.json["retry_after_seconds"]
    assert 290 < seconds <= 300
    assert answer.headers["retry-after"] == str(seconds)
    assert members(answer.headers["ratelimit"])["orders_per_dish"]["t"] == seconds
    assert answer.json["policy"] == "orders_per_dish"
    assert f"after {seconds} seconds" in answer.json["detail"]
    assert answer.headers["content-type"] == "application/problem+json"


def test_it_is_said_in_amharic_too(client: Client) -> None:
    answers = [client.post("/orders", BAKLAVA, accept_language="am") for _ in range(3)]

    assert answers[-1].json["title"] == "ሙከራዎች በዝተዋል"
    assert answers[-1].headers["retry-after"] in answers[-1].json["detail"]


def test_the_first_policy_that_refuses_spares_the_others(client: Client) -> None:
    for text in ("a", "b", "c", "d"):
        client.post("/orders", {"text": text})

    refused = client.post("/orders", BAKLAVA)

    assert (refused.status, refused.json["policy"]) == (429, "orders_per_table")
    assert left(refused) == {"orders_per_table": 0}
    assert set(members(refused.headers["ratelimit-policy"])) == {"orders_per_table", "orders_per_dish"}
    assert left(client.at("203.0.113.7").post("/orders", BAKLAVA)) == {"orders_per_table": 3, "orders_per_dish": 1}


@pytest.mark.parametrize("header", ["x_forwarded_for", "forwarded", "x_real_ip", "cf_connecting_ip", "true_client_ip"])
def test_what_callers_say_of_their_address_is_not_read(client: Client, header: str) -> None:
    answers = [client.post("/orders", {"text": f"dish {n}"}, **{header: f"203.0.113.{n}"}) for n in range(5)]

    assert [answer.status for answer in answers] == [201] * 4 + [429]


def test_one_network_of_ipv6_is_one_address(client: Client) -> None:
    same = [client.at(f"2001:db8:0:1::{n}").post("/orders", {"text": f"dish {n}"}).status for n in range(5)]
    neighbour = client.at("2001:db8:0:2::1").post("/orders", BAKLAVA)

    assert same == [201] * 4 + [429]
    assert neighbour.status == 201


def test_ipv4_written_as_ipv6_is_that_ipv4(client: Client) -> None:
    answers = [client.at(f"::ffff:203.0.113.{n}").post("/orders", {"text": f"dish {n}"}) for n in (7, 8)]
    plain = client.at("203.0.113.7").post("/orders", BAKLAVA)

    assert [left(answer)["orders_per_table"] for answer in (*answers, plain)] == [3, 3, 2]


def test_of_ten_at_once_only_the_quota_is_let_in(aws: Account) -> None:
    clients = [Client(an_app()) for _ in range(10)]

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda client: client.post("/orders", BAKLAVA), clients))

    assert sorted(answer.status for answer in answers) == [201] * 2 + [429] * 8
    assert len(notes()) == 2


def test_what_cannot_be_read_is_not_counted(client: Client) -> None:
    malformed = client.post("/orders", {"text": ""})

    assert (malformed.status, "ratelimit" in malformed.headers) == (422, False)
    assert left(client.post("/orders", BAKLAVA))["orders_per_table"] == 3


def test_a_repeated_request_is_an_attempt_and_its_answer_the_first_one(client: Client) -> None:
    answers = [client.post("/orders", BAKLAVA, idempotency_key="tap-1") for _ in range(3)]

    assert [answer.status for answer in answers] == [201, 201, 429]
    assert answers[1].text == answers[0].text
    assert [left(answer)["orders_per_dish"] for answer in answers] == [1, 0, 0]
    assert len(notes()) == 1


def test_reading_can_be_throttled_too(client: Client) -> None:
    assert [client.get("/menu").status for _ in range(5)] == [200] * 4 + [429]


def test_browsers_may_read_what_they_are_told(client: Client) -> None:
    answer = client.post("/orders", BAKLAVA, origin="https://storefront.test")

    exposed = {name.strip().lower() for name in answer.headers["access-control-expose-headers"].split(",")}
    assert {"ratelimit", "ratelimit-policy", "retry-after"} <= exposed


def test_neither_account_nor_address_is_stored_in_clear(aws: Account, client: Client) -> None:
    client.at("203.0.113.7").post("/orders", BAKLAVA)

    throttled = [row for row in aws.dynamodb.scan(TableName=TABLE)["Items"] if row["kind"] == {"S": "throttle"}]
    assert len(throttled) == 2
    assert not re.search(r"baklava|203\.0\.113", json.dumps(throttled))


def test_the_document_tells_of_policies_headers_and_the_refusal() -> None:
    described = document(router.operations, version="1")["paths"]["/orders"]["post"]

    assert described["x-throttles"] == ["orders_per_table", "orders_per_dish"]
    assert "`too_many_attempts`" in described["responses"]["429"]["description"]
    required = {
        status: {name for name, header in response["headers"].items() if header.get("required")}
        for status, response in described["responses"].items()
    }
    assert {"RateLimit", "RateLimit-Policy", "Retry-After"} <= required["429"]
    assert {"RateLimit", "RateLimit-Policy"} <= required["201"]
    assert "RateLimit" in described["responses"]["409"]["headers"]
    assert "RateLimit" not in required["409"]


def test_what_a_request_that_is_not_counted_hears_nothing_of_is_not_promised() -> None:
    stall = Router("stall")
    seldom = per_address(Some.orders_per_table, when=lambda body: body.text == "for ten")
    stall.post("/orders", access=public, throttles=(seldom,))(order_dish)

    headers = document(stall.operations, version="1")["paths"]["/orders"]["post"]["responses"]["201"]["headers"]

    assert {name: headers[name]["required"] for name in ("RateLimit", "RateLimit-Policy")} == {
        "RateLimit": False,
        "RateLimit-Policy": False,
    }


def test_what_is_told_fits_the_document(client: Client) -> None:
    responses = document(router.operations, version="1")["paths"]["/orders"]["post"]["responses"]

    for answer in [client.post("/orders", BAKLAVA) for _ in range(3)]:
        for name in ("RateLimit", "RateLimit-Policy"):
            pattern = responses[str(answer.status)]["headers"][name]["schema"]["pattern"]
            assert re.search(pattern, answer.headers[name.lower()])


def test_counting_by_a_body_that_is_not_bound_fails_at_import() -> None:
    with pytest.raises(TypeError, match="per_account needs a body"):
        Router("looms").post("/looms", access=public, throttles=throttles)(read_menu)


def test_throttling_what_shared_caches_keep_fails_at_import() -> None:
    with pytest.raises(TypeError, match="shared caches"):
        Router("looms").get("/looms", access=public, is_cacheable=True, throttles=throttles[:1])(read_menu)
