"""Does a request reach the code and come back in our shape?"""

from app import app
from tests.support.account import Account
from tests.support.calling import Client


def test_health_needs_nothing_and_says_ok() -> None:
    answer = Client(app).get("/health")

    assert answer.status == 200, answer.text
    assert answer.json["status"] == "ok"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_an_unknown_method_is_a_problem_of_our_shape(aws: Account) -> None:
    answer = Client(app).call("DELETE", "/health")

    assert answer.status == 405
    assert answer.code == "method_not_allowed"
    assert answer.headers["allow"] == "GET"
