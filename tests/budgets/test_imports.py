"""Does a function import only what it uses, and only from its own package?"""

import sys
from functools import cache
from importlib.metadata import packages_distributions

import pytest

from infra.bench import imports, packages
from infra.bench.budgets import forbidden_imports
from infra.bench.imports import Loaded
from infra.building import BASE_GROUP

FUNCTIONS = imports.functions()
OURS = {"chalicelib", "functions"}


@cache
def loaded_by(module: str) -> Loaded:
    return imports.loaded_by(module)


def strangers(modules: set[str], group: str = BASE_GROUP) -> set[str]:
    """Return which of these modules come from no package of a group."""
    provided_by = _distributions()
    packaged = packages.distributions_of(group)
    roots = {name.partition(".")[0] for name in modules} - set(sys.stdlib_module_names) - OURS
    return {root for root in roots if root in provided_by and not provided_by[root] & packaged}


@cache
def _distributions() -> dict[str, set[str]]:
    return {root: set(map(packages.normalised, names)) for root, names in packages_distributions().items()}


@pytest.mark.parametrize("module", FUNCTIONS)
def test_a_function_imports_nothing_that_it_does_not_use(module: str) -> None:
    loaded = loaded_by(module)

    assert not {name for name in forbidden_imports(module) if loaded.has(name)}


@pytest.mark.parametrize("module", FUNCTIONS)
def test_a_function_imports_its_requirement_group_only(module: str) -> None:
    assert not strangers(set(loaded_by(module).modules), packages.group_of(module))


@pytest.mark.parametrize("module", FUNCTIONS)
def test_a_function_makes_no_client_while_it_is_imported(module: str) -> None:
    assert loaded_by(module).clients == 0


def test_a_library_of_the_development_environment_is_noticed() -> None:
    assert strangers({"pytest", "pydantic.main", "json", "chalicelib.core"}) == {"pytest"}


def test_a_library_of_another_group_is_noticed() -> None:
    drawing = set(loaded_by("functions.queues.process_pictures").modules)

    assert packages.group_of("functions.queues.process_pictures") == "media"
    assert strangers(drawing, "media") == set()
    assert strangers(drawing) == {"PIL"}


def test_chalice_in_a_queue_is_forbidden_and_in_the_api_is_not() -> None:
    assert "chalice" in forbidden_imports("functions.queues.catalog_cards")
    assert "chalice" not in forbidden_imports("functions.api.catalog")


def test_a_planted_import_and_a_planted_client_are_noticed(tmp_path_factory, monkeypatch) -> None:
    folder = tmp_path_factory.mktemp("planted")
    (folder / "planted.py").write_text(
        "import jwt\nimport botocore.session\n"
        "client = botocore.session.Session().create_client('sqs', region_name='us-east-1')\n"
    )
    environment = {**imports._environment(), "PYTHONPATH": str(folder)}
    monkeypatch.setattr(imports, "_environment", lambda: environment)

    loaded = imports.loaded_by("planted")

    assert loaded.has("jwt")
    assert loaded.clients == 1
