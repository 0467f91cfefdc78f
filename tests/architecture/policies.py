"""May this function do that? Evaluates the policies of template.yaml, since no local cloud enforces them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.architecture.conditions import Condition, Keys, as_text, conditions, fits
from tests.architecture.template import Resource, Template

FUNCTION = "AWS::Serverless::Function"
PRINCIPALS = (FUNCTION, "AWS::Serverless::StateMachine")
ATTACHED = ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy")


@dataclass(frozen=True)
class Statement:
    """One statement, its resources as texts in the manner of `Fn::Sub`: `${Table.Arn}/index/*`."""

    allows: bool
    conditions: tuple[Condition, ...] = ()
    actions: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    not_actions: tuple[str, ...] = ()
    not_resources: tuple[str, ...] = ()

    def covers(self, action: str, resource: str) -> bool:
        return _listed(self.actions, self.not_actions, action.lower()) and _listed(
            self.resources, self.not_resources, resource
        )

    def applies(self, action: str, resource: str, keys: Keys = None) -> bool:
        """Whether it has a say, as far as is known: what a condition demands of other things is taken to suit nobody.

        An Allow under such a condition allows then, and a Deny does not deny.
        """
        in_doubt = self.allows
        held = (in_doubt if holds is None else holds for each in self.conditions for holds in (each.holds(keys),))
        return self.covers(action, resource) and all(held)


@dataclass(frozen=True)
class Principal:
    """A function or state machine with every statement that its role holds."""

    resource: Resource
    statements: tuple[Statement, ...]
    unread: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        return self.resource.name

    @property
    def file(self) -> str:
        """The handler's file without its ending: `functions/api/users`."""
        handler = str(self.resource.properties.get("Handler", ""))
        return handler.rpartition(".")[0].replace(".", "/")

    def may(self, action: str, resource: str, *, keys: Keys = None) -> bool:
        """Whether it could ever be allowed, or with these partition keys in the request when they are given."""
        applying = [statement for statement in self.statements if statement.applies(action, resource, keys)]
        return bool(applying) and all(statement.allows for statement in applying)

    def is_denied(self, action: str, resource: str) -> bool:
        """Whether it is refused in so many words, whatever else is granted: that nobody allows it is not enough."""
        return any(statement.applies(action, resource) for statement in self.statements if not statement.allows)


def principals(template: Template) -> list[Principal]:
    return [_principal(template, resource) for resource in template.of_type(*PRINCIPALS)]


def named_by(template: Template, variable: str) -> set[str]:
    """What any function's environment variable of that name refers to."""
    holders = [template.function_defaults, *(each.properties for each in template.of_type(*PRINCIPALS))]
    values = [((holder.get("Environment") or {}).get("Variables") or {}).get(variable) for holder in holders]
    return {text for value in values if value is not None for text in as_text(value)}


def _principal(template: Template, resource: Resource) -> Principal:
    statements: list[Statement] = []
    unread: list[str] = []
    for policy in _policies(template, resource):
        if isinstance(policy, dict) and "Statement" in policy:
            statements += _statements(policy)
        else:
            unread.append(str(policy))
    return Principal(resource, tuple(statements), tuple(unread))


def _policies(template: Template, resource: Resource) -> Iterator[Any]:
    yield from _list(resource.properties.get("Policies"))
    defaults = template.function_defaults if resource.type == FUNCTION else {}
    role = resource.properties.get("Role", defaults.get("Role"))
    if role is None:
        return
    role_name = as_text(role)[0].strip("${}").removesuffix(".Arn")
    roles = [each for each in template.of_type("AWS::IAM::Role") if each.name == role_name]
    if not roles:
        yield as_text(role)[0]
    for each in roles:
        yield from (policy["PolicyDocument"] for policy in _list(each.properties.get("Policies")))
        yield from (as_text(arn)[0] for arn in _list(each.properties.get("ManagedPolicyArns")))
    for attached in template.of_type(*ATTACHED):
        holders = attached.properties.get("Roles", attached.properties.get("RoleName"))
        if f"${{{role_name}}}" in [text for holder in _list(holders) for text in as_text(holder)]:
            yield attached.properties["PolicyDocument"]


def _statements(document: dict[str, Any]) -> Iterator[Statement]:
    for each in _branches(document["Statement"]):
        yield Statement(
            allows=each["Effect"] == "Allow",
            conditions=tuple(conditions(each.get("Condition") or {})),
            actions=tuple(action.lower() for action in _list(each.get("Action"))),
            not_actions=tuple(action.lower() for action in _list(each.get("NotAction"))),
            resources=_texts(each.get("Resource")),
            not_resources=_texts(each.get("NotResource")),
        )


def _branches(statements: Any) -> Iterator[dict[str, Any]]:
    """Every statement that there could be, whichever way a condition of the template turns out."""
    for each in _list(statements):
        if "Fn::If" in each:
            yield from _branches([branch for branch in each["Fn::If"][1:] if branch != {"Ref": "AWS::NoValue"}])
        else:
            yield each


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(text for each in _list(value) for text in as_text(each))


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _listed(patterns: tuple[str, ...], not_patterns: tuple[str, ...], wanted: str) -> bool:
    if not_patterns:
        return not any(fits(pattern, wanted) for pattern in not_patterns)
    return any(fits(pattern, wanted) for pattern in patterns)
