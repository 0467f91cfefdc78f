"""A campaign finds a shop that does not keep its document, and leaves one alone that does."""

import pytest

from chalicelib.core.http import Api, Keyed, Router, public
from chalicelib.core.http.openapi import document
from chalicelib.core.wire import Draft, View
from tests.support.fuzzing import Campaign, Findings, Visitor
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


def found_in(view: object) -> Findings:
    router = Router("greetings")
    router.post("/greetings", access=public, keyed=Keyed.REFUSED)(view)
    app, findings = Api("greetings", router), Findings(seed=1)
    with serving(app) as url:
        Campaign(url, [Visitor("anonymous")], {}, 10, findings).run(document(router.operations, version="1"))
    return findings


def test_a_shop_that_keeps_its_document_is_left_alone() -> None:
    findings = found_in(greet)

    assert findings.failures == {}
    assert min(findings.sent.values()) >= 10
    assert "SEED=1: 1 operations as anonymous; 10 valid and 10 invalid requests" in findings.summary


@pytest.mark.parametrize(
    ("view", "title"), [(greet_only_who_is_brief, "Server error"), (say_nothing, "Response violates schema")]
)
def test_one_that_does_not_is_found(view: object, title: str) -> None:
    assert any(title in what for what in found_in(view).failures)
