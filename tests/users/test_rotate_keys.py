"""Does the operator's command find the shop's keys, and say what becomes of them?"""

import io
import json
import subprocess
import sys
import zipfile
from urllib.parse import urlsplit

from infra.clouds import Cloud, embedded_cloud
from infra.template import read_template, table_definition

NAME = "rotate-keys-command"


def a_users_function(cloud: Cloud) -> None:
    """Make as much of a shop as the command asks: a function that is told of a table and a secret."""
    cloud.client("dynamodb").create_table(**table_definition(read_template(), NAME))
    seed = {"seed": "a seed of this test alone", "signs_from": 0}
    cloud.client("secretsmanager").create_secret(Name=NAME, SecretString=json.dumps(seed))
    with zipfile.ZipFile(package := io.BytesIO(), "w") as opened:
        opened.writestr("handler.py", "")
    cloud.client("lambda").create_function(
        FunctionName=f"{NAME}-users-api",
        Runtime="python3.12",
        Role="arn:aws:iam::000000000000:role/nobody",
        Handler="handler.app",
        Code={"ZipFile": package.getvalue()},
        Environment={"Variables": {"TABLE_NAME": NAME, "SIGNING_SECRET": NAME}},
    )


def run_command(cloud_url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"CLOUD_PORT": str(urlsplit(cloud_url).port)}
    command = [sys.executable, "-m", "infra.commands.rotate_keys", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_command_lets_a_key_take_over_and_says_what_happens_when(embedded_cloud_url):
    a_users_function(embedded_cloud(embedded_cloud_url))

    begun = run_command(embedded_cloud_url, "--stack", NAME)
    again = run_command(embedded_cloud_url, "--stack", NAME)
    leaked = run_command(embedded_cloud_url, "--stack", NAME, "--leaked")

    new, old = begun.stdout.splitlines()
    assert " is published and signs from 20" in new
    assert " is withdrawn at 20" in old
    assert again.stdout == begun.stdout
    assert leaked.stdout.count("is withdrawn at 20") == 2, leaked.stderr


def test_a_shop_that_is_not_there_is_told_in_one_line(embedded_cloud_url):
    nowhere = run_command(embedded_cloud_url, "--stack", "no-such")

    assert nowhere.returncode == 1
    assert nowhere.stderr.startswith("No function no-such-users-api on embedded")
