"""Do the migrations fit each other and the kinds that they move?"""

import importlib
from dataclasses import replace
from pathlib import Path

import pytest

from chalicelib.core.storage.attributes import UnicodeAttribute
from chalicelib.core.storage.shapes import Row
from chalicelib.core.storage.table import Item
from infra.migrations.plan import BadPlan, Migration, all_migrations, check
from infra.packaging import REPOSITORY


def with_warp(row: Row) -> Row:
    return {**row, "warp": {"S": "cotton"}}


def with_weft(row: Row) -> Row:
    return {**row, "weft": {"S": "silk"}}


class Loom(Item, discriminator="test_loom"):
    """A kind that has changed twice."""

    warp = UnicodeAttribute()
    weft = UnicodeAttribute()
    upgrades = (with_warp, with_weft)


FIRST = Migration("m0001_warp", kind=Loom, from_version=1, upgrade=with_warp)
SECOND = Migration("m0002_weft", kind=Loom, from_version=2, upgrade=with_weft)


def modules() -> list[str]:
    """Return every module of the product, which is where kinds are declared."""
    files = sorted((REPOSITORY / "chalicelib").rglob("*.py"))
    return [".".join(Path(file).relative_to(REPOSITORY).with_suffix("").parts) for file in files]


def kinds() -> set[type[Item]]:
    found, unseen = set(), [Item]
    while unseen:
        kind = unseen.pop()
        unseen += kind.__subclasses__()
        found.add(kind)
    return {kind for kind in found if kind.__module__.startswith("chalicelib.")}


def test_every_change_of_a_shape_has_its_migration() -> None:
    for module in modules():
        importlib.import_module(module.removesuffix(".__init__"))

    changes = {(kind, number) for kind in kinds() for number in range(1, len(kind.upgrades) + 1)}

    upgrades = [each for each in all_migrations() if each.replacement is None]
    assert {(each.kind, each.from_version) for each in upgrades} == changes


def test_a_plan_that_fits_is_accepted() -> None:
    check([FIRST, SECOND])


@pytest.mark.parametrize(
    ("plan", "complaint"),
    [
        ([replace(FIRST, name="m0002_warp")], "m0002_warp should be m0001_"),
        ([replace(FIRST, name="0001_warp")], "0001_warp should be m0001_"),
        ([FIRST, replace(SECOND, name="m0001_weft")], "m0001_weft should be m0002_"),
        ([replace(SECOND, name="m0001_weft")], "m0001_weft begins at 1 of Loom, not at 2"),
        ([FIRST, replace(FIRST, name="m0002_warp")], "m0002_warp begins at 2 of Loom, not at 1"),
        ([replace(FIRST, upgrade=with_weft)], "m0001_warp must apply upgrade 1 of Loom"),
        ([FIRST, SECOND, Migration("m0003_three", Loom, 3, with_weft)], "m0003_three must apply upgrade 3 of Loom"),
    ],
)
def test_a_plan_that_does_not_fit_is_reported(plan: list[Migration], complaint: str) -> None:
    with pytest.raises(BadPlan, match=complaint):
        check(plan)
