"""Can Docker Compose read localstack-compose.yml?"""

import os
import shutil
import subprocess

import pytest

from infra.packaging import REPOSITORY


def test_compose_accepts_the_file() -> None:
    if shutil.which("docker-compose") is None and not os.environ.get("CI"):
        pytest.skip("docker-compose is not installed here")

    checked = subprocess.run(
        ["docker-compose", "-f", "localstack-compose.yml", "config", "--quiet"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stderr
