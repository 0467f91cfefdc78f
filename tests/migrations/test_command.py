"""Does `make migrate` do what the operator wants, and say so?"""

import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from infra.clouds import embedded_cloud
from infra.template import read_template, table_definition
from tests.support.account import Account


@pytest.fixture
def table(embedded_cloud_url: str) -> Iterator[str]:
    """Make a table in the account that commands work in."""
    name = "migrate-command"
    dynamodb = embedded_cloud(embedded_cloud_url).client("dynamodb")
    dynamodb.create_table(**table_definition(read_template(), name))
    row = {
        "pk": "VENDORS#0",
        "sk": "VENDOR#ven_1",
        "kind": "vendor",
        "vendor_id": "ven_1",
        "name": "Union",
        "email": "u@x.example",
        "created_at": "2026-01-02T03:04:05.000000Z",
    }
    dynamodb.put_item(TableName=name, Item={key: {"S": value} for key, value in row.items()})
    yield name
    dynamodb.delete_table(TableName=name)


def run_command(cloud_url: str, *arguments: str, module: str = "infra.migrate") -> subprocess.CompletedProcess[str]:
    environment = {"CLOUD_PORT": str(urlsplit(cloud_url).port)}
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


FOUND = "m0001_vendor_names: 1 rows of vendor have schema version 1"


def first_line(answered: subprocess.CompletedProcess[str]) -> str:
    """Return what was said of the first migration, the one that finds a row."""
    return answered.stdout.splitlines()[0]


def test_the_command_counts_then_moves_then_has_nothing_to_do(embedded_cloud_url: str, table: str) -> None:
    counted = run_command(embedded_cloud_url, "--table", table, "--dry-run", "--strict")
    moved = run_command(embedded_cloud_url, "--table", table)
    again = run_command(embedded_cloud_url, "--table", table, "--again", "m0001_vendor_names")
    checked = run_command(embedded_cloud_url, "--table", table, "--dry-run", "--strict")

    assert (counted.returncode, first_line(counted)) == (
        1,
        "m0001_vendor_names: 1 rows of vendor have schema version 1",
    )
    assert (moved.returncode, first_line(moved)) == (0, "m0001_vendor_names: done, 1 of 2 rows moved"), moved.stderr
    assert (again.returncode, first_line(again)) == (0, "m0001_vendor_names: done, 0 of 2 rows moved"), again.stderr
    assert checked.returncode == 0, checked.stderr


def test_the_books_balance_after_a_migration(embedded_cloud_url: str, table: str) -> None:
    """What a migration notes of itself is in the table too."""
    run_command(embedded_cloud_url, "--table", table)

    balanced = run_command(embedded_cloud_url, "--table", table, "--settle", "0", module="infra.books")

    assert balanced.stdout == f"{table}: the books balance\n", balanced.stderr


def test_the_command_says_in_a_line_what_is_wrong(embedded_cloud_url: str, aws: Account) -> None:
    no_stack = run_command(embedded_cloud_url, "--stack", "nexus-nowhere")
    no_migration = run_command(embedded_cloud_url, "--table", "nexus", "--again", "m9999_nothing")
    no_cloud = run_command("http://127.0.0.1:9")

    assert no_stack.stderr.startswith("No stack nexus-nowhere on embedded: ")
    assert no_migration.stderr == "There is no migration m9999_nothing\n"
    assert no_cloud.stderr.startswith("No stack nexus on embedded: Could not connect")
    assert [each.returncode for each in (no_stack, no_migration, no_cloud)] == [1, 1, 1]
