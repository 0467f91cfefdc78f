"""What does template.yaml say? It is read here once, as plain data, by whoever deploys or tests."""

from pathlib import Path
from typing import Any

import yaml

from infra.packaging import REPOSITORY

TEMPLATE = REPOSITORY / "template.yaml"
FUNCTION = "AWS::Serverless::Function"
MACHINE = "AWS::Serverless::StateMachine"
TABLE = "AWS::DynamoDB::Table"

Template = dict[str, Any]


class _Loader(yaml.SafeLoader):
    """Reads CloudFormation's short tags as the long form."""


def read_template(path: Path = TEMPLATE) -> Template:
    """Return the template with `!Ref x` as `{"Ref": "x"}` and so on."""
    loaded: Template = yaml.load(path.read_text(), Loader=_Loader)  # noqa: S506 (a SafeLoader underneath)
    return loaded


def default_of(parameter: str) -> str:
    """Return what a parameter is when nobody says otherwise."""
    return str(read_template()["Parameters"][parameter]["Default"])


def resources_of_type(template: Template, kind: str) -> dict[str, Any]:
    """Return the properties of every resource of a type, by logical id."""
    return {
        logical_id: resource["Properties"]
        for logical_id, resource in template["Resources"].items()
        if resource["Type"] == kind
    }


def table_definition(template: Template, name: str, *, resource: str = "Table") -> dict[str, Any]:
    """Return what CreateTable needs to make one of the shop's tables under a name, without its stream."""
    properties = resources_of_type(template, TABLE)[resource]
    copied = ("BillingMode", "KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes")
    return {"TableName": name, **{key: properties[key] for key in copied}}


def _long_form(loader: _Loader, tag: str, node: yaml.Node) -> dict[str, Any]:
    value: Any
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        assert isinstance(node, yaml.MappingNode)  # noqa: S101 (the only other kind of node)
        value = loader.construct_mapping(node, deep=True)
    if tag == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {tag if tag in ("Ref", "Condition") else f"Fn::{tag}": value}


_Loader.add_multi_constructor("!", _long_form)
