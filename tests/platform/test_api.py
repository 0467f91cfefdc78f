"""Are the documents of the API handed out as they should be?"""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from functions.api.platform import app
from infra import api_pages
from tests.support.account import Account
from tests.support.calling import Client

INDEX = api_pages.ASSETS / api_pages.INDEX
# What API Gateway passes on from a Lambda, less what JSON's escapes may add.
REPLY_LIMIT_BYTES = 6 * 1024 * 1024


@pytest.fixture
def client(aws: Account) -> Client:
    return Client(app)


def assets() -> dict[str, str]:
    listed: dict[str, str] = json.loads(INDEX.read_text("utf-8"))
    return listed


def test_the_document_that_is_served_is_the_one_in_the_repository(client: Client) -> None:
    answer = client.get("/openapi.json")

    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.text == (api_pages.ROOT / "docs" / "openapi.json").read_text("utf-8")
    assert answer.headers["cache-control"].startswith("public, max-age=60")


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_a_page_runs_no_script_but_those_of_its_own_host(client: Client, path: str) -> None:
    answer = client.get(path)

    policy = answer.headers["content-security-policy"]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "http" not in policy.replace("https", "http").replace("'", "")
    assert re.findall(r"<script(?![^>]*\bsrc=)", answer.text) == []
    assert "://" not in answer.text


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_all_that_a_page_loads_is_there(client: Client, path: str) -> None:
    loaded = re.findall(r'(?:src|href)="(docs/assets/[^"]+)"', client.get(path).text)

    answers = [client.get(f"/{each}") for each in loaded]

    assert len(loaded) == 3
    assert {answer.status for answer in answers} == {200}
    assert {answer.headers["content-type"].partition(";")[0] for answer in answers} == {"text/javascript", "text/css"}


def test_every_asset_is_named_by_its_content_and_kept_for_long(client: Client) -> None:
    for name, digest in assets().items():
        answer = client.get(f"/docs/assets/{name}")

        assert hashlib.sha256(answer.text.encode()).hexdigest() == digest, name
        assert digest[: api_pages.HASH_LENGTH] in name
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert client.get(f"/docs/assets/{name}", if_none_match=answer.headers["etag"]).status == 304


def test_an_asset_fits_a_reply_and_names_no_source_map() -> None:
    for name in assets():
        text = (api_pages.ASSETS / name).read_text("utf-8")

        assert len(json.dumps(text).encode()) < REPLY_LIMIT_BYTES
        assert "sourceMappingURL" not in text[-200:], name


@pytest.mark.parametrize("name", ["index.json", "docs.html", "openapi.json", "..", "assets.py", "nothing.js"])
def test_a_file_that_is_not_listed_is_not_handed_out(client: Client, name: str) -> None:
    answer = client.get(f"/docs/assets/{name}")

    assert answer.status == 404
    assert answer.code == "asset_not_found"


def test_building_again_changes_nothing_and_clears_what_is_stale(tmp_path: Path) -> None:
    api_pages.build(tmp_path)
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    (tmp_path / "docs.000000000000.js").write_text("old")

    api_pages.build(tmp_path)

    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_the_platform_imports_no_more_than_an_api_function_must() -> None:
    heavy = "{'boto3', 'jinja2', 'requests', 'argon2', 'cryptography', 'jwt', 'django', 'drf_spectacular_sidecar'}"
    program = f"import sys, functions.api.platform; print(sorted({heavy} & set(sys.modules)))"

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=api_pages.ROOT
    )

    assert done.stdout.strip() == "[]"
