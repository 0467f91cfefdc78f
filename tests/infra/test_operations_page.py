"""Do the pages name each alarm, and each decision, that is there?"""

import re

from infra.packaging import REPOSITORY
from infra.template import read_template, resources_of_type

PAGE = (REPOSITORY / "docs" / "operations.md").read_text("utf-8")


def test_every_alarm_has_its_row_and_every_row_its_alarm() -> None:
    section = PAGE.partition("\n## Alarms\n")[2].partition("\n## ")[0]

    named = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)

    assert sorted(named) == sorted(resources_of_type(read_template(), "AWS::CloudWatch::Alarm"))


def test_no_section_is_there_twice() -> None:
    headings = re.findall(r"^## (.+)$", PAGE, re.MULTILINE)

    assert len(headings) == len(set(headings))


def test_every_decision_is_in_the_index() -> None:
    index = (REPOSITORY / "docs" / "README.md").read_text("utf-8")
    decisions = [path.name for path in (REPOSITORY / "docs" / "decisions").glob("*.md")]

    assert [name for name in decisions if f"(decisions/{name})" not in index] == []


def test_every_parameter_that_the_page_names_is_one() -> None:
    named = set(re.findall(r"--set \"?(\w+)=", PAGE)) | set(re.findall(r"`((?:Payment|Stream|Retry|Dead)\w+)`", PAGE))

    assert len(named) > 5
    assert named <= set(read_template()["Parameters"]) | {"PaymentWebhooksGivenUp"}
