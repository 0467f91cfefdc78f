"""How is the API described? OpenAPI 3.1 from the same declarations that bind it."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core.core_schema import DictSchema, WithDefaultSchema

from chalicelib.core.errors import (
    Busy,
    Forbidden,
    Malformed,
    NotFound,
    NotJson,
    PreconditionFailed,
    PreconditionRequired,
    Refusal,
    TooManyAttempts,
    Unauthenticated,
)
from chalicelib.core.http import errors as http_errors
from chalicelib.core.http import openapi_headers
from chalicelib.core.http.access import PRIVILEGED
from chalicelib.core.http.binding import requires_body
from chalicelib.core.http.operation import Elsewhere, Html, IfMatch, Keyed, Operation
from chalicelib.core.http.problems import PROBLEM_JSON, problem_type
from chalicelib.core.wire import ID

_ABOUT = """\
Amounts are whole minor units (35000 is ETB 350.00). Times are RFC 3339 in UTC. Ids are opaque.

**Refusals** are problem details (RFC 9457): `code` never changes, `title` and `detail` follow `Accept-Language`
(`en`, `am`). Each operation lists its codes by status.

**Retries**: send an `Idempotency-Key` of your own with whatever changes something; the same key and body get the
same answer for a day, and the change happens once.

**Versions**: an `ETag` begins with the version; `If-Match` refuses a change of something newer, `If-None-Match`
saves reading what you have.

**Attempts** are counted where `x-throttles` says so: `RateLimit-Policy` tells the quotas, `RateLimit` what is left
(`r`) and in how many seconds there is one more (`t`); a 429 says by `Retry-After` when to try again.

**Lists** are paged: send `next_cursor` as `cursor`, or follow the `Link` header.
"""
_SCHEMA_REF = "#/components/schemas/{model}"
_PROBLEM = {
    "type": "object",
    "description": "RFC 9457 problem details. `code` is stable; texts follow Accept-Language.",
    "required": ["type", "title", "status", "code", "request_id"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string", "examples": ["not_found"]},
        "request_id": {"type": "string", "description": "Name it when you ask for help."},
        "errors": {
            "type": "array",
            "description": "What to correct: where (pointer, parameter or header), a code, a text.",
            "items": {"type": "object"},
        },
    },
}


def document(operations: Sequence[Operation], *, version: str, server: str = "/v1") -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of these operations."""
    refs, schemas = _schemas(operations)
    paths: dict[str, dict[str, Any]] = {}
    for operation in sorted(operations, key=lambda each: (each.path, each.method)):
        paths.setdefault(operation.path, {})[operation.method.lower()] = _described(operation, refs)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Nexus",
            "version": version,
            "description": _ABOUT,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": server}],
        "tags": [{"name": tag} for tag in sorted({operation.tag for operation in operations})],
        "paths": paths,
        "components": {
            "schemas": {**schemas, "Problem": _PROBLEM},
            "securitySchemes": {
                "access_token": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": "`access_token` of a session (POST /sessions).",
                },
                "cart_token": {"type": "http", "scheme": "bearer", "description": "Token of a guest's cart."},
            },
        },
    }


def refusals_of(operation: Operation) -> list[type[Refusal]]:
    """Return every way an operation can refuse: its own and those that HTTP adds."""
    found: list[type[Refusal]] = [*operation.raises, http_errors.InternalError, Malformed]
    if operation.access.name != "public":
        found.append(Unauthenticated)
    if operation.access.name in (*PRIVILEGED, "customer"):
        found.append(Forbidden)
    if operation.access.name in PRIVILEGED:
        found.append(http_errors.SecondFactorNeeded)
    if operation.access.is_recent:
        found.append(http_errors.ReauthenticationRequired)
    if operation.path_names:
        found.append(NotFound)
    if operation.changes_state:
        found += [Busy, http_errors.BodyTooLarge, http_errors.UnsupportedMediaType]
        found += [NotJson] if operation.takes_json else []
        found += _of_idempotency(operation)
    if operation.throttles:
        found.append(TooManyAttempts)
    if operation.if_match is not IfMatch.IGNORED:
        found.append(PreconditionFailed)
    if operation.if_match is IfMatch.REQUIRED:
        found.append(PreconditionRequired)
    return sorted(set(found), key=lambda refusal: (refusal.status, refusal.code))


def _of_idempotency(operation: Operation) -> list[type[Refusal]]:
    match operation.keyed:
        case Keyed.REFUSED:
            return [http_errors.IdempotencyKeyNotAccepted]
        case Keyed.REQUIRED:
            extra: list[type[Refusal]] = [http_errors.IdempotencyKeyRequired]
        case _:
            extra = []
    return [
        *extra,
        http_errors.IdempotencyKeyInvalid,
        http_errors.IdempotencyKeyReused,
        http_errors.RequestInProgress,
        http_errors.ReplyNotKept,
    ]


def _schemas(operations: Iterable[Operation]) -> tuple[dict[Any, Any], dict[str, Any]]:
    models: list[tuple[type[BaseModel], Any]] = []
    for operation in operations:
        if operation.body_type is not None:
            models.append((operation.body_type, "validation"))
        if _is_model(operation.answer_type):
            models.append((operation.answer_type, "serialization"))
    refs, defined = models_json_schema(list(dict.fromkeys(models)), ref_template=_SCHEMA_REF, schema_generator=_Shapes)
    return refs, defined.get("$defs", {})


class _Shapes(GenerateJsonSchema):
    """Describes models as they behave."""

    def dict_schema(self, schema: DictSchema) -> JsonSchemaValue:
        """Say that a map whose names have a pattern takes no other names."""
        described = super().dict_schema(schema)
        if "patternProperties" in described:
            described["additionalProperties"] = False
        return described

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
        """Say nothing of a null default: it stands for a member that is left out, which is often not to be null."""
        described = super().default_schema(schema)
        if described.get("default", ...) is None:
            del described["default"]
        return described


def _described(operation: Operation, refs: dict[Any, Any]) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.id,
        "tags": [operation.tag],
        "summary": operation.summary,
        "description": operation.description,
        "parameters": [
            *_path_parameters(operation),
            *_query_parameters(operation),
            *openapi_headers.read_by(operation),
        ],
        "responses": _responses(operation, refs),
        "security": _security(operation),
        "x-access": operation.access.name + (f"({operation.access.permission})" if operation.access.permission else ""),
        "x-access-checks": list(operation.access.checks),
    }
    if operation.throttles:
        described["x-throttles"] = [each.name for each in operation.throttles]
    if operation.body_type is not None:
        schema = refs[(operation.body_type, "validation")]
        required = requires_body(operation.body_type)
        described["requestBody"] = {"required": required, "content": {"application/json": {"schema": schema}}}
    elif operation.reads_raw_body:
        described["requestBody"] = _raw_body(operation)
    return described


def _raw_body(operation: Operation) -> dict[str, Any]:
    """Describe a body that the view reads itself. What is no JSON has to say so, and nothing has no type."""
    if operation.takes_json:
        return {"content": {"application/json": {"schema": {"type": "object"}}}}
    schema = {"type": "object", "minProperties": 1}
    return {"required": True, "content": {operation.consumes[0]: {"schema": schema}}}


def _responses(operation: Operation, refs: dict[Any, Any]) -> dict[str, Any]:
    responses: dict[str, Any] = {}
    if _is_model(operation.answer_type):
        schema = refs[(operation.answer_type, "serialization")]
        responses[str(operation.status)] = {
            "description": "Done.",
            "content": {"application/json": {"schema": schema}},
        }
    elif operation.answer_type is Html:
        content = {media_type: {"schema": _schema_of_file(media_type)} for media_type in operation.produces}
        responses[str(operation.status)] = {"description": "The file.", "content": content}
    elif operation.answer_type is Elsewhere:
        responses[str(operation.status)] = {"description": "It goes on elsewhere."}
    else:
        responses["204"] = {"description": "Done; there is nothing to say."}
    if not operation.changes_state and operation.answer_type is not Elsewhere:
        responses["304"] = {"description": "The caller already has this answer."}
    for status, response in responses.items():
        response["headers"] = openapi_headers.of_success(operation, int(status))
    for status, refusals in groupby(refusals_of(operation), key=lambda refusal: refusal.status):
        responses[str(status)] = _problem_response(operation, list(refusals))
    return dict(sorted(responses.items()))


def _schema_of_file(media_type: str) -> dict[str, str]:
    return {"type": "object" if media_type == "application/json" else "string"}


def _problem_response(operation: Operation, refusals: Sequence[type[Refusal]]) -> dict[str, Any]:
    return {
        "description": " ".join(f"`{refusal.code}`" for refusal in refusals),
        "headers": openapi_headers.of_refusals(operation, refusals),
        "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        "x-problem-types": [problem_type(refusal.code) for refusal in refusals],
    }


def _path_parameters(operation: Operation) -> list[dict[str, Any]]:
    schema = {"type": "string", "pattern": ID}
    return [{"name": name, "in": "path", "required": True, "schema": schema} for name in operation.path_names]


def _query_parameters(operation: Operation) -> list[dict[str, Any]]:
    if operation.query_type is None:
        return []
    schema = operation.query_type.model_json_schema(ref_template=_SCHEMA_REF, schema_generator=_Shapes)
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": shape}
        for name, shape in schema["properties"].items()
    ]


def _security(operation: Operation) -> list[dict[str, list[str]]]:
    match operation.access.name:
        case "public":
            return []
        case "anyone":
            return [{}, {"access_token": []}, {"cart_token": []}]
        case "owner":
            return [{"access_token": []}, {"cart_token": []}]
        case _:
            return [{"access_token": []}]


def _is_model(shape: Any) -> bool:
    return isinstance(shape, type) and issubclass(shape, BaseModel)
