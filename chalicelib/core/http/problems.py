"""How does a failure look? RFC 9457 problem details with stable codes and localised texts."""

import json
from collections.abc import Mapping
from typing import Any

from chalicelib.core.errors import Refusal
from chalicelib.core.http.reply import Reply
from chalicelib.core.i18n import locales
from chalicelib.core.money import Money

PROBLEM_JSON = "application/problem+json"


def problem_type(code: str) -> str:
    """Return the URI that names a kind of problem."""
    return f"urn:nexus:problem:{code}"


def problem(refusal: Refusal, *, locale: str, request_id: str) -> Reply:
    """Turn a refusal into its reply; its facts become extension members."""
    facts = {name: _plain(value) for name, value in refusal.facts.items()}
    members: dict[str, Any] = {
        **facts,
        "type": problem_type(refusal.code),
        "title": locales.message(f"titles.{refusal.code}", locale) or refusal.code,
        "status": refusal.status,
        "detail": locales.message(f"details.{refusal.code}", locale, facts) or "",
        "code": refusal.code,
        "request_id": request_id,
    }
    headers = {
        **refusal.headers,
        "Content-Type": PROBLEM_JSON,
        "Content-Language": locales.written(locale),
        "Cache-Control": "no-store",
    }
    return Reply(refusal.status, json.dumps(members, ensure_ascii=False), headers)


def _plain(fact: Any) -> Any:
    match fact:
        case str() | int() | None:
            return fact
        case Money():
            return fact.as_wire()
        case Mapping():
            return {str(name): _plain(value) for name, value in fact.items()}
        case list() | tuple() | set() | frozenset():
            return [_plain(each) for each in fact]
        case _:
            return str(fact)
