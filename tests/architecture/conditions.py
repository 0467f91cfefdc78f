"""When does a statement apply? Values of the template as texts, and what a condition says of a request's keys."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

LEADING_KEYS = "dynamodb:LeadingKeys"
# The partition keys that a request names; None where the question is about any request at all.
Keys = tuple[str, ...] | None


@dataclass(frozen=True)
class Condition:
    """One operator on one key of the request, such as `ForAllValues:StringLike` on `dynamodb:LeadingKeys`."""

    operator: str
    key: str
    values: tuple[str, ...]

    def holds(self, keys: Keys) -> bool | None:
        """Whether it is met by a request with these partition keys; None if that hangs on something else.

        Of no keys at all, `ForAllValues` is true and `ForAnyValue` is false.
        """
        if keys is None or self.key.lower() != LEADING_KEYS.lower():
            return None
        match self.operator:
            case "ForAllValues:StringLike":
                return all(self._has(key) for key in keys)
            case "ForAnyValue:StringLike":
                return any(self._has(key) for key in keys)
            case "Null":
                return [value.lower() for value in self.values] == ["false" if keys else "true"]
        return None

    def _has(self, key: str) -> bool:
        return any(fits(pattern, key) for pattern in self.values)


def conditions(block: dict[str, Any]) -> Iterator[Condition]:
    """Every condition of a statement; all of them must be met."""
    for operator, demands in block.items():
        for key, value in demands.items():
            listed = value if isinstance(value, list) else [value]
            yield Condition(operator, key, tuple(text for each in listed for text in as_text(each)))


def fits(pattern: str, wanted: str) -> bool:
    regex = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(regex, wanted, re.DOTALL) is not None


def as_text(value: Any) -> list[str]:
    """Every text that a value of the template can become, intrinsic functions left as `${...}`."""
    if not isinstance(value, dict) or len(value) != 1:
        return [str(value)]
    ((name, inner),) = value.items()
    if name == "Ref":
        return [f"${{{inner}}}"]
    if name == "Fn::GetAtt":
        return ["${" + (inner if isinstance(inner, str) else ".".join(inner)) + "}"]
    if name == "Fn::Sub":
        return [_substituted(inner)]
    if name == "Fn::If":
        return [text for branch in inner[1:] for text in as_text(branch)]
    if name == "Fn::Join":
        return [str(inner[0]).join(as_text(part)[0] for part in inner[1])]
    return [str(value)]


def _substituted(inner: Any) -> str:
    if isinstance(inner, str):
        return inner
    text, names = str(inner[0]), inner[1]
    for name, value in names.items():
        text = text.replace(f"${{{name}}}", as_text(value)[0])
    return text
