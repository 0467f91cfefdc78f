"""Does every file import only what its place in the design allows?"""

from itertools import pairwise

import pytest

from tests.architecture.checkers.domains import check_domains
from tests.architecture.checkers.guarded import check_guarded
from tests.architecture.checkers.layers import check_layers
from tests.architecture.checkers.scans import check_scans
from tests.architecture.checkers.surroundings import check_surroundings
from tests.architecture.checkers.wiring import check_wiring
from tests.architecture.planting import ROOT, plant, words


@pytest.mark.parametrize(
    "check",
    [check_layers, check_domains, check_guarded, check_wiring, check_scans, check_surroundings],
    ids=lambda check: check.__name__,
)
def test_the_tree_holds(check):
    assert words(check(ROOT)) == []


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("chalicelib/orders/routes.py", "from chalicelib.orders import store"),
        ("chalicelib/orders/routes.py", "from chalicelib.core.storage import keys"),
        ("chalicelib/orders/rules.py", "from chalicelib.orders.store import orders_of_customer"),
        ("chalicelib/orders/rules.py", "from chalicelib.core.settings import settings"),
        ("chalicelib/orders/rules/cancelling.py", "from .. import store"),
        ("chalicelib/orders/service.py", "from chalicelib.core.http import problems"),
        ("chalicelib/orders/service.py", "from chalicelib.core import http"),
        ("chalicelib/orders/service.py", "from chalicelib.carts import store"),
        ("chalicelib/orders/service.py", "from chalicelib import carts"),
        ("chalicelib/orders/service/placing.py", "import chalicelib.carts.models"),
        ("chalicelib/orders/models.py", "from chalicelib.orders import service"),
        ("chalicelib/orders/store.py", "from ..catalog.models import Product"),
        ("chalicelib/orders/reactions.py", "from chalicelib.payments import service"),
        ("chalicelib/payments/chapa.py", "from chalicelib.payments import service"),
        ("chalicelib/graphql/products.py", "from chalicelib.catalog import store"),
        ("chalicelib/core/clock.py", "from chalicelib.orders import rules"),
        ("chalicelib/orders/service.py", "from functions.api import orders"),
        ("functions/api/orders.py", "from chalicelib.orders import service"),
        ("functions/api/orders.py", "from functions.api import carts"),
        ("app.py", "from chalicelib.orders.store import order_by_number"),
    ],
)
def test_an_import_against_the_table_is_reported(tmp_path, name, line):
    plant(tmp_path, {name: f'"""One thing."""\n\n{line}\n'})

    (finding,) = check_layers(tmp_path)

    assert (finding.path, finding.line) == (name, 3)


def test_imports_that_the_table_allows_are_not_reported(tmp_path):
    plant(
        tmp_path,
        {
            "chalicelib/orders/routes.py": """
                from chalicelib.core.http.router import Router
                from chalicelib.orders import service as orders
                from chalicelib.orders.schemas import OrderView
            """,
            "chalicelib/orders/service/placing.py": """
                from chalicelib.carts import service as carts
                from chalicelib.core import clock
                from chalicelib.core.storage.transactions import write_together
                from chalicelib.orders import rules, store
                from .cancelling import cancel
            """,
            "chalicelib/orders/schemas.py": "from chalicelib.core.wire import View\n",
            "chalicelib/platform/routes.py": "from chalicelib import VERSION\n",
            "chalicelib/payments/service.py": "from chalicelib.payments import chapa\n",
            "chalicelib/core/remote.py": "import requests\n",
            "chalicelib/payments/chapa.py": "from chalicelib.core import remote, settings\n",
            "chalicelib/graphql/products.py": "from chalicelib.catalog import service\n",
            "chalicelib/inventory/reactions.py": "from chalicelib.orders.events import OrderPlaced\n",
            "functions/queues/stock.py": """
                from chalicelib.core.events.consuming import consumer
                from chalicelib.inventory import reactions
            """,
        },
    )

    assert words(check_layers(tmp_path) + check_domains(tmp_path) + check_guarded(tmp_path)) == []


def test_an_import_for_types_only_counts_too(tmp_path):
    source = """
        from typing import TYPE_CHECKING

        if TYPE_CHECKING:
            from chalicelib.orders.models import Order
    """
    plant(tmp_path, {"chalicelib/orders/rules.py": source})

    assert words(check_layers(tmp_path)) == [
        "chalicelib/orders/rules.py:4: orders/rules may not import chalicelib.orders.models.Order"
    ]


def test_an_uphill_import_is_reported(tmp_path):
    plant(tmp_path, {"chalicelib/carts/service.py": "from chalicelib.checkout import service\n"})

    assert words(check_domains(tmp_path)) == [
        "chalicelib/carts/service.py:1: carts imports checkout, which stands above it: make it an event"
    ]


def test_nobody_asks_a_domain_that_only_listens(tmp_path):
    plant(tmp_path, {"chalicelib/orders/service.py": "\nfrom chalicelib.notifications import service\n"})

    assert words(check_domains(tmp_path)) == [
        "chalicelib/orders/service.py:1: orders imports notifications, which only listens"
    ]


def test_listening_uphill_is_allowed_to_reactions_alone(tmp_path):
    listening = "from chalicelib.orders.events import OrderPlaced\n"
    plant(
        tmp_path,
        {"chalicelib/carts/reactions.py": listening, "chalicelib/carts/service.py": listening},
    )

    assert [finding.path for finding in check_domains(tmp_path)] == ["chalicelib/carts/service.py"]


def test_a_cycle_among_the_foundations_is_reported_with_its_path(tmp_path):
    plant(
        tmp_path,
        {
            "chalicelib/catalog/service.py": "from chalicelib.inventory import service\n",
            "chalicelib/inventory/service.py": "from chalicelib.pricing import service\n",
            "chalicelib/pricing/service.py": "from chalicelib.catalog import service\n",
        },
    )

    (finding,) = check_domains(tmp_path)

    ring = finding.message.removeprefix("domains import each other in a cycle: ").split(" -> ")
    steps = set(pairwise(ring))
    assert steps == {("catalog", "inventory"), ("inventory", "pricing"), ("pricing", "catalog")}
    assert finding.path == f"chalicelib/{ring[-2]}/service.py"


def test_an_unknown_domain_must_be_given_its_place(tmp_path):
    plant(tmp_path, {"chalicelib/loyalty/service.py": "import json\n"})

    assert words(check_domains(tmp_path)) == [
        "chalicelib/loyalty/service.py:1: the domain loyalty has no place in the order of domains"
    ]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("chalicelib/orders/service.py", "import boto3"),
        ("functions/api/orders.py", "from botocore.config import Config"),
        ("chalicelib/orders/service.py", "import requests"),
        ("chalicelib/payments/chapa.py", "import requests"),
        ("chalicelib/core/http/access.py", "import requests"),
        ("chalicelib/search/service.py", "import meilisearch"),
        ("chalicelib/orders/routes.py", "from chalice import Response"),
        ("chalicelib/orders/service.py", "from pynamodb.models import Model"),
        ("chalicelib/orders/service.py", "import jwt"),
        ("chalicelib/orders/service.py", "from argon2 import PasswordHasher"),
        ("chalicelib/orders/store.py", "from pynamodb.transactions import TransactWrite"),
        ("chalicelib/core/storage/table.py", "client.transact_write_items(TransactItems=[])"),
        ("chalicelib/core/clock.py", "value = os.environ['TABLE']"),
        ("functions/api/orders.py", "from os import environ"),
        ("chalicelib/orders/service.py", "value = os.getenv('TABLE')"),
        ("chalicelib/orders/rules.py", "value = datetime.now(UTC)"),
        ("chalicelib/orders/rules.py", "value = datetime.datetime.utcnow()"),
        ("chalicelib/core/ids.py", "value = time.time()"),
        ("chalicelib/core/ids.py", "from time import time"),
    ],
)
def test_a_guarded_thing_in_the_wrong_file_is_reported(tmp_path, name, line):
    plant(tmp_path, {name: f'"""One thing."""\n\n{line}\n'})

    (finding,) = check_guarded(tmp_path)

    assert (finding.path, finding.line) == (name, 3)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("chalicelib/core/storage/table.py", "import boto3"),
        ("infra/local/deploy.py", "import boto3, os; os.environ['A']"),
        ("tests/support/cloud.py", "import boto3"),
        ("chalicelib/search/meilisearch.py", "import meilisearch"),
        ("chalicelib/core/storage/transactions.py", "from pynamodb.transactions import TransactWrite"),
        ("chalicelib/orders/store.py", "from pynamodb.expressions.condition import Condition"),
        ("chalicelib/core/settings.py", "import os; os.environ"),
        ("chalicelib/core/clock.py", "value = datetime.now(UTC)"),
    ],
)
def test_a_guarded_thing_in_its_own_file_is_fine(tmp_path, name, line):
    plant(tmp_path, {name: f"{line}\n"})

    assert words(check_guarded(tmp_path)) == []


@pytest.mark.parametrize(
    "logic",
    [
        "if router:\n    handler = 1",
        "for each in ():\n    each()",
        "handler = router if router else None",
        "def handler(event, context):\n    a = 1\n    b = 2\n    return a + b",
        "handlers = [each for each in ()]",
    ],
)
def test_logic_in_a_function_file_is_reported(tmp_path, logic):
    source = f'"""Serves orders."""\n\n{logic}\n'
    plant(tmp_path, {"functions/api/orders.py": source})

    findings = check_wiring(tmp_path)

    assert [finding.path for finding in findings] == ["functions/api/orders.py"]
    assert findings[0].line == 3


def test_imports_assignments_and_calls_are_wiring(tmp_path):
    source = """
        from chalicelib.core.http import gateway
        from chalicelib.orders.routes import router

        handler = gateway.serve(router)
        router.warm()


        def sweep(event: object, context: object) -> None:
            handler(event)
    """
    plant(tmp_path, {"functions/api/orders.py": source})

    assert words(check_wiring(tmp_path)) == []


@pytest.mark.parametrize("scan", ["Order.scan()", "client.get_paginator('scan')", "call('Scan', {})"])
def test_a_scan_is_reported(tmp_path, scan):
    plant(tmp_path, {"chalicelib/orders/store.py": f"orders = {scan}\n"})

    assert words(check_scans(tmp_path)) == ["chalicelib/orders/store.py:1: scans the table"]


@pytest.mark.parametrize(
    "code",
    ["if settings.is_local:\n    a = 1", "LOCAL = True", "host = 'http://localstack:4566'", "IS_LOCAL = 1"],
)
def test_code_that_knows_where_it_runs_is_reported(tmp_path, code):
    plant(tmp_path, {"chalicelib/core/table.py": f'"""Made for MiniStack too."""\n{code}\n'})

    (finding,) = check_surroundings(tmp_path)

    assert (finding.path, finding.line) == ("chalicelib/core/table.py", 2)


def test_a_state_machine_that_names_an_emulator_is_reported(tmp_path):
    plant(tmp_path, {"statemachines/refund.asl.json": '{\n  "Comment": "for LocalStack"\n}\n'})

    assert words(check_surroundings(tmp_path)) == ["statemachines/refund.asl.json:2: names an emulator"]


def test_an_ordinary_local_name_is_fine(tmp_path):
    plant(tmp_path, {"chalicelib/core/table.py": "import threading\nlocal = threading.local()\nlocale = 'am'\n"})

    assert words(check_surroundings(tmp_path)) == []
