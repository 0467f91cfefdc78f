"""For whom is a vendor's misbehaviour switched on? For all, for the next ones, or for one: the narrower wins."""

from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from infra.local.faults.answers import AnswerFault

O = TypeVar("O", bound=str)  # noqa: E741
S = TypeVar("S", bound="Switches[Any]")


class Switches(BaseModel, Generic[O]):
    """Faults of answers by operation; each vendor adds what else it can do wrong."""

    model_config = ConfigDict(extra="forbid")

    answers: dict[O, AnswerFault] = Field(default_factory=dict)


class SwitchBoard(BaseModel, Generic[S]):
    """Whose switches are set how; a subject is whatever the vendor's calls are about, such as a payment."""

    everywhere: S
    upcoming: list[S] = Field(default_factory=list)
    by_subject: dict[str, S] = Field(default_factory=dict)

    def of(self, subject: str | None) -> S:
        """The switches that hold for this subject."""
        chosen = self.by_subject.get(subject or "")
        if chosen is None:
            return self.everywhere
        return self.everywhere.model_copy(update={name: getattr(chosen, name) for name in chosen.model_fields_set})

    def bind_next(self, subject: str) -> None:
        """Give the first of the waiting switches to this subject, unless it has its own."""
        if self.upcoming and subject not in self.by_subject:
            self.by_subject[subject] = self.upcoming.pop(0)

    def take_fault(self, operation: str, subject: str | None) -> AnswerFault | None:
        """The fault that hits this call, counted down where it has a number of times."""
        own = self.by_subject.get(subject or "")
        for switches in (own, self.everywhere):
            if switches is not None and (fault := switches.answers.get(operation)):
                if fault.times is not None:
                    _count_down(switches, operation, fault.times)
                return fault
        return None


def _count_down(switches: Switches[Any], operation: str, times: int) -> None:
    if times == 1:
        del switches.answers[operation]
    else:
        switches.answers[operation] = switches.answers[operation].model_copy(update={"times": times - 1})
