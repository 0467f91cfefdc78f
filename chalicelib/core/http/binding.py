"""How do a view's parameters get their values? From path, body, query, caller and request, by name."""

import inspect
import re
from collections.abc import Callable
from functools import cache
from typing import Any, get_type_hints

from pydantic import BaseModel, ValidationError

from chalicelib.core.errors import Malformed, NotFound, NotJson
from chalicelib.core.http.access import Caller
from chalicelib.core.http.errors import BodyTooLarge
from chalicelib.core.http.operation import Operation
from chalicelib.core.http.request import Request
from chalicelib.core.i18n import locales
from chalicelib.core.settings import settings
from chalicelib.core.wire import ID

_BOUND_NAMES = ("body", "query", "caller", "request")
_PATH_NAME = re.compile(r"{(\w+)}")
_UNREADABLE = "\ufffd".encode()
_PATH_VALUE = re.compile(ID)


def path_names(path: str) -> tuple[str, ...]:
    """Return the variables of a declared path."""
    return tuple(_PATH_NAME.findall(path))


def signature_of(view: Callable[..., Any], path: str) -> tuple[tuple[str, ...], dict[str, Any]]:
    """Return a view's parameter names and type hints; a name that cannot be bound is an error at import."""
    parameters = tuple(inspect.signature(view).parameters)
    names = path_names(path)
    unknown = set(parameters) - set(names) - set(_BOUND_NAMES)
    if unknown or not set(names) <= set(parameters):
        raise TypeError(
            f"{view.__name__} takes {parameters}; for {path} it must take {names} and may take {_BOUND_NAMES}"
        )
    return parameters, get_type_hints(view, include_extras=True)


def arguments(operation: Operation, request: Request, caller: Caller) -> dict[str, Any]:
    """Return the values for a view, or raise what is wrong with the request."""
    values: dict[str, Any] = {name: _path_value(request, name) for name in operation.path_names}
    if operation.body_type is not None:
        values["body"] = _body(operation.body_type, request)
    if operation.query_type is not None:
        values["query"] = _query(operation.query_type, request)
    elif request.query and not operation.reads_raw_body:
        raise Malformed([_error(("parameter", name), "extra_forbidden", request.locale) for name in request.query])
    if "caller" in operation.parameters:
        values["caller"] = caller
    if "request" in operation.parameters:
        values["request"] = request
    return values


@cache
def requires_body(shape: type[BaseModel]) -> bool:
    """Tell whether something must be given: an object without members would not do."""
    try:
        shape.model_validate({})
    except ValidationError:
        return True
    return False


def is_path_value(text: str) -> bool:
    """Tell whether this could name a thing in a path."""
    return _PATH_VALUE.fullmatch(text) is not None


def demand_readable(operation: Operation, request: Request) -> None:
    """Refuse a body that is larger than anybody needs, and one that was not UTF-8 (RFC 8259 section 8.1).

    The gateway has put U+FFFD in place of what it could not read; to go on would store a text that nobody sent.
    """
    if len(request.body) > settings.body_limit_bytes:
        raise BodyTooLarge(limit_bytes=settings.body_limit_bytes)
    if _UNREADABLE in request.body:
        raise NotJson() if operation.takes_json else Malformed()


def _path_value(request: Request, name: str) -> str:
    value = request.path_values[name]
    if not is_path_value(value):
        raise NotFound()
    return value


def _body(shape: type[BaseModel], request: Request) -> BaseModel:
    try:
        return shape.model_validate_json(request.body or _no_body(shape))
    except ValidationError as problem:
        errors = problem.errors(include_url=False, include_input=False)
        if errors[0]["type"] == "json_invalid":
            raise NotJson() from None
        raise Malformed([_located(error, "pointer", request.locale) for error in errors]) from None


def _no_body(shape: type[BaseModel]) -> bytes:
    """Return what a missing body stands for: nothing given, where nothing is required."""
    return b"" if requires_body(shape) else b"{}"


def _query(shape: type[BaseModel], request: Request) -> BaseModel:
    repeated = [name for name, values in request.query.items() if len(values) > 1]
    if repeated:
        raise Malformed([_error(("parameter", name), "repeated", request.locale) for name in repeated])
    try:
        return shape.model_validate({name: values[0] for name, values in request.query.items()})
    except ValidationError as problem:
        errors = problem.errors(include_url=False, include_input=False)
        raise Malformed([_located(error, "parameter", request.locale) for error in errors]) from None


def _located(error: Any, where: str, locale: str) -> dict[str, str]:
    steps = [str(step).replace("~", "~0").replace("/", "~1") for step in error["loc"]]
    place = "".join(f"/{step}" for step in steps) if where == "pointer" else ".".join(steps)
    return _error((where, place), error["type"], locale, facts=error.get("ctx"), otherwise=error["msg"])


def _error(
    place: tuple[str, str], code: str, locale: str, *, facts: dict[str, Any] | None = None, otherwise: str = ""
) -> dict[str, str]:
    """Describe one mistake; ``place`` is ``("pointer", "/lines/0")`` or ``("parameter", "limit")``."""
    kind, where = place
    detail = locales.message(f"validation.{code}", locale, facts) or otherwise
    return {kind: where, "code": code, "detail": detail}
