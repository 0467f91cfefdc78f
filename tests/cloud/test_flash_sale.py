"""What if hundreds want the same few units in the deployed shop? As many orders as units, and a word for all others.

`RING=whole` plays it in full: 300 buyers for 50 units. Otherwise a fifth of them come.
"""

from tests.support.load import Load
from tests.support.market import Market
from tests.support.rush import AT_ONCE, Rush
from tests.support.shopper import Shopper, stock_becomes
from tests.support.telling import Tell
from tests.support.whole import IS_WHOLE

BUYERS, UNITS = (300, 50) if IS_WHOLE else (60, 10)


def test_a_flash_sale_sells_each_unit_once_and_tells_all_others_at_once(market: Market, load: Load, tell: Tell) -> None:
    goods, sale = market.sells(units=UNITS), Rush()

    def buyer_comes() -> None:
        buyer = Shopper.guest(market).takes(goods)
        if sale.may_pay(buyer):
            sale.pays(buyer)

    sale.comes(BUYERS, buyer_comes)

    assert sale.told == {"awaiting_payment": UNITS, "out_of_stock": BUYERS - UNITS}
    for winner in sale.winners:
        winner.gets_order()
    stock_becomes(market, goods, available=0, on_hand=0)
    tell(f"flash sale, {BUYERS} buyers, {AT_ONCE} at a time, {UNITS} units: {sale}; {load}")
