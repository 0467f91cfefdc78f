"""What does API Gateway call? A Chalice app made of routers, whose own errors look like everybody's."""

from collections.abc import Callable
from typing import Any

from chalice.app import Chalice, ConvertToMiddleware, Response

from chalicelib.core.errors import NotJson, Refusal
from chalicelib.core.http.errors import InternalError, MethodNotAllowed, UnknownPath, UnsupportedMediaType
from chalicelib.core.http.problems import problem
from chalicelib.core.http.request import Request
from chalicelib.core.http.responding import dressed
from chalicelib.core.http.router import Router
from chalicelib.core.observability import logger

_BY_STATUS: dict[int, type[Refusal]] = {
    400: NotJson,
    403: UnknownPath,
    404: UnknownPath,
    405: MethodNotAllowed,
    415: UnsupportedMediaType,
}


class Api(Chalice):
    """The Lambda handler of one domain's operations, or of all of them in ``app.py``."""

    def __init__(self, name: str, *routers: Router) -> None:
        super().__init__(app_name=name, configure_logs=False)
        self.operations = [operation for router in routers for operation in router.operations]
        for router in routers:
            self.register_blueprint(router)
        self.register_middleware(ConvertToMiddleware(_with_clean_log), "all")
        self.register_middleware(self._redressed, "http")

    def _redressed(self, event: Any, get_response: Callable[[Any], Response]) -> Response:
        """Give Chalice's own errors (unknown method, media type) the shape of ours."""
        response = get_response(event)
        if not (isinstance(response.body, dict) and "Code" in response.body):
            return response
        request = Request.from_chalice(event, event.uri_params or {})
        refusal = self._refusal(response.status_code, request)
        reply = dressed(problem(refusal, locale=request.locale, request_id=request.id), request)
        logger.info("refused", code=refusal.code, status=reply.status, request_id=request.id)
        kept = {name: value for name, value in response.headers.items() if name == "Allow"}
        return Response(reply.body, {**reply.headers, **kept}, reply.status)

    def _refusal(self, status: int, request: Request) -> Refusal:
        kind = _BY_STATUS.get(status, InternalError)
        if kind is not UnsupportedMediaType:
            return kind()
        called = (request.method, request.route)
        return kind(accepted=next(each.consumes[0] for each in self.operations if (each.method, each.path) == called))


def _with_clean_log(handler: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def handle(event: Any, context: Any) -> Any:
        logger.clear_state()
        return handler(event, context)

    return handle
