"""Does `make deploy` bring a stage onto a cloud, and say clearly when it cannot?"""

from typing import Any

import pytest

from infra import deployment
from infra.clouds import embedded_cloud as cloud_at
from infra.local.embedded_cloud import EmbeddedCloud
from infra.local.ports import free_port


def test_a_stage_is_a_stack_made_by_an_executed_change_set(
    embedded_cloud: EmbeddedCloud, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CLOUD", "embedded")
    monkeypatch.setenv("CLOUD_PORT", str(embedded_cloud.port))

    deployment.main(["--stage", "tryout", "--set", "PayWithinSeconds=60", "--set", "AuditArchiveDays=1"])

    cloudformation = _cloudformation(embedded_cloud)
    try:
        stack = cloudformation.describe_stacks(StackName="nexus-tryout")["Stacks"][0]
        assert stack["StackStatus"] == "CREATE_COMPLETE"
        given = {each["ParameterKey"]: each["ParameterValue"] for each in stack["Parameters"]}
        assert (given["Stage"], given["PayWithinSeconds"]) == ("tryout", "60")
        outputs = {each["OutputKey"]: each["OutputValue"] for each in stack["Outputs"]}
        assert cloud_at(embedded_cloud.endpoint_url).client("s3").head_bucket(Bucket=outputs["AuditArchive"])
        assert "Deployed nexus-tryout" in capsys.readouterr().out
    finally:
        cloudformation.delete_stack(StackName="nexus-tryout")


def test_a_cloud_that_is_not_there_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOUD", "embedded")
    monkeypatch.setenv("CLOUD_PORT", str(free_port()))

    with pytest.raises(SystemExit, match="The cloud embedded did not do it") as stopped:
        deployment.main(["--stage", "tryout"])

    assert "\n" not in str(stopped.value)


def _cloudformation(running: EmbeddedCloud) -> Any:
    return cloud_at(running.endpoint_url).client("cloudformation")
