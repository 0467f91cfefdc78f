"""If the same request comes twice, is it carried out once and answered alike?"""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.core.http import idempotency
from chalicelib.core.http.access import ANONYMOUS, Caller
from chalicelib.core.http.errors import RequestInProgress
from chalicelib.core.http.operation import Operation
from chalicelib.core.http.reply import Reply
from chalicelib.core.http.request import Request
from chalicelib.core.storage import connection, transactions
from chalicelib.core.tokens import guest_token
from tests.core.notes import an_app, notes, router, take
from tests.support.account import TABLE, Account
from tests.support.calling import Client
from tests.support.faults import failing
from tests.support.recorded_calls import recording

COFFEE = {"text": "coffee"}


@pytest.fixture
def client(aws: Account) -> Client:
    return Client(an_app())


def the(name: str) -> Operation:
    return next(operation for operation in router.operations if operation.id == name)


def a_request(text: str = "coffee", key: str = "key-1") -> Request:
    """Return a request as the gateway would give it to one process."""
    headers = {"idempotency-key": key}
    return Request("POST", "/notes", "/notes", {}, {}, headers, json.dumps({"text": text}).encode())


def a_claim(request: Request | None = None, caller: Caller = ANONYMOUS) -> idempotency.Claim:
    claim = idempotency.claim(the("take_note"), request or a_request(), caller)
    assert claim is not None
    return claim


def stored_replies() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = connection.table().connection.client.scan(TableName=TABLE)["Items"]
    return [row for row in rows if row["kind"] == {"S": "stored_reply"}]


def test_the_same_key_replays_status_headers_and_body(client: Client) -> None:
    first = client.post("/notes", COFFEE, idempotency_key="key-1")
    second = client.post("/notes", COFFEE, idempotency_key="key-1")

    assert (first.status, second.status, second.text) == (201, 201, first.text)
    assert second.headers["location"] == first.headers["location"]
    assert second.headers["etag"] == first.headers["etag"]
    assert (first.headers.get("idempotency-replayed"), second.headers["idempotency-replayed"]) == (None, "true")
    assert notes() == ["coffee"]


def test_it_costs_exactly_one_write_more(client: Client, aws: Account) -> None:
    with recording(aws.dynamodb) as plain:
        client.post("/notes", COFFEE)
    with recording(aws.dynamodb) as keyed:
        client.post("/notes", COFFEE, idempotency_key="key-1")
    with recording(aws.dynamodb) as replayed:
        client.post("/notes", COFFEE, idempotency_key="key-1")

    assert plain.operations == ["PutItem"]
    assert keyed.operations == ["PutItem", "TransactWriteItems"]
    assert replayed.operations == ["PutItem", "GetItem"]


def test_a_key_with_another_body_is_refused(client: Client) -> None:
    signed = client.signed_with(guest_token("crt_1"))
    signed.post("/notes", COFFEE, idempotency_key="key-1")

    answer = signed.post("/notes", {"text": "tea"}, idempotency_key="key-1")

    assert (answer.status, answer.code) == (422, "idempotency_key_reused")
    assert notes() == ["coffee"]


def test_a_key_belongs_to_its_caller(client: Client) -> None:
    hana, dawit = (client.signed_with(guest_token(cart)) for cart in ("crt_1", "crt_2"))

    answers = [who.post("/notes", COFFEE, idempotency_key="key-1") for who in (hana, dawit)]

    assert [answer.json["by"] for answer in answers] == ["crt_1", "crt_2"]
    assert notes() == ["coffee", "coffee"]


def test_a_key_belongs_to_its_route(client: Client) -> None:
    client.post("/notes", COFFEE, idempotency_key="key-1")
    client.post("/must_notes", COFFEE, idempotency_key="key-1")

    assert notes() == ["coffee", "coffee"]


def test_strangers_who_chose_the_same_key_do_not_meet(client: Client) -> None:
    """Anonymous callers have no id, so what they send is part of the scope."""
    answers = [client.post("/notes", {"text": text}, idempotency_key="1") for text in ("coffee", "tea")]

    assert [answer.status for answer in answers] == [201, 201]
    assert notes() == ["coffee", "tea"]


def test_a_key_belongs_to_the_thing_that_was_asked_for(client: Client) -> None:
    one, another = take("one"), take("another")
    signed = client.signed_with(guest_token("crt_1"))
    signed.delete(f"/notes/{one.note_id}", idempotency_key="key-1")

    answer = signed.delete(f"/notes/{another.note_id}", idempotency_key="key-1")

    assert (answer.status, answer.code) == (422, "idempotency_key_reused")
    assert notes() == ["another"]


def test_a_request_that_is_still_running_is_told_to_wait(client: Client) -> None:
    a_claim()

    answer = client.post("/notes", json.dumps(COFFEE), idempotency_key="key-1")

    assert (answer.status, answer.code, answer.headers["retry-after"]) == (409, "request_in_progress", "1")
    assert notes() == []


def test_a_lease_that_is_over_can_be_taken_over(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IDEMPOTENCY_LEASE_SECONDS", "0")
    a_claim()

    answer = client.post("/notes", json.dumps(COFFEE), idempotency_key="key-1")

    assert answer.status == 201
    assert notes() == ["coffee"]


def test_whoever_lost_the_lease_has_no_effect_any_more(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IDEMPOTENCY_LEASE_SECONDS", "0")
    slow, quick = a_claim(), a_claim()

    def finish(claim: idempotency.Claim, text: str) -> None:
        with transactions.write():
            take(text)
            claim.complete(Reply(201, text))

    finish(quick, "quick")
    with pytest.raises(RequestInProgress):
        finish(slow, "slow")
    slow.release()

    assert notes() == ["quick"]
    assert a_claim().replay == Reply(201, "quick", {"Idempotency-Replayed": "true"})


def test_a_key_that_is_over_is_free_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IDEMPOTENCY_KEPT_SECONDS", "0")

    for _ in range(2):
        assert client.post("/notes", COFFEE, idempotency_key="key-1").status == 201

    assert notes() == ["coffee", "coffee"]


def test_a_refusal_gives_the_key_back(client: Client) -> None:
    for _ in range(2):
        assert client.post("/notes", {"text": "refuse"}, idempotency_key="key-1").status == 409

    assert notes() == []
    assert stored_replies() == []


def test_a_request_that_cannot_be_read_takes_no_key(client: Client) -> None:
    assert client.post("/notes", {"text": ""}, idempotency_key="key-1").status == 422

    assert stored_replies() == []


def test_a_fault_leaves_the_key_to_its_lease(client: Client) -> None:
    first = client.post("/notes", {"text": "break"}, idempotency_key="key-1")
    second = client.post("/notes", {"text": "break"}, idempotency_key="key-1")

    assert (first.status, second.code) == (500, "request_in_progress")
    assert notes() == []


def test_a_large_reply_is_not_kept_but_its_request_is_not_repeated(client: Client) -> None:
    first = client.post("/notes", {"text": "large"}, idempotency_key="key-1")
    second = client.post("/notes", {"text": "large"}, idempotency_key="key-1")

    assert (first.status, second.status, second.code) == (201, 409, "reply_not_kept")
    assert second.json["location"] == first.headers["location"]
    assert notes() == ["large"]


def test_twenty_at_once_have_one_effect(aws: Account) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: Client(an_app()).post("/notes", COFFEE, idempotency_key="key-1"), range(20)))

    assert {answer.status for answer in answers} <= {201, 409}
    assert 201 in {answer.status for answer in answers}
    assert len({answer.text for answer in answers if answer.status == 201}) == 1
    assert notes() == ["coffee"]


def test_a_claim_whose_answer_got_lost_is_still_ones_own(client: Client, aws: Account) -> None:
    """The client library repeats the put, which then meets what it wrote itself."""
    with failing(aws.dynamodb, "PutItem", "InternalServerError", status=500, is_carried_out=True) as fault:
        answer = client.post("/notes", COFFEE, idempotency_key="key-1")

    assert (fault.made, answer.status, notes()) == (1, 201, ["coffee"])


@pytest.mark.parametrize(
    ("path", "key", "code"),
    [
        ("/must_notes", None, "idempotency_key_required"),
        ("/secret_notes", "key-1", "idempotency_key_not_accepted"),
        ("/notes", "", "idempotency_key_invalid"),
        ("/notes", '""', "idempotency_key_invalid"),
        ("/notes", "two words", "idempotency_key_invalid"),
        ("/notes", "ቁልፍ", "idempotency_key_invalid"),
        ("/notes", "k" * 256, "idempotency_key_invalid"),
    ],
)
def test_a_key_that_will_not_do_is_refused(client: Client, path: str, key: str | None, code: str) -> None:
    headers = {} if key is None else {"idempotency_key": key}

    answer = client.post(path, COFFEE, **headers)

    assert (answer.status, answer.code) == (400, code)
    assert notes() == []


def test_a_quoted_key_is_the_same_key(client: Client) -> None:
    """The draft writes it as a structured header, which is quoted."""
    first = client.post("/notes", COFFEE, idempotency_key='"key-1"')
    second = client.post("/notes", COFFEE, idempotency_key="key-1")

    assert second.text == first.text


def test_reading_needs_and_takes_no_key(client: Client) -> None:
    assert client.get("/notes", idempotency_key="key-1").status == 200
    assert stored_replies() == []


def test_secret_replies_are_never_stored(client: Client) -> None:
    assert client.post("/secret_notes", COFFEE).status == 201
    assert stored_replies() == []
