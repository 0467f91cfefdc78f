"""How does an account get another address or number, and what if things change in between?"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.users import service as users
from tests.support.account import Account
from tests.support.calling import Client, Response
from tests.users.builders import PASSWORD, SignedIn, a_customer, an_app, code_of, rows


@pytest.fixture
def client(aws: Account) -> Client:
    return Client(an_app())


def answered(who: SignedIn, asked: Response) -> Response:
    body = {"challenge_id": asked.json["id"], "code": code_of(asked.json)}
    return who.client.post("/users/me/contacts", body)


def kept(aws: Account) -> list[dict[str, object]]:
    """All that is stored but how often somebody tried."""
    return [each for each in rows(aws) if each["kind"]["S"] != "throttle"]


def can_sign_in(client: Client, **contact: str) -> bool:
    return client.post("/sessions", {**contact, "password": PASSWORD}).status == 201


def test_a_new_address_counts_once_its_link_was_followed(client):
    hana = a_customer(client)

    asked = hana.client.post("/users/me/email", {"email": "Hana@Gabi.example"})

    assert (asked.status, asked.json["channel"]) == (202, "email")
    assert can_sign_in(client, email="hana@coffee.example")
    assert not can_sign_in(client, email="hana@gabi.example")
    assert answered(hana, asked).status == 204
    assert can_sign_in(client, email="hana@gabi.example")
    assert not can_sign_in(client, email="hana@coffee.example")
    change = users.contact_change_of(asked.json["id"])
    assert change == users.ContactChange("hana@coffee.example", "hana@gabi.example")


def test_an_address_that_was_given_up_is_free_for_others(client):
    hana = a_customer(client)
    answered(hana, hana.client.post("/users/me/email", {"email": "hana@gabi.example"}))

    dawit = a_customer(client, "hana@coffee.example")

    assert dawit.user_id != hana.user_id


def test_a_number_is_added_to_an_account_with_an_address(client):
    hana = a_customer(client)

    answered(hana, hana.client.post("/users/me/phone", {"phone": "0911223344"}))

    assert can_sign_in(client, phone="+251911223344")
    assert can_sign_in(client, email="hana@coffee.example")
    assert hana.client.get("/users/me").json["phone"] == "+251911223344"


def test_a_number_that_changed_in_the_middle_of_another_change_stays(client):
    hana = a_customer(client)
    first = hana.client.post("/users/me/phone", {"phone": "0911000001"})
    second = hana.client.post("/users/me/phone", {"phone": "0911000002"})
    answered(hana, second)

    late = answered(hana, first)

    assert (late.status, late.code) == (409, "challenge_outdated")
    assert hana.client.get("/users/me").json["phone"] == "+251911000002"
    assert not can_sign_in(client, phone="0911000001")


def test_an_address_that_somebody_else_has_is_not_given_away(aws, client):
    hana = a_customer(client)
    asked = hana.client.post("/users/me/email", {"email": "dawit@coffee.example"})
    a_customer(client, "dawit@coffee.example")
    before = kept(aws)

    answer = answered(hana, asked)

    assert (answer.status, answer.code) == (409, "contact_taken")
    assert kept(aws) == before
    assert can_sign_in(client, email="hana@coffee.example")


def test_two_people_who_want_one_number_at_once_do_not_both_get_it(client):
    people = [a_customer(client, f"{who}@coffee.example") for who in ("hana", "dawit")]
    asked = [each.client.post("/users/me/phone", {"phone": "0911223344"}) for each in people]

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(answered, people, asked))

    assert sorted(each.status for each in answers) == [204, 409]


def test_only_who_asked_can_answer(client):
    hana, dawit = a_customer(client), a_customer(client, "dawit@coffee.example")
    asked = hana.client.post("/users/me/email", {"email": "hana@gabi.example"})

    assert answered(dawit, asked).code == "challenge_not_found"
    assert answered(hana, asked).status == 204


def test_ones_own_address_again_changes_nothing(client):
    hana = a_customer(client)

    assert answered(hana, hana.client.post("/users/me/email", {"email": "hana@coffee.example"})).status == 204
    assert can_sign_in(client, email="hana@coffee.example")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/users/me/email", {"email": "hana@gabi.example"}),
        ("/users/me/phone", {"phone": "0911223344"}),
        ("/users/me/password", {"password": "an entirely new sentence"}),
        ("/users/me/second-factor", None),
        ("/users/me/second-factor/confirmation", {"code": "123456"}),
        ("/users/me/recovery-codes", None),
        ("/users/me/deactivation", None),
    ],
)
def test_what_protects_an_account_changes_only_after_a_recent_sign_in(client, monkeypatch, path, body):
    hana = a_customer(client)
    monkeypatch.setenv("RECENT_WITHIN_SECONDS", "-1")

    answer = hana.client.post(path, body)

    assert (answer.status, answer.code) == (401, "reauthentication_required")
    assert 'error="insufficient_user_authentication"' in answer.headers["www-authenticate"]
