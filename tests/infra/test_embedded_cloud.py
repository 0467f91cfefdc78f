"""Does the embedded cloud keep to itself?"""

import socket
from pathlib import Path

import pytest

from infra.clouds import embedded_cloud as cloud_at
from infra.local.embedded_cloud import EmbeddedCloud
from infra.local.ports import free_port
from tests.support.account import Account


def test_nothing_of_the_shell_reaches_the_handlers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOMEBODYS_TOKEN", "private")
    folder = tmp_path / "cloud"

    with EmbeddedCloud(folder, port=free_port(), keeps_data=False) as cloud:
        environment = Path(f"/proc/{cloud.pid}/environ")
        if not environment.exists():
            pytest.skip("this system does not show the environment of processes")
        seen = environment.read_bytes()

    assert b"SOMEBODYS_TOKEN" not in seen
    assert f"TMPDIR={folder}".encode() in seen


def test_it_listens_on_this_machine_only(embedded_cloud: EmbeddedCloud) -> None:
    with socket.socket() as elsewhere:
        elsewhere.bind(("127.0.0.2", embedded_cloud.port))


def test_an_account_sees_nothing_of_another(aws: Account, embedded_cloud: EmbeddedCloud) -> None:
    neighbour = cloud_at(embedded_cloud.endpoint_url, account="123456789012")

    assert aws.cloud.client("dynamodb").list_tables()["TableNames"] == ["nexus", "nexus-audit"]
    assert neighbour.client("dynamodb").list_tables()["TableNames"] == []


def test_the_shops_table_has_both_indexes(aws: Account) -> None:
    table = aws.cloud.client("dynamodb").describe_table(TableName="nexus")["Table"]

    assert {index["IndexName"] for index in table["GlobalSecondaryIndexes"]} == {"gsi1", "gsi2"}
