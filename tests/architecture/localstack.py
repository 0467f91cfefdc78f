"""Compares what the shop uses with what LocalStack serves without a token, as written in infra/."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import botocore.session

from tests.architecture.checkers.source import Finding, PythonFile, dotted, python_files
from tests.architecture.template import Resource, read_template

LIST = "infra/localstack_4_14.toml"
MAKES_CLIENT = {"client", "resource", "create_client"}


@dataclass(frozen=True)
class Served:
    services: frozenset[str]
    resources: frozenset[str]
    events: frozenset[str]
    conditions_off: frozenset[str]


def read_list(root: Path) -> Served:
    written = tomllib.loads((root / LIST).read_text("utf-8"))
    services = written["services"]
    return Served(
        services=frozenset(services["served"] + services["behind_a_condition"]),
        resources=frozenset(written["resources"]["served"]),
        events=frozenset(written["events"]["served"]),
        conditions_off=frozenset(written["conditions"]["off"]),
    )


def check_template_on_localstack(root: Path, served: Served) -> list[Finding]:
    """Resources and function events that LocalStack would not make, unless a condition leaves them out."""
    template = read_template(root)
    return [
        Finding(template.path, resource.line, complaint)
        for resource in template.resources
        if resource.body.get("Condition") not in served.conditions_off
        for complaint in _complaints(resource, served)
    ]


def check_clients_on_localstack(root: Path, served: Served) -> list[Finding]:
    """Clients made in the product for services that LocalStack does not serve."""
    return [
        file.finding(line, f"uses the service {service}, which LocalStack does not serve")
        for file in python_files(root, "chalicelib", "infra")
        for service, line in _services(file)
        if service not in served.services
    ]


def _complaints(resource: Resource, served: Served) -> Iterator[str]:
    if resource.type not in served.resources:
        yield f"{resource.name}: LocalStack does not serve {resource.type}"
    events = resource.properties.get("Events") or {}
    if not resource.type.startswith("AWS::Serverless::"):
        return
    for name, event in events.items():
        if event["Type"] not in served.events:
            yield f"{resource.name}.{name}: LocalStack does not serve events of type {event['Type']}"


def _services(file: PythonFile) -> Iterator[tuple[str, int]]:
    for node in ast.walk(file.tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name, first = dotted(node.func) or getattr(node.func, "attr", ""), node.args[0]
        if name.rsplit(".", 1)[-1] not in MAKES_CLIENT or not isinstance(first, ast.Constant):
            continue
        if first.value in _known_services():
            yield str(first.value), node.lineno


@cache
def _known_services() -> frozenset[str]:
    return frozenset(botocore.session.get_session().get_available_services())
