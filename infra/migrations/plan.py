"""Which migrations are there, and in which order do they run?"""

import importlib
import pkgutil
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.core.storage.shapes import Row, Upgrade, labelled
from chalicelib.core.storage.table import Item
from infra import migrations

_NAME = re.compile(r"m(\d{4})_[a-z0-9_]+")


# Tells whether it was this call that replaced the row.
Replacement = Callable[[Row], bool]


def unchanged(row: Row) -> Row:
    """Return the row as it is."""
    return row


class BadPlan(Exception):
    """The migrations do not fit each other or the kinds that they move."""


@dataclass(frozen=True)
class Migration:
    """Moves the rows of one kind by one schema version, by the very function that readers upgrade them with.

    A kind that is no more has a ``replacement`` instead: it puts other rows in a row's place, in one transaction.
    """

    name: str
    kind: type[Item]
    from_version: int = 1
    upgrade: Upgrade = unchanged
    replacement: Replacement | None = None

    @property
    def kind_name(self) -> str:
        """Return what rows of the kind carry as ``kind``."""
        return kind_name(self.kind)

    def applied_to(self, row: Row) -> Row:
        """Return the row in its next shape."""
        return labelled(self.upgrade(row), self.from_version + 1)


def kind_name(kind: type[Item]) -> str:
    """Return the name that a kind is stored under."""
    discriminator: Any = Item.kind
    return str(discriminator.serialize(kind))


def all_migrations() -> list[Migration]:
    """Return every migration of this folder, in order. Raises ``BadPlan``."""
    names = sorted(module.name for module in pkgutil.iter_modules(migrations.__path__) if module.name.startswith("m0"))
    plan = [importlib.import_module(f"infra.migrations.{name}").MIGRATION for name in names]
    if names != [migration.name for migration in plan]:
        raise BadPlan(f"Each migration is named as its file: {names}")
    check(plan)
    return plan


def check(plan: Sequence[Migration]) -> None:
    """Raise ``BadPlan`` unless numbers and each kind's versions go up by one, through that kind's own upgrades."""
    reached: dict[type[Item], int] = {}
    for number, migration in enumerate(plan, start=1):
        name, kind = migration.name, migration.kind
        numbered = _NAME.fullmatch(name)
        if numbered is None or int(numbered[1]) != number:
            raise BadPlan(f"{name} should be m{number:04}_...")
        version = reached.get(kind, 1)
        if migration.from_version != version:
            raise BadPlan(f"{name} begins at {version} of {kind.__name__}, not at {migration.from_version}")
        if migration.replacement is None and migration.upgrade not in kind.upgrades[version - 1 : version]:
            raise BadPlan(f"{name} must apply upgrade {version} of {kind.__name__}, which readers apply")
        reached[kind] = version + 1
