"""What does ExchangeRate-API's open access answer to the shop? ``GET /v6/latest/<base>``."""

from datetime import timedelta
from email.utils import formatdate

from pydantic import JsonValue

from infra.local.exchange_rates.records import Operation, State
from infra.local.faults import answers as faults
from infra.local.remembering import ApiCall, now
from infra.local.serving import Answer, Reply, Request, Routes, json_reply

_ABOUT = {
    "provider": "https://www.exchangerate-api.com",
    "documentation": "https://www.exchangerate-api.com/docs/free",
    "terms_of_use": "https://www.exchangerate-api.com/terms",
}


class Api:
    def __init__(self, state: State, *, pause: faults.Pause) -> None:
        self._state = state
        self._pause = pause

    def add_to(self, routes: Routes) -> None:
        routes.add("GET", "/v6/latest/{base}", self._answer)

    def _answer(self, request: Request) -> Answer:
        base = request.params["base"]
        with self._state.changing() as memory:
            fault = memory.switches.take_fault(Operation.LATEST, base)
        reply = faults.answer(fault, lambda: self._latest(base), pause=self._pause, refusal=_refused)
        status = reply.status if isinstance(reply, Reply) else None
        kind = fault.kind if fault else None
        self._state.log(ApiCall(at=now(), operation=Operation.LATEST, status=status, fault=kind))
        return reply

    def _latest(self, base: str) -> Reply:
        with self._state.changed:
            worth, switches = self._state.memory.settings.rates, self._state.memory.switches.of(base)
        if base not in worth:
            return _error(404, "unsupported-code")
        midnight = now().replace(hour=0, minute=0, second=0, microsecond=0)
        published: JsonValue = switches.published_seconds or int(midnight.timestamp())
        rates: dict[str, JsonValue] = {name: round(each / worth[base], 6) for name, each in worth.items()}
        rates = {name: each for name, each in (rates | switches.rates).items() if name not in switches.missing}
        told = {"result": "success", **_ABOUT, "time_last_update_unix": published}
        times = {
            "time_last_update_utc": _rfc2822(midnight.timestamp()),
            "time_next_update_unix": int((midnight + timedelta(days=1)).timestamp()),
            "time_next_update_utc": _rfc2822((midnight + timedelta(days=1)).timestamp()),
            "time_eol_unix": 0,
        }
        return json_reply(200, {**told, **times, "base_code": base, "rates": rates})


def _refused(fault: faults.AnswerFault) -> Reply:
    return _error(fault.status or 429, "quota-reached")


def _error(status: int, kind: str) -> Reply:
    return json_reply(status, {"result": "error", "error-type": kind})


def _rfc2822(seconds: float) -> str:
    return formatdate(seconds)
