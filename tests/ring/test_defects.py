"""Would the ring notice if the product were wrong? Defects are planted in copies of the tree.

All of them are hunted at night (`make defects`); here, that each can still be planted, and that some are found.
"""

from pathlib import Path

import pytest

from tests.ring.defects.planting import Defect, DoesNotApply, defects, hunt, plant

HUNTED_HERE = ("amount_unchecked",)


def test_there_are_enough_defects_each_with_a_sentence() -> None:
    assert len(defects()) >= 10
    assert all(each.meaning.endswith(".") for each in defects())


@pytest.mark.parametrize("defect", defects(), ids=lambda defect: defect.name)
def test_a_defect_can_still_be_planted(defect: Defect, tmp_path: Path) -> None:
    plant(defect, tmp_path)

    changed = [line.removeprefix("+++ b/") for line in defect.patch.read_text().splitlines() if line[:6] == "+++ b/"]
    assert changed
    assert all((tmp_path / name).read_text() != Path(name).read_text() for name in changed)


def test_a_patch_that_the_code_has_left_behind_is_told(tmp_path: Path) -> None:
    (patch := tmp_path / "old.patch").write_text(
        "Once.\n\n--- a/chalicelib/core/ids.py\n+++ b/chalicelib/core/ids.py\n@@ -1 +1 @@\n-before\n+after\n"
    )

    with pytest.raises(DoesNotApply, match=r"old: .*ids\.py"):
        plant(Defect(patch), tmp_path / "copy")


@pytest.mark.parametrize("name", HUNTED_HERE)
def test_the_ring_finds_a_planted_defect(name: str, tmp_path: Path, embedded_cloud_url: str) -> None:
    [defect] = [each for each in defects() if each.name == name]

    verdict = hunt(defect, tmp_path, cloud_url=embedded_cloud_url)

    assert verdict.is_found, verdict
