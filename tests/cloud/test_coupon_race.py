"""What if a hundred want the few uses of a coupon in the deployed shop, and some who got one do not pay after all?

`RING=whole` plays it in full: 100 racers for 20 uses. Otherwise fewer come, for fewer.
"""

import itertools

from tests.support.load import Load
from tests.support.market import Market
from tests.support.rush import AT_ONCE, MAY_PAY, Rush
from tests.support.shopper import Shopper, stock_becomes
from tests.support.telling import Tell
from tests.support.whole import IS_WHOLE

RACERS, USES, DECLINED = (100, 20, 6) if IS_WHOLE else (30, 6, 2)
HALF = {"kind": "percentage", "percent": "50"}


def test_a_coupon_has_as_many_orders_as_uses_and_a_declined_use_is_won_by_another(
    market: Market, load: Load, tell: Tell
) -> None:
    goods, race = market.sells(units=RACERS), Rush()
    coupon = market.promotes(goods, HALF, limits={"uses": USES, "uses_per_customer": 1})
    declined, places = list[Shopper](), itertools.count()

    def racer_comes() -> None:
        racer = Shopper.guest(market).takes(goods).names(coupon.code)
        if not race.may_pay(racer):
            return
        if next(places) < DECLINED:
            declined.append(racer.gets_page().is_declined().gives_up())
        else:
            race.pays(racer)

    # All who decline have given up before the second half comes, so each use that returned has its takers.
    for people in (RACERS // 2, RACERS - RACERS // 2):
        race.comes(people, racer_comes)

    assert (len(declined), len(race.winners)) == (DECLINED, USES)
    losers = race.told["coupon_used_up"] + race.told["price_changed"]
    assert race.told[MAY_PAY] + losers == race.told.total() == RACERS
    assert all(each["refused_codes"] == [{"code": coupon.code, "why": "used_up"}] for each in race.refusals)
    assert all(is_half_off(winner.gets_order()) for winner in race.winners)
    assert [each.orders() for each in declined] == [[]] * DECLINED
    assert market.staff.must("GET", f"/promotions/{coupon.promotion_id}")["limits"]["uses_left"] == 0
    stock_becomes(market, goods, available=RACERS - USES, on_hand=RACERS - USES)
    tell(f"coupon race, {RACERS} racers, {AT_ONCE} at a time, {USES} uses, {DECLINED} decline: {race}; {load}")


def is_half_off(order: dict) -> bool:
    totals = order["totals"]
    return bool(totals["discount"]["amount"] * 2 == totals["subtotal"]["amount"])
