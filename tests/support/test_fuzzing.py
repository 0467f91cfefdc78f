"""A campaign finds a shop that does not keep its document, and leaves one alone that does."""

import importlib
from pathlib import Path

import pytest
import schemathesis
from schemathesis import GenerationMode

from chalicelib.core.errors import Unauthenticated
from chalicelib.core.http import Api, Keyed, Router, public
from chalicelib.core.http.openapi import document
from chalicelib.core.wire import Draft, View
from tests.support.fuzzing import Campaign, Findings, Visitor, generated, operations_of, with_short_lists
from tests.support.serving import serving


class Greeting(Draft):
    """To whom, and how often."""

    name: str
    times: int


class GreetingView(View):
    """What was said."""

    said: str


def greet(body: Greeting) -> GreetingView:
    """Greet somebody."""
    return GreetingView(said=f"Selam {body.name}")


def greet_only_who_is_brief(body: Greeting) -> GreetingView:
    """Greet somebody, and break on the unforeseen."""
    return GreetingView(said=f"Selam {1 // body.times}")


def say_nothing(body: Greeting) -> GreetingView:
    """Leave out what was promised."""
    return GreetingView.model_construct()


def refuse(body: Greeting) -> GreetingView:
    """Let nobody in."""
    raise Unauthenticated()


def found_in(view: object) -> Findings:
    router, findings = Router("greetings"), Findings(seed=1)
    router.post("/greetings", access=public, keyed=Keyed.REFUSED, raises=(Unauthenticated,))(view)
    sent_to(router, findings)
    return findings


def sent_to(router: Router, findings: Findings, *last: str) -> None:
    with serving(Api("greetings", router)) as url:
        campaign = Campaign(url, [Visitor("anonymous")], {}, 10, findings, last)
        campaign.run(document(router.operations, version="1"))


def test_a_shop_that_keeps_its_document_is_left_alone() -> None:
    findings = found_in(greet)

    assert findings.failures == {}
    assert min(findings.sent.values()) >= 10
    assert findings.never_succeeded == set()
    assert "SEED=1: 1 operations as anonymous; 10 valid and 10 invalid requests" in findings.summary


@pytest.mark.parametrize(
    ("view", "title"), [(greet_only_who_is_brief, "Server error"), (say_nothing, "Response violates schema")]
)
def test_one_that_does_not_is_found(view: object, title: str) -> None:
    assert any(title in what for what in found_in(view).failures)


def test_a_seed_makes_the_same_requests_whatever_else_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bodies_made_of(7)
    (tmp_path / "remembered.py").write_text(f"WORDS = {[f'word-{number}' for number in range(500)]}")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.import_module("remembered")

    assert bodies_made_of(7) == before
    assert bodies_made_of(8) != before


def bodies_made_of(seed: int) -> list[str]:
    """Return what a campaign would send to somebody who greets."""
    router = Router("greetings")
    router.post("/greetings", access=public, keyed=Keyed.REFUSED)(greet)
    schema = schemathesis.openapi.from_dict(document(router.operations, version="1"))
    (operation,) = operations_of(schema)
    return [repr(case.body) for case in generated(operation, GenerationMode.POSITIVE, 200, seed)]


def test_lists_of_lists_are_made_short() -> None:
    within = {"type": "array", "maxItems": 50, "items": {"type": "array", "minItems": 4, "items": {"type": "string"}}}

    shorter = with_short_lists({"parts": [within, {"type": "array", "maxItems": 2}]})

    assert shorter["parts"] == [
        {**within, "maxItems": 3, "items": {**within["items"], "maxItems": 4}},
        {"type": "array", "maxItems": 2},
    ]


def test_an_operation_that_never_lets_anybody_in_is_told() -> None:
    findings = found_in(refuse)

    assert findings.failures == {}
    assert findings.never_succeeded == {"POST /greetings"}


def test_what_ends_things_comes_last() -> None:
    router, findings = Router("greetings"), Findings(seed=1)
    router.post("/departures", access=public, keyed=Keyed.REFUSED)(say_nothing)
    router.post("/greetings", access=public, keyed=Keyed.REFUSED)(greet)

    sent_to(router, findings, "POST /departures")

    assert list(dict.fromkeys(label for label, _, _ in findings.sent)) == ["POST /greetings", "POST /departures"]
    with pytest.raises(AssertionError, match="GET /nothing"):
        sent_to(router, Findings(seed=1), "GET /nothing")
