"""Do pages follow each other without a gap, and only within their own list?"""

import base64
from itertools import chain

import pytest

from chalicelib.core import tokens
from tests.core.notes import an_app, take
from tests.support.account import Account
from tests.support.calling import Client, Response
from tests.support.recorded_calls import recording


@pytest.fixture
def client(aws: Account) -> Client:
    for number in range(5):
        take(f"note {number}")
    return Client(an_app())


def all_pages(client: Client, limit: int) -> list[list[str]]:
    pages, path = [], f"/notes?limit={limit}"
    while path:
        answer = client.get(path)
        assert answer.status == 200, answer.text
        pages.append([note["text"] for note in answer.json["items"]])
        cursor = answer.json["next_cursor"]
        path = f"/notes?limit={limit}&cursor={cursor}" if cursor else ""
    return pages


@pytest.mark.parametrize("limit", [1, 2, 4, 6])
def test_every_note_is_on_one_page(client: Client, limit: int) -> None:
    assert [*chain(*all_pages(client, limit))] == [f"note {number}" for number in range(5)]


def test_a_page_is_one_query(client: Client, aws: Account) -> None:
    with recording(aws.dynamodb) as calls:
        client.get("/notes?limit=2")

    assert calls.operations == ["Query"]


def test_the_link_leads_to_the_next_page(client: Client) -> None:
    answer = client.get("/notes?limit=2&tag=a%26b")
    link = answer.headers["link"]

    assert link.startswith("<https://shop.test/v1/notes?limit=2&tag=a%26b&cursor=")
    assert link.endswith('>; rel="next"')
    path = link.partition("/v1")[2].partition(">")[0]
    assert [note["text"] for note in client.get(path).json["items"]] == ["note 2", "note 3"]


def test_the_last_page_leads_nowhere(client: Client) -> None:
    answer = client.get("/notes?limit=20")

    assert answer.json["next_cursor"] is None
    assert "link" not in answer.headers


def test_another_size_of_page_may_go_on(client: Client) -> None:
    cursor = client.get("/notes?limit=1").json["next_cursor"]

    rest = client.get(f"/notes?limit=2&cursor={cursor}").json["items"]

    assert [note["text"] for note in rest] == ["note 1", "note 2"]


def refused(answer: Response) -> bool:
    (error,) = answer.json["errors"]
    return (answer.status, error["parameter"], error["code"]) == (422, "cursor", "cursor_invalid")


def test_a_cursor_of_another_filter_is_refused(client: Client) -> None:
    cursor = client.get("/notes?limit=2&tag=red").json["next_cursor"]

    assert refused(client.get(f"/notes?limit=2&tag=blue&cursor={cursor}"))
    assert refused(client.get(f"/notes?limit=2&cursor={cursor}"))


def test_a_cursor_of_another_list_is_refused(client: Client) -> None:
    """Also of the same operation on another thing."""
    cursor = client.get("/shelves/red/notes?limit=2").json["next_cursor"]

    assert client.get(f"/shelves/red/notes?cursor={cursor}").status == 200
    assert refused(client.get(f"/shelves/blue/notes?cursor={cursor}"))
    assert refused(client.get(f"/notes?cursor={cursor}"))


def test_the_link_names_the_thing(client: Client) -> None:
    link = client.get("/shelves/red/notes?limit=2").headers["link"]

    assert link.startswith("<https://shop.test/v1/shelves/red/notes?limit=2&cursor=")


def test_a_changed_cursor_is_refused(client: Client) -> None:
    cursor = client.get("/notes?limit=2").json["next_cursor"]
    text = base64.urlsafe_b64decode(cursor + "==").decode()
    forged = base64.urlsafe_b64encode(text.replace("NOTE#", "NOTE#0").encode()).rstrip(b"=").decode()

    assert forged != cursor
    assert refused(client.get(f"/notes?limit=2&cursor={forged}"))


@pytest.mark.parametrize("cursor", ["", "x", "ዳ", "AAAA", "////", "=", "YQ", "gICA"])
def test_nonsense_is_refused(client: Client, cursor: str) -> None:
    assert refused(client.get(f"/notes?cursor={cursor}"))


def test_a_token_for_something_else_is_no_cursor(client: Client) -> None:
    digest_and_key = "0123456789abcdef|NOTE#1"
    for purpose in ("cursor", "guest"):
        cursor = base64.urlsafe_b64encode(tokens.sign(purpose, digest_and_key).encode()).decode()
        assert refused(client.get(f"/notes?cursor={cursor}"))


def test_the_reader_is_told_what_to_do_instead(client: Client) -> None:
    (error,) = client.get("/notes?cursor=x").json["errors"]
    (in_amharic,) = client.get("/notes?cursor=x", accept_language="am").json["errors"]

    assert error["detail"] == "Use `next_cursor` of this very list."
    assert in_amharic["detail"] == "የዚህኑ ዝርዝር `next_cursor` ይጠቀሙ።"


def test_a_cursor_outlives_the_note_it_points_at(client: Client) -> None:
    page = client.get("/notes?limit=2").json
    client.delete(f"/notes/{page['items'][-1]['id']}")

    rest = client.get(f"/notes?cursor={page['next_cursor']}").json

    assert [note["text"] for note in rest["items"]] == ["note 2", "note 3", "note 4"]
