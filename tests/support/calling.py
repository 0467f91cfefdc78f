"""How does a test call the API in process? As API Gateway would: with a REST proxy event per request."""

import json
import uuid
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from chalicelib.core.http import Api


@dataclass(frozen=True)
class Response:
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def code(self) -> str:
        """Return the problem's code."""
        return str(self.json["code"])


class Client:
    """Calls one app's operations by their real paths, with the same headers each time."""

    address = "127.0.0.1"

    def __init__(self, app: Api, **headers: str) -> None:
        self.app = app
        self.headers = headers

    def at(self, address: str) -> "Client":
        """Return a client that the gateway sees at another network address."""
        return self._like(address, self.headers)

    def signed_with(self, token: str) -> "Client":
        """Return a client that sends this bearer token."""
        return self._like(self.address, {**self.headers, "authorization": f"Bearer {token}"})

    def get(self, path: str, **headers: str) -> Response:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Response:
        return self.call("POST", path, body, **headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Response:
        return self.call("PATCH", path, body, **headers)

    def delete(self, path: str, **headers: str) -> Response:
        return self.call("DELETE", path, **headers)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Response:
        """Call a path; header names are given with underscores, a body as JSON value or raw text."""
        answer = self.app(self.event(method, path, body, **headers), SimpleNamespace(aws_request_id=str(uuid.uuid4())))
        merged = dict(answer["headers"]) | {n: v[-1] for n, v in (answer.get("multiValueHeaders") or {}).items()}
        return Response(answer["statusCode"], {name.lower(): value for name, value in merged.items()}, answer["body"])

    def event(self, method: str, path: str, body: Any = None, **headers: str) -> dict[str, Any]:
        """Return what the gateway would send to the Lambda."""
        given = {name.replace("_", "-"): value for name, value in {**self.headers, **headers}.items()}
        parts = urlsplit(path)
        path = unquote(parts.path)
        route, values = self._matched(path)
        query = parse_qsl(parts.query, keep_blank_values=True)
        text = body if isinstance(body, (str, type(None))) else json.dumps(body)
        return {
            "path": path,
            "httpMethod": method,
            "headers": given,
            "multiValueHeaders": {name: [value] for name, value in given.items()},
            "queryStringParameters": dict(query) or None,
            "multiValueQueryStringParameters": _listed(query) or None,
            "pathParameters": values or None,
            "stageVariables": None,
            "requestContext": {
                "resourcePath": route,
                "httpMethod": method,
                "requestId": str(uuid.uuid4()),
                "identity": {"sourceIp": self.address},
            },
            "body": text,
            "isBase64Encoded": False,
        }

    def has(self, method: str, path: str) -> bool:
        """Tell whether the gateway would bring this call to the app."""
        try:
            route, _ = self._matched(unquote(urlsplit(path).path))
        except LookupError:
            return False
        return method in self.app.routes[route]

    def _like(self, address: str, headers: dict[str, str]) -> "Client":
        another = Client(self.app, **headers)
        another.address = address
        return another

    def _matched(self, path: str) -> tuple[str, dict[str, str]]:
        """Find the route as the gateway does: literal segments win over variables."""
        wanted = path.strip("/").split("/")
        found: list[tuple[int, str, dict[str, str]]] = []
        for route in self.app.routes:
            pattern = route.strip("/").split("/")
            pairs = list(zip(pattern, wanted, strict=False))
            if len(pattern) == len(wanted) and all(p == w or p.startswith("{") for p, w in pairs):
                values = {p.strip("{}"): w for p, w in pairs if p.startswith("{")}
                found.append((len(values), route, values))
        if not found:
            raise LookupError(f"the API has no path {path}; the gateway would answer")
        _, route, values = min(found, key=lambda match: match[0])
        return route, values


def _listed(query: list[tuple[str, str]]) -> dict[str, list[str]]:
    listed: dict[str, list[str]] = {}
    for name, value in query:
        listed.setdefault(name, []).append(value)
    return listed
