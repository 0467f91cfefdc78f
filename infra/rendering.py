"""How does template.yaml become what CloudFormation is given?

Names of files become places in the artefact bucket, under the hash of their content; the gateway's
deployment gets the hash of what it deploys in its name (CloudFormation makes a new one only for a new
name); and every function that the gateway calls gets its permission.
"""

import json
import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from infra.packaging import content_hash
from infra.template import FUNCTION, MACHINE, Template, resources_of_type

GATEWAY_RESPONSE = "AWS::ApiGateway::GatewayResponse"
# Uploads a file of the repository, named as the template names it, and returns its key.
Upload = Callable[[str], str]


def rendered(template: Template, *, bucket: str, upload: Upload, api_definition: str) -> Template:
    """Return the template with every file uploaded and everything that the gateway needs."""
    result = deepcopy(template)
    code = result["Globals"]["Function"]
    code["CodeUri"] = {"Bucket": bucket, "Key": upload(code["CodeUri"])}
    for function in resources_of_type(result, FUNCTION).values():
        if "CodeUri" in function:
            function["CodeUri"] = {"Bucket": bucket, "Key": upload(function["CodeUri"])}
    for machine in resources_of_type(result, MACHINE).values():
        machine["DefinitionUri"] = {"Bucket": bucket, "Key": upload(machine["DefinitionUri"])}
    include = result["Resources"]["Api"]["Properties"]["Body"]["Fn::Transform"]["Parameters"]
    include["Location"] = f"s3://{bucket}/{upload(include['Location'])}"
    result["Resources"] |= _permissions(result, api_definition)
    return _with_named_deployment(result, api_definition)


def called_functions(template: Template, api_definition: str) -> list[str]:
    """Return the logical ids of the functions that the gateway's definition calls."""
    called = set(re.findall(r"function:\$\{AWS::StackName\}-([a-z0-9-]+)/invocations", api_definition))
    by_name = {
        function["FunctionName"]["Fn::Sub"].removeprefix("${AWS::StackName}-"): logical_id
        for logical_id, function in resources_of_type(template, FUNCTION).items()
        if "FunctionName" in function
    }
    if unknown := called - by_name.keys():
        raise ValueError(f"infra/api.json calls functions that template.yaml does not have: {sorted(unknown)}")
    return sorted(by_name[name] for name in called)


def _permissions(template: Template, api_definition: str) -> dict[str, Any]:
    source = {"Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*"}
    return {
        f"{logical_id}CalledByGateway": {
            "Type": "AWS::Lambda::Permission",
            "Properties": {
                "Action": "lambda:InvokeFunction",
                "FunctionName": {"Ref": logical_id},
                "Principal": "apigateway.amazonaws.com",
                "SourceArn": source,
            },
        }
        for logical_id in called_functions(template, api_definition)
    }


def _with_named_deployment(template: Template, api_definition: str) -> Template:
    responses = json.dumps(resources_of_type(template, GATEWAY_RESPONSE), sort_keys=True)
    name = f"ApiDeployment{content_hash((api_definition + responses).encode())}"
    template["Resources"][name] = template["Resources"].pop("ApiDeployment")
    template["Resources"]["ApiStage"]["Properties"]["DeploymentId"] = {"Ref": name}
    return template
