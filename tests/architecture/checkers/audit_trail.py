"""Holds the audit trail to its one writer and its one reader: everybody else is denied it in so many words."""

from collections.abc import Iterator
from pathlib import Path

from tests.architecture.checkers.source import Finding
from tests.architecture.policies import Principal, named_by, principals
from tests.architecture.template import read_template

VARIABLE = "AUDIT_TABLE_NAME"
PUT, QUERY = "dynamodb:PutItem", "dynamodb:Query"
NEEDED = {"functions/queues/audit_trail": (PUT, QUERY), "functions/api/audit": (QUERY,)}
EVERYTHING = (
    *(PUT, QUERY, "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Scan", "dynamodb:ConditionCheckItem"),
    *("dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"),
    *(f"dynamodb:PartiQL{verb}" for verb in ("Select", "Insert", "Update", "Delete")),
    *("dynamodb:UpdateTable", "dynamodb:DeleteTable", "dynamodb:UpdateTimeToLive", "dynamodb:RestoreTableFromBackup"),
    *("dynamodb:UpdateContinuousBackups", "dynamodb:PutResourcePolicy", "dynamodb:DeleteResourcePolicy"),
)


def check_audit_trail(root: Path) -> list[Finding]:
    """Roles that could touch the audit trail, or are not denied to, or lack what they need of it."""
    template = read_template(root)
    return [
        Finding(template.path, principal.resource.line, complaint)
        for table in sorted(name.strip("${}") for name in named_by(template, VARIABLE))
        for principal in principals(template)
        for complaint in _complaints(principal, table)
    ]


def _complaints(principal: Principal, table: str) -> Iterator[str]:
    needed = NEEDED.get(principal.file, ())
    for action in needed:
        if not principal.may(action, f"${{{table}.Arn}}"):
            yield f"{principal.name} may not do {action} on the audit trail, and must"
    for resource in (f"${{{table}.Arn}}", f"${{{table}.Arn}}/index/gsi1"):
        for action in EVERYTHING:
            if action in needed:
                continue
            if principal.may(action, resource):
                yield f"{principal.name} may do {action} on {resource}"
            elif not principal.is_denied(action, resource):
                yield f"{principal.name} is not denied {action} on {resource}"
