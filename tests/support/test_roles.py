"""Is it known which function runs, and is a write refused that its role does not allow?"""

from pathlib import Path
from typing import Any

import pytest

from chalicelib.carts.models import Cart
from chalicelib.carts.routes import router
from chalicelib.checkout import reactions as checkout
from chalicelib.checkout.errors import CheckoutNotFound
from chalicelib.checkout.steps import checkout as workflow
from chalicelib.core.http import Api
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.identity import Standing, current_standing
from chalicelib.payments import reactions as payments
from functions.api.carts import app as carts
from infra.packaging import REPOSITORY
from tests.architecture.planting import plant
from tests.architecture.policies import principals
from tests.architecture.template import read_template
from tests.support import roles
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.tokens import token_for

A_HINT = '{"id": "evt_1", "type": "payment.hinted", "sequence": 1, "time": "", "data": {"tx_ref": "pay_none"}}'
FUNCTIONS = REPOSITORY / "functions"
A_REF = {"checkout_id": "chk_none", "owner": "usr_almaz", "attempt": 1}


@pytest.fixture
def seen(aws: Account) -> list[str | None]:
    """Which functions made the calls of this test."""
    found: list[str | None] = []

    def note(**_: Any) -> None:
        found.append(roles.running())

    aws.dynamodb.meta.events.register("provide-client-params.dynamodb.*", note)
    return found


def test_an_operation_runs_in_its_domains_function_whatever_app_it_is_called_by(seen: list[str | None]) -> None:
    Client(Api("all in one", router)).post("/carts")

    assert set(seen) == {"functions/api/carts"}


def test_a_message_a_schedule_and_a_step_run_in_their_functions(seen: list[str | None]) -> None:
    payments.webhooks.handler({"Records": [{"messageId": "1", "body": A_HINT}]}, None)
    payments.verify_due({}, None)
    checkout.sweep({}, None)
    with pytest.raises(CheckoutNotFound):
        workflow.handler({"step": "refuse_order", "input": A_REF}, None)

    assert list(dict.fromkeys(seen)) == [
        "functions/queues/payment_webhooks",
        "functions/schedules/verify_payments",
        "functions/schedules/sweep_checkouts",
        "functions/workflows/checkout_steps",
    ]


def test_what_a_test_does_itself_is_nobodys(seen: list[str | None]) -> None:
    token_for(user_id="usr_almaz")

    assert set(seen) == {None}


def test_every_function_is_known() -> None:
    files = {path.relative_to(REPOSITORY).with_suffix("").as_posix() for path in FUNCTIONS.glob("*/[a-z]*.py")}

    known = {file for found in roles._handlers().values() for file, _ in found} | set(roles._operations().values())

    assert files - known == {"functions/api/preflight"}


def test_a_write_that_the_role_does_not_allow_is_refused_before_it_is_sent(
    aws: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed, left = "[OWNER#*, REMINDER#*, REMINDED_READER#*", "[REMINDER#*, REMINDED_READER#*"
    template = (REPOSITORY / "template.yaml").read_text()
    assert allowed in template
    template = template.replace(allowed, left)
    planted = principals(read_template(plant(tmp_path, {"template.yaml": template})))
    monkeypatch.setattr(roles, "_principals", lambda: {each.file: each for each in planted})

    answer = Client(carts).post("/carts")

    assert answer.status == 500
    assert "functions/api/carts may not do dynamodb:PutItem on OWNER#crt_" in aws.roles.refused.pop()


def test_each_write_of_a_transaction_is_judged(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roles, "running", lambda: "functions/api/carts")
    cart, standing = keys.cart("usr_almaz", "crt_1"), keys.standing("usr_almaz")
    work = transactions.Work()
    work.create(Cart.at(cart, cart_id="crt_1", owner_id="usr_almaz", expires_at=2**31))
    work.create(Standing.at(standing, user_id="usr_almaz", roles=["admin"]))

    with pytest.raises(roles.AccessDeniedError, match="carts may not do dynamodb:PutItem on USER#usr_almaz"):
        transactions._commit(work.entries)

    assert current_standing("usr_almaz") is None
    assert len(aws.roles.refused) == 1
    aws.roles.refused.clear()
