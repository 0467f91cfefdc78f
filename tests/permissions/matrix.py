"""Does everybody get in where the page says so, and is everybody else turned away without a trace?"""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.permissions.asking import Ask, builders, is_hasty
from tests.permissions.page import CALLERS, Declared, Row
from tests.permissions.stage import Stage
from tests.permissions.table import Rows, changed
from tests.support.people import Person
from tests.support.wire import Answer

TURNED_AWAY = frozenset({401, 403, 404})
_AT_ONCE = 3
_SHOWN_CHARACTERS = 300


@dataclass
class Trial:
    """One operation on its way through the matrix, with the request that those kept out try first."""

    operation: Declared
    lets_in: Sequence[str]
    keeps_out: Sequence[str]
    ask: Ask | None = None


@dataclass
class Matrix:
    """Tries operations as every caller. ``failures`` says which cells were not as the page has them.

    In a round, everybody who must be turned away tries a valid request, and the table must stay as it is. Then each
    who must get in makes one, the first of them the very request that the others had tried.
    """

    stage: Stage
    rows: Mapping[str, Row]
    quiet_seconds: float
    cells: int = 0
    failures: list[str] = field(default_factory=list)

    def run(self, operations: Iterable[Declared]) -> None:
        """Try these operations; one that asks for what does not last has a round to itself, before all others."""
        trials = [trial for trial in map(self._trial, operations) if trial is not None]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for trial in trials:
                if is_hasty(trial.operation.id):
                    self._round([trial], pool)
            self._round([trial for trial in trials if not is_hasty(trial.operation.id)], pool)

    def _trial(self, operation: Declared) -> Trial | None:
        if operation.id not in builders():
            where = f"tests/permissions/requests/{operation.domain}.py"
            self.failures.append(f"{operation.id}: how does one ask validly? Add a builder of that name to {where}")
            return None
        lets_in = self.rows[operation.id].lets_in if operation.id in self.rows else frozenset[str]()
        if not lets_in:
            self.failures.append(f"{operation.id}: docs/permissions.md does not say who gets in")
            return None
        return Trial(
            operation, *([each for each in CALLERS if (each in lets_in) is got_in] for got_in in (True, False))
        )

    def _round(self, trials: Sequence[Trial], pool: ThreadPoolExecutor) -> None:
        if not trials:
            return
        for trial, ask in zip(trials, pool.map(lambda each: self._ask(each, each.lets_in[0]), trials), strict=True):
            trial.ask = ask
        ready = [trial for trial in trials if trial.ask is not None]
        for trial in ready:
            for caller in trial.keeps_out:
                self._person(trial, caller)  # lets them in, if they are new
        rows = self.stage.table.rows_at_rest(quiet_seconds=self.quiet_seconds)
        for trial in ready:
            rows = self._turn_away(trial, rows, pool)
        cells = [(trial, caller) for trial in ready for caller in trial.lets_in]
        list(pool.map(lambda cell: self._let_in(*cell), cells))

    def _turn_away(self, trial: Trial, before: Rows, pool: ThreadPoolExecutor) -> Rows:
        """Let those try who must not get in; return the rows as they are then."""
        if not trial.keeps_out:
            return before
        were_turned_away = list(pool.map(lambda caller: self._is_turned_away(trial, caller), trial.keeps_out))
        after = self.stage.table.rows()
        if rows := changed(before, after):
            self.failures.append(f"{trial.operation.id}: {', '.join(trial.keeps_out)} must leave no trace, but: {rows}")
        if rows or not all(were_turned_away):
            trial.ask = None  # used up
        return after

    def _is_turned_away(self, trial: Trial, caller: str) -> bool:
        assert trial.ask is not None
        person = self._person(trial, caller)
        answer = trial.ask.sent_to(trial.operation, person.api)
        return self._judge(trial, caller, answer, answer.status in TURNED_AWAY)

    def _let_in(self, trial: Trial, caller: str) -> None:
        first = trial.ask if caller == trial.lets_in[0] else None
        ask = first or self._ask(trial, caller)
        if ask is not None:
            person = ask.by or self._person(trial, caller)
            answer = ask.sent_to(trial.operation, person.api)
            self._judge(trial, caller, answer, 200 <= answer.status < 400)

    def _judge(self, trial: Trial, caller: str, answer: Answer, is_right: bool) -> bool:
        self.cells += 1
        if not is_right:
            wanted = "must get in" if caller in trial.lets_in else "must be turned away"
            got = f"{answer.status} {answer.body[:_SHOWN_CHARACTERS]!r}"
            self.failures.append(f"{trial.operation.id}: {caller} {wanted}, but got {got}")
        return is_right

    def _ask(self, trial: Trial, caller: str) -> Ask | None:
        """Make a valid request; a builder that fails fails the operation."""
        person = self._person(trial, caller)
        try:
            return builders()[trial.operation.id](self.stage, person)
        except Exception as problem:
            self.failures.append(f"{trial.operation.id}: no valid request for {caller}: {problem!r}")
            return None

    def _person(self, trial: Trial, caller: str) -> Person:
        return self.stage.person(caller, trial.operation.permission)
