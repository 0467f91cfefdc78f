"""How does the template get onto a cloud? One path for the embedded cloud, LocalStack and AWS.

Everything goes to the artefact bucket under the hash of its content, then CloudFormation executes a
change set; the second deployment is an update of what changed.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError, WaiterError

from infra import built_files
from infra.clouds import Cloud, CloudName, cloud_of
from infra.mail import admit_sender
from infra.packaging import REPOSITORY, content_hash, our_code
from infra.rendering import rendered
from infra.template import default_of, read_template

Say = Callable[[str], None]
CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
_NOTHING_TO_DO = ("didn't contain changes", "No updates are to be performed")


class DeploymentFailed(Exception):
    """CloudFormation refused or undid a deployment; the message holds its reasons."""


@dataclass
class Deployment:
    """One stack on one cloud."""

    cloud: Cloud
    stack: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    say: Say = print

    def deploy(self) -> dict[str, str]:
        """Create or update the stack; return its outputs."""
        self._ensure_bucket()
        template_key = self._upload_template()
        self._execute_change_set(template_key)
        outputs = self.outputs()
        admit_sender(self.cloud, self.parameters.get("MailFrom") or default_of("MailFrom"))
        self.say(f"Deployed {self.stack}: {outputs['ApiUrl']}")
        return outputs

    def outputs(self) -> dict[str, str]:
        """Return what the stack says about itself."""
        stack = self.cloud.client("cloudformation").describe_stacks(StackName=self.stack)["Stacks"][0]
        return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}

    @cached_property
    def bucket(self) -> str:
        account = self.cloud.client("sts").get_caller_identity()["Account"]
        return f"nexus-artefacts-{account}-{self.cloud.region}"

    def _ensure_bucket(self) -> None:
        s3 = self.cloud.client("s3")
        try:
            s3.head_bucket(Bucket=self.bucket)
        except ClientError as problem:
            if problem.response["Error"]["Code"] not in ("404", "NoSuchBucket"):
                raise
            place = {} if self.cloud.region == "us-east-1" else {"LocationConstraint": self.cloud.region}
            s3.create_bucket(Bucket=self.bucket, **({"CreateBucketConfiguration": place} if place else {}))

    def _upload_template(self) -> str:
        api_definition = (REPOSITORY / "infra" / "api.json").read_text()
        template = rendered(
            read_template(), bucket=self.bucket, upload=self._upload_file, api_definition=api_definition
        )
        text = json.dumps(template, indent=1, sort_keys=True).encode()
        return self._upload(text, "template.json")

    def _upload_file(self, name: str) -> str:
        if not name.endswith(".zip"):
            return self._upload((REPOSITORY / name).read_bytes(), Path(name).name)
        # Local handlers see the development environment, so there our code alone is the package.
        built_files.build()
        code = our_code() if self.cloud.is_local else _built(name)
        return self._upload(code, "code.zip" if self.cloud.is_local else Path(name).name)

    def _upload(self, content: bytes, name: str) -> str:
        key = f"{content_hash(content)}/{name}"
        s3 = self.cloud.client("s3")
        try:
            s3.head_object(Bucket=self.bucket, Key=key)
        except ClientError:
            s3.put_object(Bucket=self.bucket, Key=key, Body=content)
            self.say(f"Uploaded {name} ({len(content) / 1000:.0f} KB)")
        return key

    def _execute_change_set(self, template_key: str) -> None:
        cloudformation = self.cloud.client("cloudformation")
        is_new = not self._exists()
        change_set = cloudformation.create_change_set(
            StackName=self.stack,
            ChangeSetName=f"deployed-{time.time_ns()}",
            ChangeSetType="CREATE" if is_new else "UPDATE",
            TemplateURL=self._template_url(template_key),
            Parameters=[{"ParameterKey": k, "ParameterValue": v} for k, v in self._all_parameters().items()],
            Capabilities=CAPABILITIES,
        )["Id"]
        if not self._is_ready(change_set):
            self.say(f"Nothing to change on {self.stack}")
            return
        self.say(f"{'Creating' if is_new else 'Updating'} {self.stack} on {self.cloud.name}")
        cloudformation.execute_change_set(ChangeSetName=change_set, StackName=self.stack)
        try:
            cloudformation.get_waiter("stack_create_complete" if is_new else "stack_update_complete").wait(
                StackName=self.stack, WaiterConfig=self._patience()
            )
        except WaiterError:
            raise DeploymentFailed("\n".join(self._reasons()) or f"{self.stack} ended badly") from None

    def _exists(self) -> bool:
        cloudformation = self.cloud.client("cloudformation")
        try:
            status = cloudformation.describe_stacks(StackName=self.stack)["Stacks"][0]["StackStatus"]
        except ClientError:
            return False
        if status == "ROLLBACK_COMPLETE":
            self.say(f"Removing what is left of {self.stack}, whose creation failed")
            cloudformation.delete_stack(StackName=self.stack)
            cloudformation.get_waiter("stack_delete_complete").wait(StackName=self.stack, WaiterConfig=self._patience())
            return False
        return bool(status != "REVIEW_IN_PROGRESS")

    def _is_ready(self, change_set: str) -> bool:
        cloudformation = self.cloud.client("cloudformation")
        try:
            cloudformation.get_waiter("change_set_create_complete").wait(
                ChangeSetName=change_set, StackName=self.stack, WaiterConfig=self._patience()
            )
        except WaiterError as problem:
            reason = str(problem.last_response.get("StatusReason", problem))
            cloudformation.delete_change_set(ChangeSetName=change_set, StackName=self.stack)
            if any(words in reason for words in _NOTHING_TO_DO):
                return False
            raise DeploymentFailed(reason) from None
        return True

    def _all_parameters(self) -> dict[str, str]:
        start, end = self.cloud.api_url("{api}", "v1").split("{api}")
        images_start, images_end = self.cloud.bucket_url("{bucket}").split("{bucket}")
        addresses = {"GatewayUrlStart": start, "GatewayUrlEnd": end}
        return {**addresses, "ImagesUrlStart": images_start, "ImagesUrlEnd": images_end, **self.parameters}

    def _template_url(self, key: str) -> str:
        if self.cloud.is_local:
            return f"{self.cloud.endpoint_url}/{self.bucket}/{key}"
        return f"https://{self.bucket}.s3.{self.cloud.region}.amazonaws.com/{key}"

    def _patience(self) -> dict[str, float]:
        return {"Delay": 0.1, "MaxAttempts": 1200} if self.cloud.is_local else {"Delay": 5, "MaxAttempts": 360}

    def _reasons(self) -> list[str]:
        events: list[dict[str, Any]] = self.cloud.client("cloudformation").describe_stack_events(StackName=self.stack)[
            "StackEvents"
        ]
        return [
            f"{event['LogicalResourceId']}: {event['ResourceStatusReason']}"
            for event in reversed(events)
            if event["ResourceStatus"].endswith("FAILED") and event.get("ResourceStatusReason")
        ]


def main(arguments: list[str] | None = None) -> None:
    """Deploy a stage, as `make deploy STAGE=... [CLOUD=aws]` does."""
    parser = argparse.ArgumentParser(prog="make deploy", description=__doc__)
    parser.add_argument("--stage", required=True)
    parser.add_argument("--set", action="append", default=[], metavar="PARAMETER=VALUE")
    chosen = parser.parse_args(arguments)
    name = CloudName(os.environ.get("CLOUD") or CloudName.AWS)
    parameters = {"Stage": chosen.stage} | dict(each.split("=", 1) for each in chosen.set)
    try:
        Deployment(cloud_of(name), f"nexus-{chosen.stage}", parameters).deploy()
    except DeploymentFailed as problem:
        sys.exit(f"The deployment failed:\n{problem}")
    except (BotoCoreError, ClientError) as problem:
        sys.exit(f"The cloud {name} did not do it: {problem}")


def _built(name: str) -> bytes:
    package = REPOSITORY / name
    if not package.exists():
        raise DeploymentFailed(f"{name} is not built yet: run `make build`")
    return package.read_bytes()


if __name__ == "__main__":
    main()
