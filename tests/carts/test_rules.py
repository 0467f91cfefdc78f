"""What goes into a cart, and what does not?"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.carts import rules
from chalicelib.carts.errors import CartLineNotFound, CartTooLarge, TooManySkus, TooManyUnits, TooManyVendors
from chalicelib.carts.models import Cart
from chalicelib.carts.rules import CartLine, CartStatus, Limits
from tests.carts.builders import LIMITS, a_line, birr

baskets = st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(1, 9), max_size=8).map(
    lambda units: [a_line(sku, quantity=count, vendor=sku.lower()) for sku, count in units.items()]
)
tight = st.builds(
    Limits,
    skus=st.integers(1, 8),
    vendors=st.integers(1, 8),
    quantity=st.integers(9, 12),
    stored_bytes=st.integers(rules.stored_bytes_of([a_line("A")] * 4), rules.stored_bytes_of([a_line("A")] * 8)),
)
texts = st.dictionaries(st.text(max_size=9), st.text(max_size=9), max_size=3)
# zlib frames what it cannot make shorter (RFC 1950, RFC 1951 section 3.2.4).
PACKING_BYTES = 32


def units(lines: list[CartLine]) -> dict[str, int]:
    return {line.sku: line.quantity for line in lines}


def test_the_same_sku_again_is_one_line_at_the_new_price() -> None:
    lines = rules.with_line([a_line(quantity=2)], a_line(quantity=3, price=birr(380)), LIMITS)

    assert lines == [a_line(quantity=5, price=birr(380))]


def test_a_full_cart_still_takes_more_of_what_is_in_it() -> None:
    limits = replace(LIMITS, skus=1)

    assert units(rules.with_line([a_line("GABI")], a_line("GABI"), limits)) == {"GABI": 2}
    with pytest.raises(TooManySkus):
        rules.with_line([a_line("GABI")], a_line("NETELA"), limits)


def test_one_vendor_too_many_is_refused() -> None:
    limits = replace(LIMITS, vendors=1)

    assert len(rules.with_line([a_line("GABI")], a_line("NETELA"), limits)) == 2
    with pytest.raises(TooManyVendors):
        rules.with_line([a_line("GABI")], a_line("NETELA", vendor="shiromeda"), limits)


def test_units_count_together_against_the_limit() -> None:
    limits = replace(LIMITS, quantity=5)

    with pytest.raises(TooManyUnits) as refused:
        rules.with_line([a_line(quantity=3)], a_line(quantity=3), limits)

    assert refused.value.facts == {"sku": "COFFEE-250G", "limit": 5}


def test_texts_count_together_against_the_limit() -> None:
    lines = [a_line("GABI"), a_line("NETELA")]
    just_enough = replace(LIMITS, stored_bytes=rules.stored_bytes_of(lines))
    too_little = replace(LIMITS, stored_bytes=just_enough.stored_bytes - 1)

    assert rules.with_line(lines[:1], lines[1], just_enough) == lines
    with pytest.raises(CartTooLarge) as refused:
        rules.with_line(lines[:1], lines[1], too_little)

    assert refused.value.facts == {"limit_bytes": too_little.stored_bytes}


def test_a_line_whose_texts_grew_may_be_too_long_for_its_cart() -> None:
    lines = [a_line("GABI"), a_line("NETELA")]
    limits = replace(LIMITS, stored_bytes=rules.stored_bytes_of(lines))
    longer = replace(a_line("GABI"), title={"en": "Gabi of the softest cotton " * 5})

    with pytest.raises(CartTooLarge):
        rules.with_changed_line(lines, longer, limits)
    with pytest.raises(CartTooLarge):
        rules.with_line(lines, longer, limits)


@given(st.lists(st.builds(replace, st.builds(a_line, st.text(max_size=5)), title=texts, options=texts), max_size=4))
def test_lines_take_no_more_room_than_is_counted_but_for_what_packing_adds(lines: list[CartLine]) -> None:
    assert len(Cart.lines.serialize(lines)) <= rules.stored_bytes_of(lines) + PACKING_BYTES


def test_what_is_too_long_for_the_customers_cart_is_left_out() -> None:
    own, brought = [a_line("GABI")], [a_line("NETELA", quantity=2), a_line("GABI", quantity=9)]
    limits = replace(LIMITS, stored_bytes=rules.stored_bytes_of(own))

    lines, left_out = rules.merged(own, brought, limits)

    assert (lines, left_out) == (own, brought)


def test_a_line_that_is_not_there_cannot_be_changed_or_taken_out() -> None:
    with pytest.raises(CartLineNotFound):
        rules.with_changed_line([a_line("GABI")], a_line("NETELA"), LIMITS)
    with pytest.raises(CartLineNotFound):
        rules.without_line([a_line("GABI")], "lin_NETELA")
    with pytest.raises(CartLineNotFound):
        rules.sku_of("NETELA")


def test_what_both_carts_had_keeps_the_customers_price() -> None:
    own, brought = [a_line(price=birr(350))], [a_line(price=birr(300), quantity=2)]

    lines, left_out = rules.merged(own, brought, LIMITS)

    assert lines == [a_line(price=birr(350), quantity=3)]
    assert left_out == []


def test_a_cart_that_is_over_stays_so() -> None:
    over = [status for status in CartStatus if rules.is_over(status)]

    assert over == [CartStatus.CONVERTED, CartStatus.MERGED]
    assert not any(rules.may_move(status, to) for status in over for to in CartStatus)


@given(baskets, baskets)
def test_merging_gives_the_same_units_whichever_cart_is_poured(one: list[CartLine], other: list[CartLine]) -> None:
    there, _ = rules.merged(one, other, LIMITS)
    back, _ = rules.merged(other, one, LIMITS)

    assert units(there) == units(back)


@given(baskets, baskets, tight)
def test_merging_loses_no_unit_and_breaks_no_limit(
    own: list[CartLine], brought: list[CartLine], limits: Limits
) -> None:
    own = own[: min(limits.skus, limits.vendors)]
    while rules.stored_bytes_of(own) > limits.stored_bytes:
        own = own[:-1]

    lines, left_out = rules.merged(own, brought, limits)

    both = units(own)
    for line in brought:
        both[line.sku] = both.get(line.sku, 0) + line.quantity
    kept, lost = units(lines), units(left_out)
    assert {sku: kept.get(sku, 0) + lost.get(sku, 0) for sku in both} == both
    assert all(kept[line.sku] >= line.quantity for line in own)
    assert len(lines) <= limits.skus
    assert len({line.vendor_id for line in lines}) <= limits.vendors
    assert all(line.quantity <= limits.quantity for line in lines)
    assert rules.stored_bytes_of(lines) <= limits.stored_bytes
    assert all(line.quantity > 0 for line in [*lines, *left_out])
