"""Does every kind keep to its own place in the table, whatever its ids are called?"""

import inspect
from collections.abc import Callable, Iterable
from functools import cache
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as some

from chalicelib.core.storage import keys, list_keys, trail_keys
from chalicelib.core.storage.key import Key

Maker = Callable[..., Key]
FILES = (keys, list_keys, trail_keys)

# Ids as somebody would choose them who wants to be taken for something else.
WORDS = [
    *("#", "##", "0", "MAIN", "MAIN#0", "a", "1", " ", "\x00", "ዳ", "USER", "VENDOR#ven_1", "OWNER#usr_1"),
    *(name for file in FILES for name in vars(file) if name.isupper()),
    *(f"{name}#" for file in FILES for name in vars(file) if name.isupper()),
]
hostile = some.lists(some.sampled_from(WORDS), max_size=4).map("".join) | some.text(max_size=12)


@cache
def makers() -> dict[str, Maker]:
    """Return every function of the files of keys that makes a key."""
    functions = [each for file in FILES for each in inspect.getmembers(file, inspect.isfunction)]
    return {name: each for name, each in functions if inspect.signature(each).return_annotation is Key}


def partitions() -> dict[str, Callable[..., str]]:
    """Return every function of the files of keys that names a partition."""
    functions = [each for file in FILES for each in inspect.getmembers(file, inspect.isfunction)]
    return {name: each for name, each in functions if inspect.signature(each).return_annotation is str}


@cache
def count_of_ids(maker: Maker) -> int:
    return len(inspect.signature(maker).parameters)


def made(maker: Maker, ids: list[str]) -> Key:
    return maker(*ids[: count_of_ids(maker)])


def collisions(functions: dict[str, Maker], ids: list[str], others: list[str]) -> list[tuple[str, str]]:
    """Return the pairs of kinds that get the same key from these ids, in whichever order they take them."""
    found = {name: {made(maker, ids), made(maker, others)} for name, maker in functions.items()}
    return [(one, another) for one, another in combinations(functions, 2) if found[one] & found[another]]


def doubles(functions: dict[str, Maker], ids: list[str], others: list[str]) -> list[str]:
    """Return the kinds that give two things one key."""

    return [
        name
        for name, maker in functions.items()
        if ids[: count_of_ids(maker)] != others[: count_of_ids(maker)] and made(maker, ids) == made(maker, others)
    ]


ids = some.lists(hostile, min_size=3, max_size=3)


@given(ids, ids)
def test_no_two_kinds_ever_share_a_key(mine: list[str], theirs: list[str]) -> None:
    assert collisions(makers(), mine, theirs) == []


@given(ids, ids)
def test_no_two_things_of_a_kind_share_a_key(mine: list[str], theirs: list[str]) -> None:
    assert doubles(makers(), mine, theirs) == []


def shapes(functions: Iterable[Maker]) -> list[tuple[str, str]]:
    """Return what each kind's keys begin with, up to the first id."""
    mark = "\x01"
    found = [made(maker, [mark] * 3) for maker in functions]
    return [(key.pk.partition(mark)[0], key.sk.partition(mark)[0]) for key in found]


def confusable(functions: dict[str, Maker]) -> list[str]:
    """Return pairs of kinds of which some ids could make the same key; this looks at the shapes alone."""
    named = dict(zip(functions, shapes(functions.values()), strict=True))
    return [
        f"{one} and {another}"
        for (one, (pk, sk)), (another, (other_pk, other_sk)) in combinations(named.items(), 2)
        if _overlap(pk, other_pk) and _overlap(sk, other_sk)
    ]


def _overlap(one: str, another: str) -> bool:
    return one.startswith(another) or another.startswith(one)


def test_the_shapes_alone_already_keep_kinds_apart() -> None:
    assert confusable(makers()) == []


def test_there_are_keys_to_look_at() -> None:
    assert {"user", "stock", "order", "migration"} <= set(makers())
    assert {"owner", "card_list", "movements"} <= set(partitions())


@given(ids)
def test_a_partition_is_that_of_its_things(mine: list[str]) -> None:
    assert made(keys.cart, mine).pk == made(keys.order, mine).pk == keys.owner(mine[0])
    assert made(list_keys.card, mine).pk == list_keys.card_list(mine[0])
    assert made(keys.movement, mine).pk == keys.movements(mine[0])
    assert made(keys.sub_order, mine).pk == keys.vendor_orders(mine[0])
    assert made(keys.stock, mine).pk == keys.product_parts(mine[0]) == keys.product(mine[0]).pk


@given(ids)
def test_a_prefix_finds_its_kind_and_no_other(mine: list[str]) -> None:
    prefixes = {keys.ORDER_PREFIX: "order", keys.STOCK_PREFIX: "stock", keys.MOVEMENT_PREFIX: "movement"}
    prefixes[keys.SUB_ORDER_PREFIX] = "sub_order"

    for prefix, kind in prefixes.items():
        in_the_same_place = {
            name
            for name, maker in makers().items()
            if made(maker, mine).pk == made(makers()[kind], mine).pk and made(maker, mine).sk.startswith(prefix)
        }
        assert in_the_same_place == {kind}


@given(ids)
def test_a_books_prefix_finds_the_book_and_its_addresses_and_nothing_else(mine: list[str]) -> None:
    beside = {name for name, maker in makers().items() if made(maker, mine).pk == keys.owner(mine[0])}

    found = {name for name in beside if made(makers()[name], mine).sk.startswith(keys.ADDRESSES_PREFIX)}

    assert found == {"address", "address_book"}


def test_a_planted_collision_is_reported() -> None:
    def parcel(order_id: str) -> Key:
        return Key(f"PARCEL#{order_id}", "PARCEL")

    def parcel_label(order_id: str) -> Key:
        return Key("PARCEL#" + order_id.upper(), "PARCEL")

    def leg(order_id: str, number: str) -> Key:
        return Key(f"LEG#{order_id}#{number}", "LEG")

    planted: dict[str, Maker] = {"parcel": parcel, "label": parcel_label, "leg": leg}

    assert collisions(planted, ["A", "B", ""], ["x", "y", ""]) == [("parcel", "label")]
    assert confusable(planted) == ["parcel and label"]
    assert doubles(planted, ["a#b", "c", ""], ["a", "b#c", ""]) == ["leg"]
