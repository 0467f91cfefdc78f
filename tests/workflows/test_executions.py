"""Starting, resuming and looking up executions, on the real machines."""

import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from chalicelib.core.aws import client
from chalicelib.core.workflows import executions
from chalicelib.core.workflows.executions import Status
from tests.workflows.machines import Machines


def test_a_started_execution_runs(machines: Machines) -> None:
    run = machines.start()

    assert executions.look_up(run.arn) is Status.RUNNING


def test_starting_twice_reports_the_one_that_runs(machines: Machines) -> None:
    run = machines.start()
    run.token()

    again = executions.start(machines.outputs["CheckoutArn"], run.name, run.input)

    assert (again.arn, again.status) == (run.arn, Status.RUNNING)
    assert again.is_under_way_or_done


def test_starting_again_reports_the_one_that_succeeded(machines: Machines) -> None:
    run = machines.start()
    run.ends(payment="paid")

    again = executions.start(machines.outputs["CheckoutArn"], run.name, run.input)

    assert again.status is Status.SUCCEEDED
    assert again.is_under_way_or_done


def test_starting_again_does_not_hide_the_one_that_failed(machines: Machines) -> None:
    run = machines.start(reserve_stock=["out_of_stock"], reopen_cart=["raise"])
    run.ends()

    again = executions.start(machines.outputs["CheckoutArn"], run.name, run.input)

    assert again.status is Status.FAILED
    assert not again.is_under_way_or_done


def test_a_machine_that_does_not_exist_is_an_error(machines: Machines) -> None:
    with pytest.raises(ClientError, match="StateMachineDoesNotExist"):
        executions.start(f"{machines.outputs['CheckoutArn']}x", "chk_1-1", {})


def test_an_execution_that_nobody_started_has_no_status(machines: Machines) -> None:
    assert executions.look_up(executions.execution_arn(machines.outputs["CheckoutArn"], "chk_none-1")) is None


def test_a_token_resumes_once(machines: Machines) -> None:
    run = machines.start()
    token = run.token()

    assert executions.resume(token, "paid")
    run.ends()
    assert not executions.resume(token, "paid")


def test_a_wait_that_is_over_cannot_be_resumed(impatient_machines: Machines) -> None:
    run = impatient_machines.start()
    run.ends()

    assert not executions.resume(run.token(), "paid")


@pytest.mark.parametrize("code", ["TaskDoesNotExist", "TaskTimedOut", "InvalidToken"])
def test_nothing_waits_with_a_token_that_aws_refuses(machines: Machines, code: str) -> None:
    with Stubber(client("stepfunctions")) as aws:
        aws.add_client_error("send_task_success", code)

        assert not executions.resume("AQB8", "paid")


def test_any_other_error_of_a_resume_is_a_fault(machines: Machines) -> None:
    with Stubber(client("stepfunctions")) as aws:
        aws.add_client_error("send_task_success", "AccessDeniedException")

        with pytest.raises(ClientError, match="AccessDenied"):
            executions.resume("AQB8", "paid")


def test_a_name_that_is_taken_but_not_shown_yet_is_no_success(machines: Machines) -> None:
    with Stubber(client("stepfunctions")) as aws:
        aws.add_client_error("start_execution", "ExecutionAlreadyExists")
        aws.add_client_error("describe_execution", "ExecutionDoesNotExist")

        execution = executions.start(machines.outputs["CheckoutArn"], "chk_1-1", {})

    assert execution.status is None
    assert not execution.is_under_way_or_done
