"""Does the operator's command say what is wrong, and with which status does it end?"""

import subprocess
import sys
from urllib.parse import urlsplit

from infra.books.checking import INVARIANTS
from infra.clouds import embedded_cloud
from infra.template import read_template, table_definition

TABLE = "books-command"


def run_command(cloud_url: str) -> subprocess.CompletedProcess[str]:
    environment = {"CLOUD_PORT": str(urlsplit(cloud_url).port)}
    command = [sys.executable, "-m", "infra.books", "--table", TABLE, "--settle", "0"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_command_tells_a_sound_table_from_a_broken_one(embedded_cloud_url):
    database = embedded_cloud(embedded_cloud_url).client("dynamodb")
    database.create_table(**table_definition(read_template(), TABLE))

    sound = run_command(embedded_cloud_url)
    database.put_item(TableName=TABLE, Item={"pk": {"S": "RIDDLE#1"}, "sk": {"S": "RIDDLE"}, "kind": {"S": "riddle"}})
    broken = run_command(embedded_cloud_url)

    assert (sound.returncode, sound.stdout) == (0, f"{TABLE}: the books balance\n"), sound.stderr
    assert broken.returncode == 1, broken.stderr
    assert "rows_can_be_read: RIDDLE#1 RIDDLE: " in broken.stdout
    assert broken.stdout.endswith(f"{TABLE}: 2 of {len(INVARIANTS)} invariants broken\n")
