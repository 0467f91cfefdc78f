"""Who may write which keys: is it what the table of families says, and what the code needs, and nothing else?"""

import json
import re
from importlib import import_module

import pytest

from chalicelib.core.events.consuming import Consumer, Once
from chalicelib.core.http import Api
from chalicelib.core.http.operation import Keyed
from tests.architecture.checkers.source import files_under
from tests.architecture.checkers.written_keys import FAMILIES, check_written_keys, families_of
from tests.architecture.conditions import as_text
from tests.architecture.key_shapes import FILE, FILES
from tests.architecture.planting import ROOT, plant, words
from tests.architecture.policies import principals
from tests.architecture.reach import Reach
from tests.architecture.template import read_template

# What AWS takes of all inline policies of a role together, blanks not counted.
ROLE_LIMIT_CHARACTERS = 10_240
# Longer than any name that stands for a reference: an ARN with its account, the stack's name and a suffix.
LONGEST_REFERENCE = "x" * 200
FUNCTIONS = sorted(
    name.removesuffix(".py") for name in files_under(ROOT, "functions", suffixes=(".py",)) if "__init__" not in name
)
TEMPLATE = (ROOT / "template.yaml").read_text("utf-8")
CODE = Reach(ROOT)
KEYS = (ROOT / FILE).read_text("utf-8")
ALL_KEYS = {file: (ROOT / file).read_text("utf-8") for file in FILES}
CARTS = """
  CartsApi:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: !Sub ${AWS::StackName}-carts-api
      Handler: functions.api.carts.app
      Policies:
        - Statement:
"""
ALL_THAT_IS_WRITTEN = "Effect: Allow, Action: 'dynamodb:*Item', Resource: !GetAtt Table.Arn"


def found_with(tmp_path, *, template=TEMPLATE, keys=KEYS):
    return [
        finding.message
        for finding in check_written_keys(plant(tmp_path, {"template.yaml": template, **ALL_KEYS, FILE: keys}))
    ]


def found_when_carts_may(tmp_path, statement):
    assert CARTS in TEMPLATE
    return found_with(tmp_path, template=TEMPLATE.replace(CARTS, f"{CARTS}            - {{{statement}}}\n"))


def test_each_function_may_write_its_families_and_no_others():
    assert words(check_written_keys(ROOT)) == []


def test_nobody_makes_an_admin_but_users_and_vendors_nor_publishes_a_key_but_users():
    roles = {each.file: each for each in principals(read_template(ROOT))}

    def writers(key):
        return [file for file, role in roles.items() if role.may("dynamodb:PutItem", "${Table.Arn}", keys=(key,))]

    assert writers("USER#usr_1") == ["functions/api/users", "functions/api/vendors"]
    assert writers("SIGNING_KEYS") == ["functions/api/users"]


def test_a_transaction_that_touches_all_of_a_functions_families_is_allowed():
    for role in principals(read_template(ROOT)):
        if own := families_of(role.file):
            assert role.may("dynamodb:PutItem", "${Table.Arn}", keys=tuple(own))


@pytest.mark.parametrize("file", FUNCTIONS)
def test_a_function_may_write_what_its_code_can_come_to_write_and_nothing_else(file):
    needed = CODE.partitions_written_by(file) | told_by_declarations(file)

    assert families_of(file) == needed


def told_by_declarations(file):
    """What the frame around operations and reactions writes for those of this function."""
    module, written = import_module(file.replace("/", ".")), set()
    app, consumer = getattr(module, "app", None), getattr(getattr(module, "handler", None), "__self__", None)
    operations = app.operations if isinstance(app, Api) else []
    if any(each.changes_state and each.keyed is not Keyed.REFUSED for each in operations):
        written.add("IDEMPOTENCY#*")
    if any(each.throttles for each in operations):
        written.add("THROTTLE#*")
    if any(each.access.name != "public" for each in operations):
        written.add("AUDIT_NOTE#*")
    if isinstance(consumer, Consumer) and any(each.once is Once.BY_MARKER for each in consumer.reactions.values()):
        written.add("MARKER#*")
    return written


def test_no_role_is_larger_than_aws_takes():
    sizes = {role.name: size_of(role.resource.properties.get("Policies")) for role in principals(read_template(ROOT))}

    assert {name: size for name, size in sizes.items() if size >= ROLE_LIMIT_CHARACTERS} == {}
    assert max(sizes.values()) > len(LONGEST_REFERENCE)


def size_of(policies):
    written = json.dumps(resolved(policies), separators=(",", ":"))
    return len(re.sub(r"\$\{[^}]*\}", LONGEST_REFERENCE, written))


def resolved(value):
    """A value of the template with its references as texts."""
    if isinstance(value, list):
        return [resolved(each) for each in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1 and next(iter(value)).startswith(("Ref", "Fn::")):
        return as_text(value)[0]
    return {name: resolved(each) for name, each in value.items()}


def test_what_is_as_it_should_be_is_not_reported(tmp_path):
    assert found_with(tmp_path) == []


def test_a_function_that_may_write_everything_is_reported(tmp_path):
    found = found_when_carts_may(tmp_path, ALL_THAT_IS_WRITTEN)

    assert "CartsApi may write USER#* (accounts), reserved to ('functions/api/users', 'functions/api/vendors')" in found
    assert "CartsApi may write SIGNING_KEYS (signing keys), reserved to ('functions/api/users',)" in found
    assert "CartsApi may do dynamodb:PutItem without naming a key" in found
    assert "CartsApi may do dynamodb:PutItem on partitions of no family" in found
    assert "CartsApi may do dynamodb:BatchWriteItem, which nobody needs" in found


@pytest.mark.parametrize("partition", sorted({each for family in FAMILIES.values() for each in family.partitions}))
def test_one_partition_too_many_is_reported(tmp_path, partition):
    own = "[OWNER#*, REMINDER#*, REMINDED_READER#*, THROTTLE#*, IDEMPOTENCY#*, AUDIT_NOTE#*]"

    found = found_with(tmp_path, template=TEMPLATE.replace(own, f"[{partition}, {own[1:]}"))

    is_own = partition in own
    told = [message for message in found if message.startswith(f"CartsApi may write {partition} (")]
    assert (len(told), len(found)) == ((0, 0) if is_own else (1, 1))


@pytest.mark.parametrize("verb", ["PutItem", "UpdateItem", "DeleteItem"])
def test_a_single_verb_on_somebody_elses_keys_is_reported(tmp_path, verb):
    condition = "Condition: {'ForAnyValue:StringLike': {'dynamodb:LeadingKeys': 'USER#*'}}"
    allowed = f"Effect: Allow, Action: 'dynamodb:{verb}', Resource: !GetAtt Table.Arn, {condition}"

    found = found_when_carts_may(tmp_path, allowed)

    assert [message[:37] for message in found] == ["CartsApi may write USER#* (accounts),"]


def test_a_condition_on_anything_else_narrows_nothing(tmp_path):
    condition = "Condition: {StringEquals: {'aws:RequestedRegion': 'eu-west-1'}}"

    found = found_when_carts_may(tmp_path, f"{ALL_THAT_IS_WRITTEN}, {condition}")

    assert "CartsApi may do dynamodb:DeleteItem on partitions of no family" in found


def test_a_statement_that_is_met_by_no_key_at_all_is_reported(tmp_path):
    found = found_with(tmp_path, template=TEMPLATE.replace('"Null": *names-a-key, ', ""))

    assert "CartsApi may do dynamodb:PutItem without naming a key" in found


def test_a_statement_that_is_met_by_one_key_of_many_is_reported(tmp_path):
    found = found_with(tmp_path, template=TEMPLATE.replace("ForAllValues:StringLike", "ForAnyValue:StringLike"))

    assert "CartsApi may do dynamodb:PutItem on partitions of no family" in found


def test_a_writer_that_may_not_write_is_reported(tmp_path):
    found = found_with(
        tmp_path, template=TEMPLATE.replace("VENDOR_APPLICATION#*, OWNER#*, USER#*, ", "OWNER#*, USER#*, ")
    )

    assert found == ["VendorsApi must write VENDOR_APPLICATION#* (vendors), and may not"]


def test_a_denial_takes_away_what_is_allowed(tmp_path):
    condition = "Condition: {'ForAnyValue:StringLike': {'dynamodb:LeadingKeys': ['OWNER#*']}}"
    denied = f"Effect: Deny, Action: 'dynamodb:*', Resource: !GetAtt Table.Arn, {condition}"

    assert found_when_carts_may(tmp_path, denied) == ["CartsApi must write OWNER#* (what shoppers own), and may not"]


def test_a_function_that_is_new_gets_nothing_by_being_there(tmp_path):
    source = CARTS.replace("Carts", "Gifts").replace("carts", "gifts") + f"            - {{{ALL_THAT_IS_WRITTEN}}}\n"

    found = found_with(tmp_path, template=TEMPLATE.replace(CARTS, source + CARTS))

    assert "GiftsApi may write OWNER#* (what shoppers own), reserved to " in " ".join(found)


def test_a_new_key_shape_has_to_be_put_into_a_family(tmp_path):
    shape = '\n\ndef gift(gift_id: str) -> Key:\n    return Key(f"GIFT#{gift_id}", "GIFT")\n'

    assert found_with(tmp_path, keys=KEYS + shape) == ["gift lies in GIFT#*, which belongs to 0 families"]


def test_a_key_shape_that_is_gone_is_reported(tmp_path):
    gone = KEYS.replace('Key(f"WEBHOOK#{fingerprint}", "WEBHOOK")', 'Key(f"PAYMENT#{fingerprint}", "WEBHOOK")')

    assert found_with(tmp_path, keys=gone) == ["no key lies in WEBHOOK#* any more"]
