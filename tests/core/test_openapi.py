"""Does the API's document say all that a caller must know, in the form that tools read?"""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from chalicelib.core.http import openapi
from chalicelib.core.http.openapi import refusals_of
from infra.generate import ROOT, api_functions
from tests.core.notes import an_app

Document = dict[str, Any]


@pytest.fixture(scope="module")
def document() -> Document:
    read: Document = json.loads((ROOT / "docs" / "openapi.json").read_text("utf-8"))
    return read


def faults_of(document: Document) -> list[str]:
    return [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()]


def operations_of(document: Document) -> list[Document]:
    return [operation for methods in document["paths"].values() for operation in methods.values()]


def test_the_document_is_valid_openapi_3_1(document: Document) -> None:
    assert document["openapi"].startswith("3.1.")
    assert faults_of(document) == []


def test_a_fault_in_the_document_would_be_found(document: Document) -> None:
    broken = deepcopy(document)
    del broken["info"]["title"]

    assert faults_of(broken) != []


def test_every_operation_has_a_name_of_its_own_and_a_summary(document: Document) -> None:
    operations = operations_of(document)

    assert len({operation["operationId"] for operation in operations}) == len(operations)
    assert [each["operationId"] for each in operations if not each["summary"].endswith((".", "?"))] == []


def test_every_operation_says_who_may_call_it(document: Document) -> None:
    for operation in operations_of(document):
        assert operation["x-access"]
        assert bool(operation["security"]) == (operation["x-access"] != "public"), operation["operationId"]


def test_every_refusal_of_an_operation_is_listed_under_its_status(document: Document) -> None:
    declared = [operation for app in api_functions().values() for operation in app.operations]

    for operation in declared:
        responses = document["paths"][operation.path][operation.method.lower()]["responses"]
        for refusal in refusals_of(operation):
            assert f"`{refusal.code}`" in responses[str(refusal.status)]["description"], operation.id


def test_every_shape_that_is_defined_is_used(document: Document) -> None:
    text = json.dumps(document)

    assert [name for name in document["components"]["schemas"] if f'schemas/{name}"' not in text] == []


def patterns_in(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(pattern := node.get("pattern"), str):
            yield pattern
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from patterns_in(each)


def differently_read(pattern: str) -> bool:
    """Tell whether it has a class of characters that is another one in Python, Rust and ECMA-262."""
    return re.search(r"(?<!\\)(\\\\)*\\[dDsSwWbB]", pattern) is not None


def test_no_pattern_means_something_else_to_whoever_reads_the_document() -> None:
    served = json.loads((ROOT / "docs" / "openapi.json").read_text())

    assert differently_read(r"^\S+$")
    assert not differently_read(r"^\\d$")
    assert [each for each in patterns_in(served) if differently_read(each)] == []


def test_a_form_is_described_as_one_and_never_refused_for_being_no_json() -> None:
    operation = openapi.document(an_app().operations, version="1")["paths"]["/heard_notes"]["post"]

    assert list(operation["requestBody"]["content"]) == ["application/x-www-form-urlencoded"]
    assert operation["requestBody"]["required"]
    assert "`not_json`" not in operation["responses"].get("400", {}).get("description", "")
    assert "`unsupported_media_type`" in operation["responses"]["415"]["description"]
