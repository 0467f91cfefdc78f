"""Valid requests for what the shop says of itself."""

import re

from tests.permissions.asking import Ask, valid
from tests.permissions.stage import Stage
from tests.support.people import Person

_ASSET = re.compile(r"docs/assets/(?P<name>[\w.-]+)")


@valid
def read_health(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def read_openapi_document(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def read_docs_page(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def read_redoc_page(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def read_docs_asset(stage: Stage, caller: Person) -> Ask:
    named = _ASSET.search(stage.market.api.get("/docs").text)
    assert named, "the page of documentation needs no asset"
    return Ask(path={"asset": named["name"]})
