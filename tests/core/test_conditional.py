"""Does nobody read what they have, or overwrite what they have not seen?"""

import pytest

from chalicelib.core.errors import PreconditionFailed
from chalicelib.core.http.request import Request
from tests.core.notes import an_app, take
from tests.support.account import Account
from tests.support.calling import Client


@pytest.fixture
def client(aws: Account) -> Client:
    return Client(an_app())


@pytest.fixture
def path(client: Client) -> str:
    return f"/notes/{take('coffee').note_id}"


def if_match(value: str | None) -> int | None:
    headers = {} if value is None else {"if-match": value}
    return Request("PATCH", "/notes", "/notes", {}, {}, headers, b"").if_version


def test_who_has_the_answer_gets_304_with_its_headers(client: Client, path: str) -> None:
    first = client.get(path)
    again = client.get(path, if_none_match=first.headers["etag"])

    assert (again.status, again.text) == (304, "")
    for name in ("etag", "cache-control", "vary", "content-language"):
        assert again.headers[name] == first.headers[name]


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', '"other" ,W/{}', "*"])
def test_every_form_of_having_it_counts(client: Client, path: str, form: str) -> None:
    """If-None-Match compares weakly (RFC 9110 section 13.1.2): caches that compress weaken the tag."""
    tag = client.get(path).headers["etag"]

    assert client.get(path, if_none_match=form.format(tag)).status == 304


def test_a_change_ends_it(client: Client, path: str) -> None:
    tag = client.get(path).headers["etag"]
    client.patch(path, {"text": "tea"}, if_match=tag)

    answer = client.get(path, if_none_match=tag)

    assert (answer.status, answer.json["text"]) == (200, "tea")


def test_another_language_is_another_answer(client: Client) -> None:
    english = client.get("/notes/nothing", accept_language="en")
    amharic = client.get("/notes/nothing", accept_language="am", if_none_match=english.headers.get("etag", '"0.0"'))

    assert (english.status, amharic.status) == (404, 404)
    assert english.headers["content-language"] == "en"
    assert amharic.headers["content-language"] == "am"


def test_a_change_is_never_304(client: Client, path: str) -> None:
    tag = client.get(path).headers["etag"]

    assert client.patch(path, {"text": "coffee"}, if_match=tag, if_none_match="*").status == 200


def test_the_tag_is_the_version_and_a_digest(client: Client, path: str) -> None:
    tag = client.get(path).headers["etag"]
    changed = client.patch(path, {"text": "tea"}, if_match=tag)

    assert tag.startswith('"1.')
    assert changed.headers["etag"].startswith('"2.')
    assert client.get(path).headers["etag"] == changed.headers["etag"]


def test_a_change_on_top_of_anothers_is_refused(client: Client, path: str) -> None:
    tag = client.get(path).headers["etag"]
    client.patch(path, {"text": "tea"}, if_match=tag)

    late = client.patch(path, {"text": "water"}, if_match=tag)

    assert (late.status, late.code) == (412, "precondition_failed")
    assert client.get(path).json["text"] == "tea"


@pytest.mark.parametrize("value", [None, "*", " * "])
def test_a_change_must_say_on_top_of_what(client: Client, path: str, value: str | None) -> None:
    headers = {} if value is None else {"if_match": value}

    answer = client.patch(path, {"text": "tea"}, **headers)

    assert (answer.status, answer.code) == (428, "precondition_required")


@pytest.mark.parametrize(
    ("value", "version"),
    [
        ('"7.0a1b"', 7),
        (' "7.0a1b" ', 7),
        ('"7.0a1b", "7.ffff"', 7),
        ('"other", "7.0a1b"', 7),
        (None, None),
        ("*", None),
    ],
)
def test_a_tag_of_ours_names_its_version(value: str | None, version: int | None) -> None:
    assert if_match(value) == version


@pytest.mark.parametrize(
    "value", ["", '"7"', "7.0a1b", 'W/"7.0a1b"', '"-7.ab"', '"7.XY"', '"1.ab", "2.ab"', '"9999999999999999999.ab"']
)
def test_a_tag_that_is_not_ours_matches_nothing(value: str) -> None:
    """Weak tags too: If-Match compares strongly (RFC 9110 section 13.1.1)."""
    with pytest.raises(PreconditionFailed):
        if_match(value)


def test_only_cacheable_answers_may_be_kept(client: Client, path: str) -> None:
    assert client.get("/notes").headers["cache-control"] == "public, max-age=60, stale-while-revalidate=60"
    assert client.get(path).headers["cache-control"] == "no-store"
