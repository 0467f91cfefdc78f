"""Does the operator's command say how far the trail holds, and with which status does it end?"""

import subprocess
import sys
from urllib.parse import urlsplit

from infra.clouds import embedded_cloud
from infra.template import read_template, table_definition
from tests.audit.builders import chain, kept_all, rows
from tests.support.account import Account

TABLE = "audit-command"


def run_command(cloud_url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"CLOUD_PORT": str(urlsplit(cloud_url).port)}
    command = [sys.executable, "-m", "infra.audit", "verify", "--table", TABLE, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_command_tells_an_untouched_trail_from_another(aws: Account, embedded_cloud_url: str) -> None:
    kept_all(3)
    stored, last = rows(), f"0:3:{chain()[-1].hash}"
    database = embedded_cloud(embedded_cloud_url).client("dynamodb")
    database.create_table(**table_definition(read_template(), TABLE, resource="AuditTable"))
    for row in stored:
        database.put_item(TableName=TABLE, Item=row)

    sound = run_command(embedded_cloud_url, "--head", last)
    second = next(row for row in stored if row["sk"]["S"].endswith("2"))
    database.put_item(TableName=TABLE, Item={**second, "previous": {"S": "f" * 64}})
    broken = run_command(embedded_cloud_url)

    told = f"{TABLE}: 3 entries hold; the last one is {last}\n"
    assert (sound.returncode, sound.stdout) == (0, told), sound.stderr
    assert broken.returncode == 1, broken.stderr
    assert broken.stdout.splitlines()[1] == "Broken: AUDIT#0 ENTRY#000000000002: it is not what was written"


def test_an_end_that_is_none_is_not_taken(embedded_cloud_url: str) -> None:
    refused = run_command(embedded_cloud_url, "--head", "yesterday")

    assert refused.returncode == 2
    assert "--head" in refused.stderr
