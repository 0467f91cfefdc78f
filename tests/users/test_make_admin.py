"""Does the operator's command make the first admin of a shop that runs on this machine?"""

import json
import subprocess
import sys
from urllib.parse import urlsplit

from infra.clouds import Cloud, embedded_cloud
from infra.template import read_template, table_definition
from tests.users.builders import PASSWORD

TABLE = "make-admin-command"


def run_command(cloud_url: str, *arguments: str, password: str = PASSWORD) -> subprocess.CompletedProcess[str]:
    environment = {"CLOUD_PORT": str(urlsplit(cloud_url).port), "NEXUS_ADMIN_PASSWORD": password}
    command = [sys.executable, "-m", "infra.commands.make_admin", *arguments, "--table", TABLE]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def operators_acts(cloud: Cloud) -> set[tuple[str, str]]:
    """Return what the audit trail hears of the operator: kind and subject of each act."""
    rows = cloud.client("dynamodb").scan(TableName=TABLE)["Items"]
    told = [json.loads(row["event"]["S"])["data"] for row in rows if row["kind"]["S"] == "audit_note"]
    return {(each["kind"], each["subject"]) for each in told if each["actor_kind"] == "operator"}


def test_the_command_makes_an_admin_once_and_says_what_is_wrong(embedded_cloud_url):
    cloud = embedded_cloud(embedded_cloud_url)
    cloud.client("dynamodb").create_table(**table_definition(read_template(), TABLE))

    short = run_command(embedded_cloud_url, "admin@shop.example", password="short")
    first = run_command(embedded_cloud_url, "admin@shop.example")
    again = run_command(embedded_cloud_url, "ADMIN@shop.example", password="")
    no_address = run_command(embedded_cloud_url, "admin")

    assert (short.returncode, short.stderr.strip()) == (
        1,
        "Use at least 15 characters; a sentence is easy to remember.",
    )
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("admin@shop.example is an admin: usr_")
    assert again.stdout.split()[-1] == first.stdout.split()[-1], again.stderr
    user_id = first.stdout.split()[-1]
    assert operators_acts(cloud) == {("sign_up", user_id), ("make_admin", user_id)}
    assert no_address.stderr.strip() == "admin is no e-mail address"
