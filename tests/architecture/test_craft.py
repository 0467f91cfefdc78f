"""Are files and functions small, finished, and free of written durations?"""

import pytest

from tests.architecture.checkers.durations import check_code_durations, check_machine_durations
from tests.architecture.checkers.leftovers import NOTE, UNWRITTEN, check_leftovers
from tests.architecture.checkers.sizes import check_openings, check_sizes
from tests.architecture.planting import ROOT, plant, words

SKIP = "pytest.mark." + "skip"
NOTES = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]


@pytest.mark.parametrize(
    "check",
    [check_sizes, check_openings, check_leftovers, check_machine_durations, check_code_durations],
    ids=lambda check: check.__name__,
)
def test_the_tree_holds(check):
    assert words(check(ROOT)) == []


def test_a_file_over_the_wall_is_reported(tmp_path):
    plant(tmp_path, {"infra/deploy.py": "a = 1\n" * 301})

    assert words(check_sizes(tmp_path)) == ["infra/deploy.py:301: 301 lines; the wall is 300"]


def test_a_file_that_does_not_parse_is_reported(tmp_path):
    plant(tmp_path, {"infra/deploy.py": "a = 1\nb = (\n"})

    assert words(check_sizes(tmp_path)) == ["infra/deploy.py:2: does not parse: '(' was never closed"]


def test_a_function_over_the_wall_is_reported(tmp_path):
    plant(tmp_path, {"chalicelib/orders/rules.py": "\ndef total():\n" + "    a = 1\n" * 40})
    plant(tmp_path, {"chalicelib/orders/store.py": "def total():\n" + "    a = 1\n" * 39})

    assert words(check_sizes(tmp_path)) == [
        "chalicelib/orders/rules.py:1: total has 41 lines; the wall is 40",
    ]


def test_a_fourth_positional_parameter_is_reported(tmp_path):
    source = """
        class Quote:
            def line(self, sku, price, quantity):
                return sku

            def lines(self, sku, price, quantity, tax):
                return sku


        def quote(sku, price, quantity, *, tax, currency):
            return sku
    """
    plant(tmp_path, {"chalicelib/pricing/rules.py": source})

    assert words(check_sizes(tmp_path)) == [
        "chalicelib/pricing/rules.py:5: lines has 4 positional parameters; make all but 3 keyword-only"
    ]


def test_a_long_or_deciding_route_is_reported(tmp_path):
    source = '''
        @router.get("/orders")
        def list_orders(caller):
            """The orders of the caller."""
            a = 1
            b = 2
            c = 3
            d = 4
            e = 5
            f = 6
            return a


        @router.get("/orders/{order_id}")
        def get_order(order_id):
            return order_id if order_id else None


        def helper(order_id):
            return order_id if order_id else None
    '''
    plant(tmp_path, {"chalicelib/orders/routes.py": source})

    assert words(check_sizes(tmp_path)) == [
        "chalicelib/orders/routes.py:2: the route list_orders has 7 lines; the wall is 6",
        "chalicelib/orders/routes.py:15: the route get_order decides; a route only passes on",
    ]


@pytest.mark.parametrize("opening", ["import json\n", '"""Orders"""\n', "# Orders.\n'''Orders.'''\n"])
def test_a_module_that_does_not_open_with_a_sentence_is_reported(tmp_path, opening):
    plant(tmp_path, {"chalicelib/orders/rules.py": opening, "chalicelib/orders/__init__.py": ""})

    assert words(check_openings(tmp_path)) == [
        "chalicelib/orders/rules.py:1: the first line is no one-sentence module docstring"
    ]


@pytest.mark.parametrize("note", NOTES)
def test_a_note_to_self_is_reported_in_code_and_documents(tmp_path, note):
    plant(tmp_path, {"chalicelib/orders/rules.py": f"a = 1\nb = 2  # {note} later\n", "docs/x.md": note})

    assert words(check_leftovers(tmp_path)) == [
        f"chalicelib/orders/rules.py:2: a note to self: {note}",
        f"docs/x.md:1: a note to self: {note}",
    ]
    assert not NOTE.search("XXXL, todo, a fixme-free day")
    assert not NOTE.search(f"birr to '{NOTES[-1]}'")


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (f"def price():\n    raise {UNWRITTEN}", UNWRITTEN),
        ("def price():\n    pass", "price is a stub"),
        ('def price():\n    """The price."""\n    ...', "price is a stub"),
        ("class Price:\n    pass", "Price is an empty class"),
        ("print('price')", "prints"),
        ("time." + "sleep(1)", "sleeps"),
        ("from time import " + "sleep", "sleeps"),
        ("try:\n    a = 1\nexcept Exception:\n    b = 2", "catches everything"),
        ("try:\n    a = 1\nexcept (KeyError, BaseException):\n    b = 2", "catches everything"),
        ("try:\n    a = 1\nexcept:\n    b = 2", "catches everything"),
    ],
)
def test_a_leftover_is_reported(tmp_path, code, message):
    plant(tmp_path, {"chalicelib/orders/rules.py": f"{code}\n"})

    (finding,) = check_leftovers(tmp_path)

    assert finding.path == "chalicelib/orders/rules.py"
    assert 1 <= finding.line <= 3
    assert message in finding.message


def test_declarations_without_a_body_are_no_stubs(tmp_path):
    source = '''
        class Payments(Protocol):
            def verify(self, reference: str) -> str: ...

        class Port:
            @abstractmethod
            def verify(self) -> str:
                """Ask."""

        class Declined(Exception):
            """The bank said no."""

        def silenced(line: str) -> None:
            """The server says enough already."""

        @overload
        def ask(a: int) -> int: ...
    '''
    plant(tmp_path, {"chalicelib/payments/port.py": source})

    assert words(check_leftovers(tmp_path)) == []


def test_the_outermost_border_in_core_may_catch_everything(tmp_path):
    source = "try:\n    a = 1\nexcept Exception:\n    b = 2\n"
    plant(tmp_path, {"chalicelib/core/http/binding.py": source})

    assert words(check_leftovers(tmp_path)) == []


def test_tidying_up_and_raising_again_is_no_catch(tmp_path):
    source = "try:\n    a = 1\nexcept BaseException:\n    b = 2\n    raise\n"
    plant(tmp_path, {"infra/local/cloud.py": source})

    assert words(check_leftovers(tmp_path)) == []


def test_only_the_named_module_may_wait(tmp_path):
    source = "time." + "sleep(0.1)\n"
    plant(tmp_path, {"tests/support/waiting.py": source, "tests/orders/test_api.py": source})

    assert [finding.path for finding in check_leftovers(tmp_path)] == ["tests/orders/test_api.py"]


@pytest.mark.parametrize("mark", [SKIP, f"{SKIP}()", f"{SKIP}(reason='')", "pytest." + "skip()"])
def test_a_skip_without_a_reason_is_reported(tmp_path, mark):
    plant(tmp_path, {"tests/orders/test_api.py": f"a = 1\npytestmark = {mark}\n"})

    (finding,) = check_leftovers(tmp_path)

    assert (finding.path, finding.line) == ("tests/orders/test_api.py", 2)


def test_a_skip_with_a_reason_is_fine(tmp_path):
    plant(tmp_path, {"tests/orders/test_api.py": f"pytestmark = {SKIP}(reason='needs a cloud account')\n"})

    assert words(check_leftovers(tmp_path)) == []


@pytest.mark.parametrize("value", ["900", '"900"', '"{% 900 %}"'])
@pytest.mark.parametrize("field", ["TimeoutSeconds", "IntervalSeconds", "HeartbeatSeconds", "Seconds"])
def test_a_literal_duration_in_a_machine_is_reported(tmp_path, field, value):
    plant(tmp_path, {"statemachines/checkout.asl.json": f'{{\n  "{field}": {value}\n}}\n'})

    (finding,) = check_machine_durations(tmp_path)

    assert (finding.path, finding.line) == ("statemachines/checkout.asl.json", 2)
    assert field in finding.message


@pytest.mark.parametrize("value", ["${PaymentSeconds}", '"${PaymentSeconds}"', '"{% $states.input.wait %}"'])
def test_a_substituted_duration_in_a_machine_is_fine(tmp_path, value):
    plant(tmp_path, {"statemachines/checkout.asl.json": f'{{\n  "TimeoutSeconds": {value}\n}}\n'})

    assert words(check_machine_durations(tmp_path)) == []


@pytest.mark.parametrize(
    "code",
    [
        "late = timedelta(minutes=15)",
        "late = datetime.timedelta(1)",
        "LEASE_SECONDS = 30",
        "lease_seconds: int = 15 * 60",
        "settings.lease_days = 2",
        "def lease(key, seconds=30): return key",
        "def lease(key, *, ttl_hours=24): return key",
        "lease(key, ttl_seconds=24 * 3600)",
    ],
)
def test_a_literal_duration_in_code_is_reported(tmp_path, code):
    plant(tmp_path, {"chalicelib/core/storage/guards.py": f"\na = 1\n{code}\n"})

    (finding,) = check_code_durations(tmp_path)

    assert (finding.path, finding.line) == ("chalicelib/core/storage/guards.py", 2)


def test_durations_from_the_settings_are_fine(tmp_path):
    source = """
        late = timedelta(seconds=settings.lease_seconds)
        elapsed_seconds = 0
        lease(key, ttl_seconds=settings.ttl_seconds)
    """
    literal = "LEASE_SECONDS = 30\n"
    plant(tmp_path, {"chalicelib/core/storage/guards.py": source, "chalicelib/core/settings.py": literal})

    assert words(check_code_durations(tmp_path)) == []
