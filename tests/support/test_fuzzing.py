"""A campaign finds a shop that does not keep its document, and leaves one alone that does."""

import pytest

from chalicelib.core.errors import Unauthenticated
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
