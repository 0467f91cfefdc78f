"""What is wired to what? Machines, queues and schedules as template.yaml has them, with the real handlers."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from infra.packaging import REPOSITORY
from infra.template import FUNCTION, MACHINE, Template, read_template, resources_of_type

Handler = Callable[[Any, Any], Any]

_ARN = "arn:aws:states:us-east-1:000000000000:stateMachine:ring-"
_MACHINE_NAME = re.compile(r"stateMachine:\$\{AWS::StackName\}-([\w-]+)$")
_PLACEHOLDER = re.compile(r"\$\{(\w+)\}")
QUEUE = "AWS::SQS::Queue"
SUBSCRIPTION = "AWS::SNS::Subscription"


@dataclass(frozen=True)
class Machine:
    """A definition with its substitutions made."""

    name: str
    arn: str
    definition: Mapping[str, Any]


@dataclass(frozen=True)
class Queue:
    """The events that a function gets, and how often it may fail with one of them."""

    name: str
    types: frozenset[str]
    handler: Handler
    receives: int


@dataclass(frozen=True)
class Blueprint:
    """All that is wired."""

    machines: Mapping[str, Machine]
    functions: Mapping[str, Handler]
    queues: tuple[Queue, ...]
    schedules: Mapping[str, Handler]
    publish: Handler
    environment: Mapping[str, str]

    @property
    def steps(self) -> list[str]:
        """Name every step that a machine calls."""
        states = [state for machine in self.machines.values() for state in machine.definition["States"].values()]
        payloads = [state["Arguments"].get("Payload", {}) for state in states if state["Type"] == "Task"]
        return sorted({payload["step"] for payload in payloads if "step" in payload})


# They look after nothing that a purchase leaves behind.
_OTHER_SCHEDULES = frozenset({"SweepPictures", "FetchRates", "RefreshLists"})


@cache
def blueprint() -> Blueprint:
    """Read the template once."""
    template = read_template()
    functions = resources_of_type(template, FUNCTION)
    return Blueprint(
        machines={machine.arn: machine for machine in _machines(template)},
        functions={name: handler_of(properties) for name, properties in functions.items() if _steps(properties)},
        queues=tuple(_queues(template, functions)),
        schedules={
            name: handler_of(properties)
            for name, properties in functions.items()
            if "Schedule" in _triggers(properties) and name not in _OTHER_SCHEDULES
        },
        publish=next(handler_of(each) for each in functions.values() if "DynamoDB" in _triggers(each)),
        environment=_environment(template, functions),
    )


def handler_of(properties: Mapping[str, Any]) -> Handler:
    """Import what a function's `Handler` names."""
    module, _, name = properties["Handler"].rpartition(".")
    handler: Handler = getattr(import_module(module), name)
    return handler


def _steps(properties: Mapping[str, Any]) -> bool:
    return str(properties["Handler"]).startswith("functions.workflows.")


def _triggers(properties: Mapping[str, Any]) -> set[str]:
    return {str(event["Type"]) for event in properties.get("Events", {}).values()}


def _machines(template: Template) -> list[Machine]:
    found = resources_of_type(template, MACHINE)
    arns = {name: _ARN + _machine_name(name, properties) for name, properties in found.items()}
    return [
        Machine(_machine_name(name, properties), arns[name], _definition(template, properties, arns))
        for name, properties in found.items()
    ]


def _machine_name(logical_id: str, properties: Mapping[str, Any]) -> str:
    said = properties.get("Name", {}).get("Fn::Sub", "")
    return str(said).removeprefix("${AWS::StackName}-") or logical_id


def _definition(template: Template, properties: Mapping[str, Any], arns: Mapping[str, str]) -> dict[str, Any]:
    values = {}
    for name, value in properties["DefinitionSubstitutions"].items():
        target = value.get("Ref") or value["Fn::GetAtt"][0]
        parameter = template["Parameters"].get(target, {})
        values[name] = arns.get(target) or str(parameter.get("Default", target))
    text = (REPOSITORY / properties["DefinitionUri"]).read_text()
    definition: dict[str, Any] = json.loads(_PLACEHOLDER.sub(lambda found: values[found[1]], text))
    return definition


def _queues(template: Template, functions: Mapping[str, Any]) -> list[Queue]:
    policies = {
        each["Endpoint"]["Fn::GetAtt"][0]: frozenset(each["FilterPolicy"]["type"])
        for each in resources_of_type(template, SUBSCRIPTION).values()
        if each["Protocol"] == "sqs"
    }
    stored = resources_of_type(template, QUEUE)
    return [
        Queue(queue, policies[queue], handler_of(properties), stored[queue]["RedrivePolicy"]["maxReceiveCount"])
        for properties in functions.values()
        for event in properties.get("Events", {}).values()
        if event["Type"] == "SQS" and (queue := event["Properties"]["Queue"]["Fn::GetAtt"][0]) in policies
    ]


def _environment(template: Template, functions: Mapping[str, Any]) -> dict[str, str]:
    """Name the machines as the functions' variables do."""
    everywhere = template["Globals"]["Function"]["Environment"]["Variables"]
    variables = [everywhere, *(each.get("Environment", {}).get("Variables", {}) for each in functions.values())]
    named = {name: value for each in variables for name, value in each.items() if isinstance(value, dict)}
    return {
        name: _ARN + found[1]
        for name, value in named.items()
        if (found := _MACHINE_NAME.search(str(value.get("Fn::Sub", ""))))
    }
