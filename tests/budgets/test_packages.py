"""Does every package stay within its megabytes?"""

import pytest

from infra.bench import budgets, packages
from infra.building import REQUIREMENTS, build_package, package_file, requirement_groups, requirements_of
from infra.packaging import our_code


def test_every_group_has_a_budget() -> None:
    assert set(requirement_groups(REQUIREMENTS.read_text())) == set(budgets.PACKAGE_MEGABYTES)


@pytest.mark.parametrize("group", budgets.PACKAGE_MEGABYTES)
def test_a_group_is_no_larger_than_its_budget(group: str) -> None:
    own = len(our_code()) / 1_000_000

    assert not budgets.excess({group: packages.installed_megabytes(group) + own}, budgets.PACKAGE_MEGABYTES)


@pytest.mark.parametrize("group", budgets.PACKAGE_MEGABYTES)
def test_a_built_package_is_no_larger_than_its_budget(group: str) -> None:
    if not package_file(group).exists():
        groups = requirement_groups(REQUIREMENTS.read_text())
        build_package(group, requirements_of(group, groups))

    assert not budgets.excess({group: packages.built_megabytes(group)}, budgets.PACKAGE_MEGABYTES)


def test_what_a_group_needs_is_counted_with_it() -> None:
    assert {"boto3", "botocore", "pydantic", "pydantic-core"} <= packages.distributions_of("api")
    assert packages.installed_megabytes("api") > 40


def test_a_package_that_grew_is_named() -> None:
    assert budgets.excess({"api": 66}, {"api": 65}) == ["api: 66, allowed 65"]
