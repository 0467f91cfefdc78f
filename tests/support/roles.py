"""Would AWS let it write that? Holds what a function writes in process to the policies of its role in template.yaml."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from types import CodeType, FrameType
from typing import Any

from chalicelib.core.http import responding
from infra.generate import api_functions
from infra.packaging import REPOSITORY
from tests.architecture.policies import Principal, principals
from tests.architecture.template import read_template

PUT, UPDATE, DELETE, BATCH = (f"dynamodb:{verb}" for verb in ("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"))
# By the operation's name, by what a part of a transaction is called, and by what one of a batch is.
_ACTIONS = {
    "PutItem": PUT,
    "Put": PUT,
    "PutRequest": BATCH,
    "UpdateItem": UPDATE,
    "Update": UPDATE,
    "DeleteItem": DELETE,
    "Delete": DELETE,
    "DeleteRequest": BATCH,
}


class AccessDeniedError(AssertionError):
    """On AWS, the role of the function that runs would be refused this."""


@dataclass
class Roles:
    """The policies in force for one account's tables, whose names in the template are given, and what they refused."""

    tables: dict[str, str]
    refused: list[str] = field(default_factory=list)

    def demand(self, model: Any, params: dict[str, Any], **_: Any) -> None:
        """Raise before a call is sent that the function whose code is running may not make.

        What a test writes itself, as an operator or a builder would, is nobody's and is let through.
        """
        file = running()
        for action, table, key in writes(model.name, params) if file else ():
            if not _principals()[str(file)].may(action, f"${{{self.tables[table]}.Arn}}", keys=(key,)):
                self.refused.append(f"{file} may not do {action} on {key} of {table}")
                raise AccessDeniedError(self.refused[-1])


def running() -> str | None:
    """The file of the function whose code is running, by the calls that led here; None when a test acts itself."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if frame.f_code is responding.respond.__code__:
            operation = frame.f_locals["operation"]
            return _operations().get((operation.method, operation.path))
        for file, owner in _handlers().get(frame.f_code, ()):
            if owner is None or frame.f_locals["self"] is owner:
                return file
        frame = frame.f_back
    return None


def writes(operation: str, params: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Each write of a call: the action that it needs, its table, and its partition key."""
    for name, write in _parts(operation, params):
        if name in _ACTIONS:
            yield _ACTIONS[name], write["TableName"], (write.get("Item") or write["Key"])["pk"]["S"]


def _parts(operation: str, params: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    if operation == "TransactWriteItems":
        for item in params["TransactItems"]:
            yield from item.items()
    elif operation == "BatchWriteItem":
        for table, requests in params["RequestItems"].items():
            for each in requests:
                yield from ((name, {"TableName": table, **request}) for name, request in each.items())
    else:
        yield operation, params


@cache
def _principals() -> dict[str, Principal]:
    return {each.file: each for each in principals(read_template(REPOSITORY))}


@cache
def _operations() -> dict[tuple[str, str], str]:
    """Which function answers for each operation."""
    return {
        (operation.method, operation.path): f"functions/api/{stem}"
        for stem, app in api_functions().items()
        for operation in app.operations
    }


@cache
def _handlers() -> dict[CodeType, list[tuple[str, object]]]:
    """Which functions have a handler with this code, and of which object it is a method, if of any."""
    found: dict[CodeType, list[tuple[str, object]]] = {}
    for path in sorted((REPOSITORY / "functions").glob("*/[a-z]*.py")):
        file = path.relative_to(REPOSITORY).with_suffix("").as_posix()
        handler = getattr(import_module(file.replace("/", ".")), "handler", None)
        if handler is not None:
            code = getattr(handler, "__func__", handler).__code__
            found.setdefault(code, []).append((file, getattr(handler, "__self__", None)))
    return found
