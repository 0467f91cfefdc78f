"""Does an API keep its document, whatever is sent? Valid and invalid requests made from it are sent and judged."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import CheckContext, not_a_server_error
from schemathesis.core import NOT_SET
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.parameters import ParameterLocation
from schemathesis.core.transport import Response
from schemathesis.schemas import APIOperation, BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.support.repeatable import REPEATABLE

Document = dict[str, Any]
# Values that exist, by the name of the parameter or member that takes them.
Known = Mapping[str, Sequence[Any]]

_SHARE_OF_KNOWN = 0.6
_PATIENCE_SECONDS = 30
_MOST_ROUNDS = 10
# Of bodies that are lists of lists few are made, unless they are short.
_SHORT = 3
# The first that are made are the simplest, of which too many are alike.
_FEWEST_MADE = 10
_UNKNOWN = "unknown_"
# What a schema cannot say: which cursors were given out, that members or digits agree, and how long months are.
_BEYOND_SCHEMAS = frozenset(
    {
        *("cursor_invalid", "repeated", "currencies_mixed", "one_list_only"),
        *("currency_not_listed", "sale_not_lower", "ends_too_soon", "moment_unknown", "check_digit_wrong"),
        *("area_without_country", "region_unknown", "ends_before_it_begins", "charge_or_bands", "place_of_pickup"),
        *("zones_overlap", "band_without_limit", "bands_not_ascending"),
    }
)
_UNREADABLE = frozenset({"malformed", "not_json", "unsupported_media_type"})


def what_fits_is_understood(ctx: CheckContext, response: Response, case: Case) -> None:
    """Refuse an answer that calls a request malformed which the document allows."""
    if case.meta is None or case.meta.generation.mode.is_negative or response.status_code < 400:
        return
    problem = response.json()
    codes = {error["code"] for error in problem.get("errors", [])} or {problem.get("code")}
    if problem.get("code") in _UNREADABLE and not codes <= _BEYOND_SCHEMAS:
        title = f"Refused what the document allows: {', '.join(sorted(codes))}"
        raise Failure(operation=case.operation.label, title=title, message=response.text)


def what_is_unknown_is_refused(ctx: CheckContext, response: Response, case: Case) -> None:
    """Refuse an answer to a request with a query parameter that nobody declared."""
    if any(name.startswith(_UNKNOWN) for name in case.query) and response.status_code < 400:
        title = "Took a query parameter that it does not know"
        raise Failure(operation=case.operation.label, title=title, message=response.text)


CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    what_fits_is_understood,
    what_is_unknown_is_refused,
]


@dataclass(frozen=True)
class Visitor:
    """Somebody who calls, and the headers that say who."""

    name: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Findings:
    """What was sent, what came back, and what should not have."""

    seed: int
    sent: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    succeeded: Counter[str] = field(default_factory=Counter)
    failures: dict[str, str] = field(default_factory=dict)

    @property
    def never_succeeded(self) -> set[str]:
        """Name the operations whose answers to what is right were never seen."""
        return {label for label, _, _ in self.sent} - set(+self.succeeded)

    @property
    def summary(self) -> str:
        """Return seed and counts in two lines."""
        by_mode = Counter(dict.fromkeys(GenerationMode, 0))
        for (_, mode, _), count in self.sent.items():
            by_mode[GenerationMode(mode)] += count
        operations, visitors = ({key[part] for key in self.sent} for part in (0, 2))
        fewest = min(self.sent.values(), default=0)
        return (
            f"SEED={self.seed}: {len(operations)} operations as {', '.join(sorted(visitors))};"
            f" {by_mode[GenerationMode.POSITIVE]} valid and {by_mode[GenerationMode.NEGATIVE]} invalid requests,"
            f" at least {fewest} of each per operation and caller\n"
            f"answers: {', '.join(f'{count} x {status}' for status, count in sorted(self.statuses.items()))}"
        )


@dataclass(frozen=True)
class Campaign:
    """Sends ``examples`` valid and as many invalid requests per operation, each once as every visitor.

    ``last`` are the operations that end what others are about, such as ``DELETE /carts/{cart_id}``, in their order.
    """

    address: str
    visitors: Sequence[Visitor]
    known: Known
    examples: int
    findings: Findings
    last: Sequence[str] = ()

    def run(self, document: Document) -> None:
        schema = schemathesis.openapi.from_dict(document)
        schema.config.update(base_url=self.address)
        schema.config.generation.update(with_security_parameters=False)
        # An outdated `If-Match` is a refusal too, and is looked at before the body.
        schema.config.checks.negative_data_rejection.expected_statuses.append("412")
        shorter = schemathesis.openapi.from_dict(with_short_lists(document))
        shorter.config.generation.update(with_security_parameters=False)
        short = {each.label: each for each in operations_of(shorter)}
        sessions = [(visitor, _session()) for visitor in self.visitors]
        with ThreadPoolExecutor(len(sessions)) as pool:
            for operation in self._in_order(operations_of(schema)):
                for case in self._cases(operation, short[operation.label]):
                    list(pool.map(partial(_send, case, self.findings), *zip(*sessions, strict=True)))

    def _in_order(self, operations: list[APIOperation]) -> list[APIOperation]:
        unknown = set(self.last) - {each.label for each in operations}
        assert not unknown, f"there are no such operations: {unknown}"
        # A stable sort: those that end nothing keep their order.
        return sorted(operations, key=lambda each: self.last.index(each.label) if each.label in self.last else -1)

    def _cases(self, operation: APIOperation, short: APIOperation) -> Iterator[Case]:
        """Yield cases until enough were sent in each mode: some that were made invalid turn out to be valid.

        ``short`` is the same operation with short lists, of which those are made that are lacking in the end.
        """
        for mode in GenerationMode:
            for round in range(_MOST_ROUNDS):
                lacking = self.examples - self.findings.sent[operation.label, mode.value, self.visitors[0].name]
                if lacking <= 0:
                    break
                seed = self.findings.seed + round
                choices = random.Random(f"{seed} {operation.label} {mode}")
                count = max(lacking, _FEWEST_MADE)
                source = short if round and mode.is_positive else operation
                for case in generated(source, mode, count, seed) or _spoilt(operation, count, seed):
                    case.operation = operation
                    yield _acquainted(case, self.known, choices)


def _session() -> requests.Session:
    """Return a session that asks the environment nothing, which would cost more than the request."""
    session = requests.Session()
    session.trust_env = False
    return session


def with_short_lists(document: Any) -> Any:
    """Return a document in which no list that an operation takes or gives is long."""
    if isinstance(document, list):
        return [with_short_lists(each) for each in document]
    if not isinstance(document, dict):
        return document
    shorter = {name: with_short_lists(part) for name, part in document.items()}
    if document.get("type") == "array":
        shorter["maxItems"] = max(min(document.get("maxItems", _SHORT), _SHORT), document.get("minItems", 0))
    return shorter


def operations_of(schema: BaseSchema) -> list[APIOperation]:
    return [found.ok() for found in schema.get_all_operations()]


def generated(operation: APIOperation, mode: GenerationMode, count: int, chosen_seed: int) -> list[Case]:
    """Return requests that are the same for one seed, in any process."""
    cases: list[Case] = []

    @seed(chosen_seed)
    @settings(
        backend=REPEATABLE,
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def collect(case: Case) -> None:
        cases.append(case)

    try:
        collect()
    except Unsatisfiable:
        return []
    return cases


def _spoilt(operation: APIOperation, count: int, chosen_seed: int) -> list[Case]:
    """Return requests that ask for what the operation does not know, where it takes nothing that could be wrong."""
    cases = generated(operation, GenerationMode.POSITIVE, count, chosen_seed)
    for number, case in enumerate(cases):
        case.query = {f"{_UNKNOWN}{number}": "1"}
        case.meta.generation.mode = GenerationMode.NEGATIVE
    return cases


def _acquainted(case: Case, known: Known, choices: random.Random) -> Case:
    """Name things that exist in those parts of a request that are valid."""
    known_here = {name: values for name, values in known.items() if values}

    def swapped(value: Any, name: str = "") -> Any:
        if name in known_here and choices.random() < _SHARE_OF_KNOWN:
            one = choices.choice(known_here[name])
            return [one] if isinstance(value, list) else one
        if isinstance(value, dict):
            return {key: swapped(each, key) for key, each in value.items()}
        if isinstance(value, list):
            return [swapped(each) for each in value]
        return value

    parts = case.meta.components if case.meta else {}
    for location, part in parts.items():
        if part.mode.is_positive:
            match location:
                case ParameterLocation.PATH:
                    case.path_parameters = swapped(dict(case.path_parameters))
                case ParameterLocation.QUERY:
                    case.query = swapped(dict(case.query))
                case ParameterLocation.HEADER:
                    for name in known_here:
                        if name in case.headers:
                            case.headers[name] = swapped(case.headers[name], name)
                case ParameterLocation.BODY if case.body is not NOT_SET:
                    case.body = swapped(case.body)
    return case


def _send(case: Case, findings: Findings, visitor: Visitor, session: requests.Session) -> None:
    response = case.call(session=session, headers=dict(visitor.headers), timeout=_PATIENCE_SECONDS)
    mode = case.meta.generation.mode.value
    findings.sent[case.operation.label, mode, visitor.name] += 1
    findings.statuses[response.status_code] += 1
    findings.succeeded[case.operation.label] += 200 <= response.status_code < 300
    try:
        case.validate_response(response, checks=CHECKS)
    except FailureGroup as group:
        for failure in group.exceptions:
            what = f"{case.operation.label} as {visitor.name}, {mode}, {response.status_code}: {failure.title}"
            findings.failures.setdefault(what, f"{failure.message}\n{case!r}\n{response.text[:600]}")
