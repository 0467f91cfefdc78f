"""How is an operation declared? Once: the signature is the contract.

router = Router("catalog")

@router.get("/products/{product_id}", access=public, raises=(ProductNotFound,))
def read_product(product_id: str, request: Request) -> Answer[ProductView]:
    \"""Read one product.\"""
"""

from collections.abc import Callable
from typing import Any, TypeVar, get_args, get_origin

from chalice.app import Blueprint, Chalice, Response

from chalicelib.core.http import binding
from chalicelib.core.http.access import Access
from chalicelib.core.http.operation import Answer, Operation
from chalicelib.core.http.request import Request
from chalicelib.core.http.responding import respond

F = TypeVar("F", bound=Callable[..., Any])


class Router(Blueprint):
    """The operations of one domain.

    ``access`` has no default, so that forgetting it is an error at import and not a hole.
    """

    def __init__(self, tag: str) -> None:
        super().__init__(__name__)
        self.tag = tag
        self.operations: list[Operation] = []

    def get(self, path: str, *, access: Access, is_cacheable: bool = False, **options: Any) -> Callable[[F], F]:
        """Declare a read. A cacheable one must not depend on the caller; one that gives files says of which types."""
        return self._declare("GET", path, access=access, is_cacheable=is_cacheable, **options)

    def post(self, path: str, *, access: Access, status: int = 201, **options: Any) -> Callable[[F], F]:
        """Declare the making of something. A vendor's call that brings no JSON says what it ``consumes`` instead."""
        return self._declare("POST", path, access=access, status=status, **options)

    def patch(self, path: str, *, access: Access, **options: Any) -> Callable[[F], F]:
        """Declare a change (RFC 7396: members that are absent stay as they are)."""
        return self._declare("PATCH", path, access=access, **options)

    def put(self, path: str, *, access: Access, **options: Any) -> Callable[[F], F]:
        """Declare that something shall be as it is sent, whatever was there."""
        return self._declare("PUT", path, access=access, **options)

    def delete(self, path: str, *, access: Access, status: int = 200, **options: Any) -> Callable[[F], F]:
        """Declare a removal."""
        return self._declare("DELETE", path, access=access, status=status, **options)

    def register(self, app: Chalice, options: dict[str, Any]) -> None:
        """Bind every operation to an app; each view closes over it, since a blueprint only knows its last one."""
        for operation in self.operations:
            # A read has no body, so whatever type it is said to be of is no matter.
            types = list(operation.consumes) if operation.changes_state else []
            app.route(operation.path, methods=[operation.method], name=operation.id, content_types=types)(
                _chalice_view(operation, app)
            )

    def _declare(
        self, method: str, path: str, *, access: Access, status: int = 200, **options: Any
    ) -> Callable[[F], F]:
        """Note an operation; ``options`` are those members of ``Operation`` that have a default."""

        def declare(view: F) -> F:
            parameters, hints = binding.signature_of(view, path)
            self.operations.append(
                Operation(
                    method=method,
                    path=path,
                    view=view,
                    access=access,
                    status=status,
                    tag=self.tag,
                    path_names=binding.path_names(path),
                    parameters=parameters,
                    body_type=hints.get("body"),
                    query_type=hints.get("query"),
                    answer_type=_answered(hints["return"]),
                    **options,
                )
            )
            return view

        return declare


def _answered(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is Answer else annotation


def _chalice_view(operation: Operation, app: Chalice) -> Callable[..., Response]:
    def view(**path_values: str) -> Response:
        reply = respond(operation, Request.from_chalice(app.current_request, path_values))
        return Response(reply.body, dict(reply.headers), reply.status)

    return view
