"""Is the template complete: every function, duration and queue?"""

import re

import pytest

from chalicelib.core.rates import Rate
from chalicelib.core.settings import declared
from infra.generate import api_functions
from infra.packaging import REPOSITORY
from infra.rendering import called_functions
from infra.template import FUNCTION, Template, read_template, resources_of_type

# https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, with an eighth left for what operators set
ENVIRONMENT_LIMIT_BYTES = 4_096 * 7 // 8
LONG_NAME = 130


@pytest.fixture(scope="module")
def template() -> Template:
    return read_template()


def in_one_word(name: str) -> str:
    """Return the parameter's name for a variable's."""
    return "".join(word.title() for word in name.split("_"))


def test_every_file_in_functions_runs_somewhere(template: Template) -> None:
    files = {
        path.relative_to(REPOSITORY).with_suffix("").as_posix().replace("/", ".")
        for path in (REPOSITORY / "functions").rglob("*.py")
        if path.name != "__init__.py"
    }

    modules = {function["Handler"].rpartition(".")[0] for function in resources_of_type(template, FUNCTION).values()}

    assert files - modules == set()


def test_the_gateway_calls_only_functions_that_exist(template: Template) -> None:
    assert called_functions(template, (REPOSITORY / "infra/api.json").read_text())


def test_every_duration_is_a_parameter_with_the_default_of_its_setting(template: Template) -> None:
    durations = {each.name: each.default for each in declared() if each.name.endswith("_SECONDS")}
    told = [template["Globals"]["Function"], *resources_of_type(template, FUNCTION).values()]
    variables = [each.get("Environment", {}).get("Variables", {}) for each in told]

    for name, default in durations.items():
        parameter = in_one_word(name)
        assert [each[name] for each in variables if name in each][:1] == [{"Ref": parameter}], name
        assert str(template["Parameters"][parameter]["Default"]) == default, name


def test_every_rate_is_a_parameter_with_the_default_of_its_setting(template: Template) -> None:
    rates = {each.name: each.default for each in declared() if each.read == Rate.from_text}

    assert rates
    for name, default in rates.items():
        assert template["Parameters"][in_one_word(name)]["Default"] == default, name


def test_a_rate_is_told_to_the_functions_that_count_by_it_and_not_to_all(template: Template) -> None:
    functions = resources_of_type(template, FUNCTION)
    for stem, app in api_functions().items():
        counted = {each.name.upper() for operation in app.operations for each in operation.throttles}
        told = functions[f"{stem.title()}Api"].get("Environment", {}).get("Variables", {})
        assert {name: {"Ref": in_one_word(name)} for name in counted}.items() <= told.items(), stem


def test_functions_are_told_only_what_is_a_setting_and_all_that_has_no_default(template: Template) -> None:
    for_all = set(template["Globals"]["Function"]["Environment"]["Variables"])
    functions = resources_of_type(template, FUNCTION).values()
    told = for_all.union(*(function.get("Environment", {}).get("Variables", {}) for function in functions))

    assert told - {each.name for each in declared()} == set()
    assert {each.name for each in declared() if each.default is None} - told == set()


def test_no_duration_is_written_twice(template: Template) -> None:
    text = (REPOSITORY / "template.yaml").read_text()
    written = re.findall(r"^ {6,}(VisibilityTimeout|MessageRetentionPeriod|MaximumRecordAgeInSeconds): \d+", text, re.M)

    assert written == []


def test_what_no_consumer_could_take_is_kept_and_rings(template: Template) -> None:
    alarms = str(resources_of_type(template, "AWS::CloudWatch::Alarm"))
    for name, queue in resources_of_type(template, "AWS::SQS::Queue").items():
        if "RedrivePolicy" in queue:
            dead_letters = queue["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]
            assert dead_letters in alarms, name
        else:
            assert name in alarms


def test_every_alarm_of_ours_watches_something_that_is_counted(template: Template) -> None:
    """A metric with dimensions is another metric, and an alarm without them would never ring."""
    alarms = resources_of_type(template, "AWS::CloudWatch::Alarm").values()
    watched = {alarm["MetricName"] for alarm in alarms if alarm["Namespace"] == "Nexus"}
    sources = [path.read_text() for path in (REPOSITORY / "chalicelib").rglob("*.py")]
    counted = {name for source in sources for name in re.findall(r'\bcount\("(\w+)"(?:, \w+)?\)', source)}

    assert watched
    assert watched - counted == set()


def told_to(template: Template, function: Template) -> dict[str, object]:
    """Return what a function's environment holds."""
    for_all = template["Globals"]["Function"]["Environment"]["Variables"]
    return {**for_all, **function.get("Environment", {}).get("Variables", {})}


def bytes_of(template: Template, variables: dict[str, object]) -> int:
    """Return how large an environment is, with every parameter at its default and every name of AWS's a long one."""
    defaults = {name: str(each.get("Default", "")) for name, each in template["Parameters"].items()}
    values = [
        defaults.get(value["Ref"]) if isinstance(value, dict) and "Ref" in value else None
        for value in variables.values()
    ]
    return sum(map(len, variables)) + sum(LONG_NAME if value is None else len(value) for value in values)


def test_no_function_is_told_more_than_lambda_takes(template: Template) -> None:
    functions = resources_of_type(template, FUNCTION)

    sizes = {name: bytes_of(template, told_to(template, each)) for name, each in functions.items()}

    assert {name: size for name, size in sizes.items() if size > ENVIRONMENT_LIMIT_BYTES} == {}
    too_much = {f"ANOTHER_{number}": {"Ref": "Table"} for number in range(30)}
    assert bytes_of(template, told_to(template, {"Environment": {"Variables": too_much}})) > ENVIRONMENT_LIMIT_BYTES
