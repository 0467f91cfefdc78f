"""Is an operation's signature its contract, from import to the reply?"""

import json
from typing import Any

import pytest

from chalicelib.core.errors import NotFound
from chalicelib.core.http import FORM_TYPES, Api, Caller, Request, Router, public
from chalicelib.core.http.gateway import definition
from tests.core.notes import NoteDraft, NoteView, an_app, notes, take
from tests.support.account import Account
from tests.support.calling import Client


@pytest.fixture
def client(aws: Account) -> Client:
    return Client(an_app())


def test_forgetting_who_may_call_fails_at_import() -> None:
    with pytest.raises(TypeError, match="access"):
        Router("looms").get("/looms")  # type: ignore[call-arg]


def test_a_parameter_that_nothing_binds_fails_at_import() -> None:
    def read_loom(loom_id: str, user: str) -> NoteView:
        """Read a loom."""
        return NoteView(id=loom_id, text=user)

    with pytest.raises(TypeError, match=r"read_loom takes .*'user'.* for /looms/{loom_id} it must take"):
        Router("looms").get("/looms/{loom_id}", access=public)(read_loom)


def test_a_variable_of_the_path_that_nobody_takes_fails_at_import() -> None:
    def read_loom(request: Request) -> NoteView:
        """Read a loom."""
        return NoteView(id="", text="")

    with pytest.raises(TypeError, match="it must take \\('loom_id',\\)"):
        Router("looms").get("/looms/{loom_id}", access=public)(read_loom)


def test_an_operation_that_is_declared_twice_is_refused() -> None:
    router = Router("looms")
    for name in ("one", "two"):

        def read(caller: Caller) -> NoteView:
            """Read."""
            return NoteView(id="", text="")

        read.__name__ = name
        router.get("/looms", access=public)(read)

    with pytest.raises(ValueError, match="GET /looms is declared twice"):
        definition({"looms": router.operations})


def test_the_gateway_knows_every_path_its_methods_and_the_preflight() -> None:
    paths = definition({"notes": an_app().operations})["paths"]

    assert set(paths["/notes/{note_id}"]) == {"get", "patch", "delete", "options"}
    assert paths["/notes/{note_id}"]["get"]["parameters"][0]["name"] == "note_id"
    uri = json.dumps(paths["/notes"]["post"]["x-amazon-apigateway-integration"]["uri"])
    assert "${AWS::StackName}-notes-api/invocations" in uri
    assert "-preflight-api/" in json.dumps(paths["/notes"]["options"])


def test_two_apps_with_one_router_do_not_disturb_each_other(aws: Account) -> None:
    """A blueprint keeps only its last app, so each view must know its own."""
    one, another = Client(an_app()), Client(an_app())
    note = take("coffee")

    assert one.get(f"/notes/{note.note_id}").json["text"] == "coffee"
    assert another.get(f"/notes/{note.note_id}").json["text"] == "coffee"


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, [("/text", "missing")]),
        ({"text": 1}, [("/text", "string_type")]),
        ({"text": None}, [("/text", "string_type")]),
        ({"text": ""}, [("/text", "string_too_short")]),
        ({"text": "a", "colour": "red"}, [("/colour", "extra_forbidden")]),
        ({"text": "a", "a/b~c": 1}, [("/a~1b~0c", "extra_forbidden")]),
        ({"text": "a", "tags": ["ok", "too long", 3]}, [("/tags/1", "string_too_long"), ("/tags/2", "string_type")]),
        ({"tags": "x"}, [("/text", "missing"), ("/tags", "list_type")]),
        ([], [("", "model_type")]),
        (7, [("", "model_type")]),
    ],
)
def test_each_mistake_in_a_body_is_pointed_at(client: Client, body: Any, errors: list[tuple[str, str]]) -> None:
    answer = client.post("/notes", body)

    assert (answer.status, answer.code) == (422, "malformed")
    assert [(error["pointer"], error["code"]) for error in answer.json["errors"]] == errors
    assert all(error["detail"] for error in answer.json["errors"])
    assert notes() == []


def test_mistakes_are_told_in_the_readers_language(client: Client) -> None:
    english, amharic = (client.post("/notes", {}, accept_language=locale) for locale in ("en", "am"))

    assert english.json["errors"][0]["detail"] == "This is required."
    assert amharic.json["errors"][0]["detail"] != "This is required."
    assert amharic.json["errors"][0]["code"] == "missing"


@pytest.mark.parametrize(
    "body", ["{", "coffee", "{'text': 1}", '{"text": "a"} x', "", '{"text": "\\udcff"}', "[" * 5_000]
)
def test_what_is_not_json_is_400(client: Client, body: str) -> None:
    answer = client.post("/notes", body)

    assert (answer.status, answer.code) == (400, "not_json")


def test_a_body_larger_than_anybody_needs_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BODY_LIMIT_BYTES", "50")

    exact = client.post("/notes", '{"text": "coffee"}'.ljust(50))
    larger = client.post("/notes", '{"text": "coffee"}'.ljust(51))

    assert exact.status == 201
    assert (larger.status, larger.code, larger.json["limit_bytes"]) == (413, "body_too_large", 50)


FORM = "application/x-www-form-urlencoded"


def test_another_media_type_is_refused(client: Client) -> None:
    answer = client.post("/notes", "text=coffee", content_type=FORM)

    assert (answer.status, answer.code, answer.json["accepted"]) == (415, "unsupported_media_type", "application/json")


@pytest.mark.parametrize("content_type", [FORM, f"{FORM}; charset=UTF-8", FORM.upper()])
def test_a_form_is_taken_where_it_is_declared(client: Client, content_type: str) -> None:
    answer = client.post("/heard_notes", "text=%E1%89%A1%E1%8A%93+1&empty=&text=2", content_type=content_type)

    assert (answer.status, answer.json["text"]) == (201, "[('text', 'ቡና 1'), ('empty', ''), ('text', '2')]")


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "multipart/form-data; boundary=x", ""])
def test_where_a_form_is_declared_nothing_else_is_taken(client: Client, content_type: str) -> None:
    answer = client.post("/heard_notes", '{"text": "coffee"}', content_type=content_type)

    assert (answer.status, answer.code, answer.json["accepted"]) == (415, "unsupported_media_type", FORM)
    assert answer.json["detail"] == f"Send `Content-Type: {FORM}`."


@pytest.mark.parametrize("body", ["text=\ufffd", "&".join(f"a{n}=" for n in range(101))], ids=["not UTF-8", "too many"])
def test_a_form_that_cannot_be_read_is_malformed(client: Client, body: str) -> None:
    answer = client.post("/heard_notes", body, content_type=FORM)

    assert (answer.status, answer.code) == (422, "malformed")


def test_a_form_does_not_become_a_body(client: Client) -> None:
    def hear_loom(body: NoteDraft) -> NoteView:
        """Hear of a loom."""
        return NoteView(id="", text=body.text)

    with pytest.raises(TypeError, match="only JSON becomes a body"):
        Router("looms").post("/looms", access=public, consumes=FORM_TYPES)(hear_loom)


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ("limit=ten", [("limit", "int_parsing")]),
        ("limit=0", [("limit", "greater_than_equal")]),
        ("limit=101", [("limit", "less_than_equal")]),
        ("limit=5&limit=6", [("limit", "repeated")]),
        ("colour=red", [("colour", "extra_forbidden")]),
        ("limit=ten&colour=red", [("limit", "int_parsing"), ("colour", "extra_forbidden")]),
        ("cursor=" + "x" * 1025, [("cursor", "string_too_long")]),
    ],
)
def test_each_mistake_in_a_query_is_named(client: Client, query: str, errors: list[tuple[str, str]]) -> None:
    answer = client.get(f"/notes?{query}")

    assert (answer.status, answer.code) == (422, "malformed")
    assert [(error["parameter"], error["code"]) for error in answer.json["errors"]] == errors


def test_an_operation_without_query_takes_none(client: Client) -> None:
    answer = client.get(f"/notes/{take('coffee').note_id}?debug=1")

    assert [(error["parameter"], error["code"]) for error in answer.json["errors"]] == [("debug", "extra_forbidden")]


@pytest.mark.parametrize("value", ["a#b", "a b", "%23", "NOTE#", "ቡና", "x" * 101, "a\x00b", "*", "..;a"])
def test_a_path_value_that_can_be_no_id_is_not_found(client: Client, value: str) -> None:
    answer = client.get(f"/notes/{value}") if "#" not in value else client.get(f"/notes/{value.replace('#', '%23')}")

    assert (answer.status, answer.code) == (404, NotFound.code)


def test_nothing_to_say_is_204(client: Client) -> None:
    answer = client.delete(f"/notes/{take('coffee').note_id}")

    assert (answer.status, answer.text, notes()) == (204, "", [])


def test_a_bug_is_a_500_that_tells_nothing_but_its_request(client: Client) -> None:
    answer = client.post("/notes", {"text": "break"}, x_request_id="request-of-hana-1")

    assert (answer.status, answer.code, answer.json["request_id"]) == (500, "internal_error", "request-of-hana-1")
    assert answer.headers["x-request-id"] == "request-of-hana-1"
    assert "bug" not in answer.text


@pytest.mark.parametrize("request_id", ["short", "a" * 65, "two words", "<script>", "ሀሁሂሃሄህሆሇ"])
def test_a_request_id_that_could_harm_a_log_is_replaced(client: Client, request_id: str) -> None:
    answer = client.get("/notes", x_request_id=request_id)

    assert answer.headers["x-request-id"] != request_id
    assert len(answer.headers["x-request-id"]) == 36


@pytest.mark.parametrize("path", ["/notes", "/must_notes", "/secret_notes"])
def test_every_reply_is_dressed(client: Client, path: str) -> None:
    answer = client.post(path, {"text": ""}, origin="https://storefront.test")

    assert answer.headers["access-control-allow-origin"] == "https://storefront.test"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == "application/problem+json"
    assert "Accept-Language" in answer.headers["vary"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_an_origin_that_is_not_listed_gets_no_leave(client: Client) -> None:
    for origin in ("https://evil.test", "null", "https://storefront.test.evil.test", ""):
        assert "access-control-allow-origin" not in client.get("/notes", origin=origin).headers


def test_a_view_that_returns_what_it_may_not_is_a_bug(aws: Account) -> None:
    router = Router("looms")

    @router.get("/looms", access=public)
    def read_looms(request: Request) -> NoteView:
        """Read looms."""
        return {"id": "1"}  # type: ignore[return-value]

    assert Client(Api("looms", router)).get("/looms").status == 500


def test_a_shape_with_nothing_required_needs_no_body(aws: Account) -> None:
    router = Router("looms")

    class LoomDraft(NoteDraft):
        text: str = "any"

    @router.post("/looms", access=public)
    def set_up_loom(body: LoomDraft) -> NoteView:
        """Set up a loom."""
        return NoteView(id="1", text=body.text)

    assert Client(Api("looms", router)).post("/looms").json["text"] == "any"
