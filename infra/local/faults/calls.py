"""Which service is a call for, and what does it ask? Told from the request itself, as the service tells it."""

import json
import re
from dataclasses import dataclass
from typing import Any

from infra.local.serving import Request

_TARGET = "x-amz-target"
_SCOPE = re.compile(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/aws4_request")
_READS = re.compile(r"(?:Get|Query|Scan|BatchGet|TransactGet|Describe|List)|GET ")
# One vendor's references and ids within a path.
_OWN_ID = re.compile(r"/[A-Za-z]+_[^/]+(?=/|$)")

VENDORS = frozenset({"chapa"})


@dataclass(frozen=True)
class Call:
    """One request as it arrived."""

    service: str
    operation: str
    request: Request

    @property
    def name(self) -> str:
        return f"{self.service} {self.operation}"

    @property
    def is_read(self) -> bool:
        """Whether it changes nothing, so that it is all the same whether it took effect."""
        return bool(_READS.match(self.operation))

    @property
    def is_of_vendor(self) -> bool:
        """Whether it goes to somebody who is not part of the cloud."""
        return self.service in VENDORS

    @property
    def document(self) -> dict[str, Any]:
        """The JSON that was sent, or nothing."""
        try:
            said = json.loads(self.request.body or b"{}")
        except ValueError:
            return {}
        return said if isinstance(said, dict) else {}


def aws_call(request: Request) -> Call:
    """Name a call of AWS by the scope of its signature and its target, action, or method and path."""
    scope = _SCOPE.search(request.headers.get("authorization", ""))
    service = scope[1] if scope else "aws"
    if target := request.headers.get(_TARGET):
        return Call(service, target.rpartition(".")[2], request)
    action = request.form().get("Action") if request.media_type.endswith("x-www-form-urlencoded") else None
    return Call(service, action or f"{request.method} {request.path}", request)


def vendor_call(vendor: str, request: Request) -> Call:
    """Name a call of a vendor by method and path, without the ids in it."""
    return Call(vendor, f"{request.method} {_OWN_ID.sub('/{id}', request.path)}", request)
