"""Holds each role of template.yaml to what it needs: no stars, and secrets for their readers only."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.checkers.source import Finding, matches_any
from tests.architecture.policies import Principal, named_by, principals
from tests.architecture.template import Template, read_template

# Actions for which AWS knows no narrower resource than "*".
WITHOUT_RESOURCE = (
    *("xray:puttracesegments", "xray:puttelemetryrecords", "cloudwatch:putmetricdata"),
    *(f"logs:{verb}logdelivery" for verb in ("create", "get", "update", "delete")),
    *("logs:listlogdeliveries", "logs:putresourcepolicy", "logs:describeresourcepolicies"),
    "logs:describeloggroups",
)
READ_SECRET, CHANGE_SECRET = "secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"


@dataclass(frozen=True)
class Reserved:
    """An action on the thing that an environment variable names, and the function files that may do it."""

    action: str
    variable: str
    files: tuple[str, ...]


RESERVED = (
    Reserved(READ_SECRET, "USERS_SECRET", files=("functions/api/users",)),
    Reserved(READ_SECRET, "SIGNING_SECRET", files=("functions/api/users",)),
    Reserved(CHANGE_SECRET, "SIGNING_SECRET", files=()),
    Reserved(READ_SECRET, "FACTORS_SECRET", files=("functions/api/users",)),
    Reserved(
        READ_SECRET,
        "CODES_SECRET",
        files=("functions/api/users", "functions/queues/account_mails", "functions/queues/account_texts"),
    ),
    Reserved(
        READ_SECRET,
        "IMAGES_SECRET",
        files=("functions/api/pictures", "functions/queues/process_pictures", "functions/schedules/sweep_pictures"),
    ),
    Reserved(
        READ_SECRET,
        "CHAPA_SECRET",
        files=(
            "functions/api/payments",
            "functions/api/checkout",
            "functions/workflows/*",
            "functions/queues/*payment*",
            "functions/queues/*refund*",
            "functions/schedules/*payment*",
            "functions/schedules/*refund*",
            "functions/schedules/*checkout*",
            "functions/schedules/*payout*",
        ),
    ),
)


def check_least_privilege(root: Path) -> list[Finding]:
    """Stars, policies that cannot be read here, and functions that may do what is reserved to others."""
    template = read_template(root)
    found = []
    for principal in principals(template):
        complaints = [*_stars(principal), *_unread(principal), *_reserved(template, principal)]
        found += [Finding(template.path, principal.resource.line, complaint) for complaint in complaints]
    return found


def _stars(principal: Principal) -> Iterator[str]:
    for statement in principal.statements:
        if not statement.allows:
            continue
        if statement.not_actions or statement.not_resources:
            yield f"{principal.name} is allowed all but something; list what it needs"
        for action in statement.actions:
            if action == "*" or action.endswith(":*"):
                yield f"{principal.name} may do {action}; list the actions it needs"
            if "*" in statement.resources and action not in WITHOUT_RESOURCE:
                yield f"{principal.name} may do {action} on every resource"


def _unread(principal: Principal) -> Iterator[str]:
    for policy in principal.unread:
        yield f"{principal.name} has a policy whose statements are not in the template: {policy}"


def _reserved(template: Template, principal: Principal) -> Iterator[str]:
    for rule in RESERVED:
        for thing in named_by(template, rule.variable):
            if principal.may(rule.action, thing) and not matches_any(principal.file, rule.files):
                yield f"{principal.name} may do {rule.action} on {rule.variable}, reserved to {rule.files}"
