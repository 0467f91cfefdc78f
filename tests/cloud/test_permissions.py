"""Who gets in where, when the deployed shop is asked in every role for everything that it offers?"""

import json
from collections.abc import Iterator

import pytest

from app import app
from infra.audit.reading import AuditTable
from tests.permissions.asking import builders
from tests.permissions.matrix import Matrix
from tests.permissions.page import CALLERS, PAGE, Declared, declared_in, differences, rows_of
from tests.permissions.stage import Stage
from tests.support.market import Market, working_on
from tests.support.schedules import nothing_scheduled
from tests.support.waiting import eventually

# Events travel through a stream, a topic and queues before the last row that they cause is written.
QUIET_SECONDS = 2
SOON_SECONDS = 60


@pytest.fixture(scope="module")
def served(_opened_market: Market) -> list[Declared]:
    """Every operation of the document that the shop itself hands out."""
    return declared_in(_opened_market.api.must("GET", "/openapi.json"))


@pytest.fixture(scope="module")
def stage(_opened_market: Market, served: list[Declared]) -> Iterator[Stage]:
    permissions = {operation.permission for operation in served if operation.permission}
    with working_on(_opened_market.shop):
        stage = Stage(_opened_market, frozenset(permissions))
        stage.open()
        yield stage


def test_the_document_that_is_served_declares_what_the_page_says(served: list[Declared]) -> None:
    assert differences(rows_of(PAGE.read_text()), served) == []


@pytest.fixture(scope="module")
def at_rest(stage: Stage) -> Iterator[Stage]:
    with nothing_scheduled(stage.market):
        stage.table.rows_at_rest(quiet_seconds=QUIET_SECONDS)
        yield stage


@pytest.mark.parametrize("name", [each.id for each in app.operations if each.is_cacheable])
def test_what_shared_caches_may_keep_never_depends_on_the_caller(
    at_rest: Stage, served: list[Declared], name: str
) -> None:
    stage, operation = at_rest, next(each for each in served if each.id == name)
    ask = builders()[name](stage, stage.person("anonymous"))

    answers = [ask.sent_to(operation, stage.person(caller).api) for caller in CALLERS]

    assert {answer.status for answer in answers} == {200}
    assert len({(answer.body, answer.headers["etag"]) for answer in answers}) == 1
    assert {answer.headers["cache-control"].partition(",")[0] for answer in answers} == {"public"}


@pytest.fixture(scope="module")
def matrix(stage: Stage, served: list[Declared]) -> Matrix:
    """Every operation, tried as every caller."""
    matrix = Matrix(stage, rows_of(PAGE.read_text()), QUIET_SECONDS)
    with nothing_scheduled(stage.market):
        matrix.run(served)
    return matrix


def test_everybody_gets_in_where_the_page_says_and_nowhere_else(matrix: Matrix, served: list[Declared]) -> None:
    assert matrix.failures == []
    assert matrix.cells == len(served) * len(CALLERS)


def test_all_that_staff_changed_meanwhile_is_in_the_audit_trail(matrix: Matrix, served: list[Declared]) -> None:
    wanted = {each.id for each in served if each.door == "staff" and each.method != "GET"}
    shop = matrix.stage.market.shop
    trail = AuditTable(shop.cloud, shop.outputs["AuditTableName"])

    def lacks_nothing() -> bool:
        return not wanted - {json.loads(entry["act"]["S"])["kind"] for entry in trail.entries()}

    assert wanted
    eventually(lacks_nothing, SOON_SECONDS, "every operation of staff is in the audit trail")
