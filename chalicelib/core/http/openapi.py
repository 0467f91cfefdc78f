"""How is the API described? OpenAPI 3.1 from the same declarations that bind it."""

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core.core_schema import WithDefaultSchema

from chalicelib.core.errors import (
    Busy,
    Forbidden,
    Malformed,
    NotFound,
    NotJson,
    PreconditionFailed,
    PreconditionRequired,
    Refusal,
    Unauthenticated,
)
from chalicelib.core.http import errors as http_errors
from chalicelib.core.http.binding import requires_body
from chalicelib.core.http.operation import Html, IfMatch, Keyed, Operation
from chalicelib.core.http.problems import PROBLEM_JSON, problem_type

_ABOUT = """\
Amounts are whole minor units (35000 is ETB 350.00). Times are RFC 3339 in UTC. Ids are opaque.

**Refusals** are problem details (RFC 9457): `code` never changes, `title` and `detail` follow `Accept-Language`
(`en`, `am`). Each operation lists its codes by status.

**Retries**: send an `Idempotency-Key` of your own with whatever changes something; the same key and body get the
same answer for a day, and the change happens once.

**Versions**: an `ETag` begins with the version; `If-Match` refuses a change of something newer, `If-None-Match`
saves reading what you have.

**Lists** are paged: send `next_cursor` as `cursor`, or follow the `Link` header.
"""
_ACCEPT_LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "description": "Languages you read, as browsers send them.",
    "schema": {"type": "string", "examples": ["am-ET, am;q=0.9, en;q=0.5"]},
}
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
    if operation.access.name in ("staff", "vendor", "customer"):
        found.append(Forbidden)
    if operation.path_names:
        found.append(NotFound)
    if operation.changes_state:
        found += [NotJson, Busy, http_errors.BodyTooLarge, http_errors.UnsupportedMediaType]
        found += _of_idempotency(operation)
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
    """Says nothing of a null default: it stands for a member that is left out, which is often not to be null."""

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
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
        "parameters": [*_path_parameters(operation), *_query_parameters(operation), *_headers(operation)],
        "responses": _responses(operation, refs),
        "security": _security(operation),
        "x-access": operation.access.name + (f"({operation.access.permission})" if operation.access.permission else ""),
    }
    if operation.body_type is not None:
        schema = refs[(operation.body_type, "validation")]
        required = requires_body(operation.body_type)
        described["requestBody"] = {"required": required, "content": {"application/json": {"schema": schema}}}
    elif operation.reads_raw_body:
        described["requestBody"] = {"content": {"application/json": {"schema": {"type": "object"}}}}
    return described


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
    else:
        responses["204"] = {"description": "Done; there is nothing to say."}
    if not operation.changes_state:
        responses["304"] = {"description": "The caller already has this answer."}
    for refusal in refusals_of(operation):
        response = responses.setdefault(str(refusal.status), _problem_response())
        response["description"] = f"{response['description']} `{refusal.code}`".strip()
        response["x-problem-types"] = [*response.get("x-problem-types", []), problem_type(refusal.code)]
    return dict(sorted(responses.items()))


def _schema_of_file(media_type: str) -> dict[str, str]:
    return {"type": "object" if media_type == "application/json" else "string"}


def _problem_response() -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": "", "content": {PROBLEM_JSON: {"schema": schema}}}


def _path_parameters(operation: Operation) -> list[dict[str, Any]]:
    schema = {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,100}$"}
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


def _headers(operation: Operation) -> list[dict[str, Any]]:
    text = {"type": "string"}
    headers: list[dict[str, Any]] = [_ACCEPT_LANGUAGE]
    if operation.changes_state and operation.keyed is not Keyed.REFUSED:
        required = operation.keyed is Keyed.REQUIRED
        key = {"type": "string", "pattern": "^[!#-\\[\\]-~]{1,255}$"}
        about = "A value of your own, fresh for each intention; a repeated request is carried out once."
        headers.append(
            {"name": "Idempotency-Key", "in": "header", "required": required, "description": about, "schema": key}
        )
    if operation.if_match is not IfMatch.IGNORED:
        required = operation.if_match is IfMatch.REQUIRED
        about = "The `ETag` you read; the change is refused if the thing has changed since."
        headers.append({"name": "If-Match", "in": "header", "required": required, "description": about, "schema": text})
    return headers


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
