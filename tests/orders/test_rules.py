"""How is an order numbered and split among vendors?"""

import re

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.core.money import Money
from chalicelib.orders import rules
from tests.notifications.builders import Goods, a_quote

baskets = st.lists(
    st.builds(
        Goods,
        sku=st.uuids().map(str),
        vendor_id=st.sampled_from(["ven_yirga", "ven_shiromeda", "ven_tomoca"]),
        quantity=st.integers(1, 20),
        unit_price=st.integers(1, 10_000_000).map(lambda minor: Money(minor, "ETB")),
    ),
    min_size=1,
    max_size=12,
)


@given(baskets, st.booleans())
def test_the_shares_add_up_to_the_order_whatever_is_in_it(goods: list[Goods], prices_include_tax: bool) -> None:
    quote = a_quote(*goods, prices_include_tax=prices_include_tax)

    shares = rules.shares(quote)

    for part in ("subtotal", "discount", "shipping", "tax", "total"):
        assert sum(getattr(share, part).minor for share in shares) == getattr(quote, part).minor
    assert sorted(line.sku for share in shares for line in share.lines) == sorted(line.sku for line in quote.lines)


def test_each_vendor_has_one_share_with_its_own_lines() -> None:
    quote = a_quote(Goods("A", vendor_id="ven_1"), Goods("B", vendor_id="ven_2"), Goods("C", vendor_id="ven_1"))

    shares = {share.vendor_id: [line.sku for line in share.lines] for share in rules.shares(quote)}

    assert shares == {"ven_1": ["A", "C"], "ven_2": ["B"]}


def test_a_number_can_be_read_out_and_spells_nothing() -> None:
    numbers = {rules.new_number() for _ in range(500)}

    assert len(numbers) == 500
    assert all(re.fullmatch(r"NX-[2-9B-DF-HJ-NP-TV-XZ]{4}-[2-9B-DF-HJ-NP-TV-XZ]{4}", number) for number in numbers)
