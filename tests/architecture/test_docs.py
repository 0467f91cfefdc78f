"""Do the documents say what is there?"""

import pytest

from tests.architecture.access_patterns import check_access_patterns
from tests.architecture.documents import check_commands, check_hosts, check_links, check_paths
from tests.architecture.planting import ROOT, plant, words
from tests.architecture.security_checks import check_security_checks

HOST = "py" + "pi.org"
CHECKS = [check_links, check_paths, check_commands, check_hosts, check_access_patterns, check_security_checks]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_documents_hold(check):
    assert words(check(ROOT)) == []


@pytest.mark.parametrize("target", ["gone.md", "docs/gone.md#start", "docs/events.md#nothing", "#nothing", "../x"])
def test_a_link_that_leads_nowhere_is_reported(tmp_path, target):
    plant(tmp_path, {"README.md": f"# Nexus\n\nSee [this]({target}).\n", "docs/events.md": "# Events\n"})

    assert words(check_links(tmp_path)) == [f"README.md:3: the link {target} leads nowhere"]


def test_links_that_lead_somewhere_are_fine(tmp_path):
    readme = """
        # Nexus: a shop

        [a](docs/events.md) [b](docs/events.md#who-listens) [c](#nexus-a-shop) [d](https://example.com/x)
        and `[not](a-link.md)`

        ```
        [nor](this.md)
        ```
    """
    plant(tmp_path, {"README.md": readme, "docs/events.md": "# Events\n\n## Who listens?\n"})

    assert words(check_links(tmp_path)) == []


@pytest.mark.parametrize("code", ["`docs/gone.md`", "```\nls docs/gone.md\n```"])
def test_a_path_that_does_not_exist_is_reported(tmp_path, code):
    plant(tmp_path, {"README.md": f"# Nexus\n\n{code}\n", "docs/events.md": "# Events\n"})

    (finding,) = check_paths(tmp_path)

    assert finding.path == "README.md"
    assert finding.line in {3, 4}
    assert finding.message == "no such path: docs/gone.md"


def test_a_path_with_a_placeholder_needs_its_folder_only(tmp_path):
    readme = """
        `functions/api/<domain>.py` `tests/<domain>/test_api.py` `docs/*.md`
        `GET /docs/gone` `docs/events.md:3`
    """
    files = {"README.md": readme, "docs/events.md": "", "functions/api/a.py": "", "tests/a.py": ""}
    plant(tmp_path, files)

    assert words(check_paths(tmp_path)) == []


def test_a_command_that_the_makefile_does_not_know_is_reported(tmp_path):
    readme = """
        To make tea, run `make run`:

            `make test CLOUD=localstack`

        ```
        make check
        make build deploy STAGE=test
        ```
    """
    plant(tmp_path, {"README.md": readme, "Makefile": "NAME := x\nrun test:\n\t@true\nbuild: run\n"})

    assert words(check_commands(tmp_path)) == [
        "README.md:6: the Makefile has no verb check",
        "README.md:7: the Makefile has no verb deploy",
    ]


def test_a_registry_by_name_is_reported(tmp_path):
    plant(tmp_path, {"docs/setup.md": f"one\nFrom https://{HOST}/simple\n"})

    assert words(check_hosts(tmp_path)) == [f"docs/setup.md:2: names the registry {HOST}"]


STORE = """
    def orders_of_customer(customer_id): return customer_id
    def _page(key): return key
"""
FULL_ROW = "| `orders.store.orders_of_customer` | a customer's orders | gsi1 | pk, sk begins | 1 Query, 4 |\n"
HEAD = "| function | pattern | index | key condition | calls and units |\n|---|---|---|---|---|\n"


def test_a_store_whose_functions_all_have_a_row_is_fine(tmp_path):
    plant(tmp_path, {"chalicelib/orders/store.py": STORE, "docs/access-patterns.md": HEAD + FULL_ROW})

    assert words(check_access_patterns(tmp_path)) == []


def test_a_store_function_without_a_row_is_reported(tmp_path):
    plant(tmp_path, {"chalicelib/orders/store.py": STORE, "chalicelib/carts/store/lines.py": "\n" + STORE})

    complaint = "orders_of_customer has no row in docs/access-patterns.md"
    assert words(check_access_patterns(tmp_path)) == [
        f"chalicelib/carts/store/lines.py:1: carts.store.{complaint}",
        f"chalicelib/orders/store.py:1: orders.store.{complaint}",
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (FULL_ROW.replace("_customer", "_vendor"), "there is no function orders.store.orders_of_vendor"),
        (FULL_ROW, "orders.store.orders_of_customer has a row already"),
    ],
)
def test_a_row_too_many_is_reported(tmp_path, row, message):
    files = {"chalicelib/orders/store.py": STORE, "docs/access-patterns.md": HEAD + FULL_ROW + row}
    plant(tmp_path, files)

    assert words(check_access_patterns(tmp_path)) == [f"docs/access-patterns.md:4: {message}"]


def test_a_row_with_an_empty_cell_is_reported(tmp_path):
    row = FULL_ROW.replace(" gsi1 ", "  ")
    plant(tmp_path, {"chalicelib/orders/store.py": STORE, "docs/access-patterns.md": HEAD + row})

    (finding,) = check_access_patterns(tmp_path)

    assert finding.line == 3
    assert "needs all of" in finding.message


SIGNED = "| tokens are signed | 9.1.1 | `tests/users/test_tokens.py::test_an_unsigned_token_is_refused` |\n"
CHECKS_HEAD = "| check | ASVS 5.0 | proved by |\n|---|---|---|\n"
TOKENS = "def test_an_unsigned_token_is_refused(): pass\n\ndef a_token(): pass\n"


def test_a_security_check_whose_tests_are_there_is_fine(tmp_path):
    plant(tmp_path, {"docs/security-checks.md": CHECKS_HEAD + SIGNED, "tests/users/test_tokens.py": TOKENS})

    assert words(check_security_checks(tmp_path)) == []


@pytest.mark.parametrize("name", ["test_gone", "a_token"])
def test_a_security_check_that_names_a_test_which_is_not_there_is_reported(tmp_path, name):
    row = SIGNED.replace("test_an_unsigned_token_is_refused", f"{name}")
    plant(tmp_path, {"docs/security-checks.md": CHECKS_HEAD + SIGNED + row, "tests/users/test_tokens.py": TOKENS})

    assert words(check_security_checks(tmp_path)) == [
        f"docs/security-checks.md:4: there is no test {name} in tests/users/test_tokens.py"
    ]


def test_a_security_check_that_names_a_file_which_is_not_there_is_reported(tmp_path):
    plant(tmp_path, {"docs/security-checks.md": CHECKS_HEAD + SIGNED})

    (finding,) = check_security_checks(tmp_path)

    assert finding.message == "there is no test test_an_unsigned_token_is_refused in tests/users/test_tokens.py"


@pytest.mark.parametrize(("cell", "other"), [("9.1.1", ""), ("`tests", "`")])
def test_a_security_check_without_its_number_or_its_tests_is_reported(tmp_path, cell, other):
    files = {"docs/security-checks.md": CHECKS_HEAD + SIGNED.replace(cell, other), "tests/users/test_tokens.py": TOKENS}
    plant(tmp_path, files)

    assert "needs its number in ASVS, and the tests that prove it" in words(check_security_checks(tmp_path))[-1]
