"""Reads template.yaml as plain data, its short tags written out."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Resource:
    name: str
    line: int
    body: dict[str, Any]

    @property
    def type(self) -> str:
        return str(self.body.get("Type", ""))

    @property
    def properties(self) -> dict[str, Any]:
        return self.body.get("Properties") or {}


@dataclass(frozen=True)
class Template:
    path: str
    body: dict[str, Any]
    lines: dict[str, int]

    @property
    def resources(self) -> list[Resource]:
        named = (self.body.get("Resources") or {}).items()
        return [Resource(name, self.lines[name], body) for name, body in named]

    def of_type(self, *types: str) -> list[Resource]:
        return [resource for resource in self.resources if resource.type in types]

    @property
    def function_defaults(self) -> dict[str, Any]:
        return (self.body.get("Globals") or {}).get("Function") or {}


def read_template(root: Path, name: str = "template.yaml") -> Template:
    """The template below `root`; one without resources when there is none yet."""
    path = root / name
    text = path.read_text("utf-8") if path.exists() else ""
    return Template(name, yaml.load(text, Loader=_Loader) or {}, _lines(text))


class _Loader(yaml.SafeLoader):
    """Knows the short forms `!Ref`, `!GetAtt`, `!Sub` and their like."""


def _written_out(loader: _Loader, tag: str, node: yaml.Node) -> dict[str, Any]:
    name = tag if tag in {"Ref", "Condition"} else f"Fn::{tag}"
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
        return {name: value.split(".", 1) if tag == "GetAtt" else value}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    assert isinstance(node, yaml.MappingNode)
    return {name: loader.construct_mapping(node, deep=True)}


_Loader.add_multi_constructor("!", _written_out)


def _lines(text: str) -> dict[str, int]:
    """The line of each resource's name."""
    root = yaml.compose(text, Loader=_Loader)
    sections = root.value if isinstance(root, yaml.MappingNode) else []
    bodies = [value for key, value in sections if key.value == "Resources"]
    return {key.value: key.start_mark.line + 1 for body in bodies for key, _ in body.value}
