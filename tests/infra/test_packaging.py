"""Does equal content give equal packages, and does a package hold what it must?"""

import io
import os
import zipfile
from pathlib import Path

import pytest

from infra.building import requirement_groups, requirements_of
from infra.packaging import content_hash, our_code


@pytest.fixture
def small_project(tmp_path: Path) -> Path:
    for name in ("chalicelib/orders/rules.py", "functions/api/orders.py", "tests/test_orders.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f'"""{name}"""\n')
    (tmp_path / "chalicelib/__pycache__").mkdir()
    (tmp_path / "chalicelib/__pycache__/rules.pyc").write_bytes(b"compiled")
    return tmp_path


def test_the_same_code_gives_the_same_package_at_any_time(small_project: Path) -> None:
    first = our_code(small_project)

    os.utime(small_project / "functions/api/orders.py", (0, 0))

    assert our_code(small_project) == first


def test_changed_code_gets_another_name(small_project: Path) -> None:
    before = content_hash(our_code(small_project))

    (small_project / "functions/api/orders.py").write_text('"""Changed."""\n')

    assert content_hash(our_code(small_project)) != before


def test_a_local_package_holds_our_code_alone(small_project: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(our_code(small_project))) as package:
        assert package.namelist() == ["chalicelib/orders/rules.py", "functions/api/orders.py"]


def test_each_group_of_requirements_builds_on_the_one_that_every_function_needs() -> None:
    text = "# Pinned.\n\n# group: api\nboto3==1.0\nchalice==2.0\n\n# group: media\nPillow==3.0\n"

    groups = requirement_groups(text)

    assert requirements_of("api", groups) == ["boto3==1.0", "chalice==2.0"]
    assert requirements_of("media", groups) == ["boto3==1.0", "chalice==2.0", "Pillow==3.0"]
