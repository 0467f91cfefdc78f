"""How does API Gateway know the operations? A definition (OpenAPI 3.0.1) generated from the declared ones."""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.core.http.operation import Operation

_PREFLIGHT = "preflight"


def definition(functions: Mapping[str, Sequence[Operation]]) -> dict[str, Any]:
    """Return explicit paths and methods, each with its Lambda.

    ``functions`` maps files of ``functions/api`` to operations; ``catalog`` is deployed as ``<stack>-catalog-api``.

    API Gateway imports 3.0 and routes Lambda proxies; schemas are the business of ``docs/openapi.json``.
    """
    paths: dict[str, dict[str, Any]] = {}
    for function, operations in sorted(functions.items()):
        for operation in operations:
            path = paths.setdefault(operation.path, {"options": _method(_PREFLIGHT, operation.path_names)})
            if operation.method.lower() in path:
                raise ValueError(f"{operation.method} {operation.path} is declared twice")
            path[operation.method.lower()] = _method(function, operation.path_names)
    return {
        "openapi": "3.0.1",
        "info": {"title": "nexus", "version": "1"},
        "paths": {path: dict(sorted(methods.items())) for path, methods in sorted(paths.items())},
    }


def _method(function: str, path_names: Sequence[str]) -> dict[str, Any]:
    arn = (
        "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/"
        "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:"
        f"${{AWS::StackName}}-{function}-api/invocations"
    )
    return {
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in path_names
        ],
        "responses": {},
        "x-amazon-apigateway-integration": {
            "type": "aws_proxy",
            "httpMethod": "POST",
            "uri": {"Fn::Sub": arn},
        },
    }
