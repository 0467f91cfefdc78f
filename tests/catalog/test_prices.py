"""What does something cost, when, and in which currency?"""

from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.catalog import rules
from chalicelib.catalog.rules import PriceNow, ProductVariant, Sale
from chalicelib.catalog.schemas import SaleDraft
from chalicelib.core import clock
from chalicelib.core.money import CURRENCIES, Money
from chalicelib.pricing.rules import Rate, RateOrigin, Rates

DIGITS = {"ETB": 2, "USD": 2, "EUR": 2, "KES": 2, "DJF": 0}
NOON = datetime(2026, 9, 11, 12, tzinfo=UTC)
HOUR, INSTANT = timedelta(hours=1), timedelta(microseconds=1)
RATES = Rates(
    "ETB",
    {
        "USD": Rate("0.0069", "2026-09-10T00:00:02.000000Z", RateOrigin.FETCHED),
        "KES": Rate("0.89", "2026-09-01T00:00:00.000000Z", RateOrigin.STAFF),
        "DJF": Rate("1.2249", "2026-09-10T00:00:02.000000Z", RateOrigin.FETCHED),
    },
)


def birr(minor: int) -> Money:
    return Money(minor, "ETB")


def dollars(minor: int) -> Money:
    return Money(minor, "USD")


def goods(price: Money, *others: Money, sale: Sale | None = None, sku: str = "COFFEE-250") -> ProductVariant:
    return ProductVariant(sku, {}, price, 250, other_prices=others, sale=sale)


def a_sale(price: Money, *others: Money, since: datetime | None = None, until: datetime | None = None) -> Sale:
    starts_at, ends_at = (clock.as_text(moment) if moment else None for moment in (since, until))
    return Sale(price, starts_at, ends_at, others)


def cost(variant: ProductVariant, currency: str = "ETB", now: datetime = NOON, rates: Rates | None = None) -> PriceNow:
    found = rules.price_of(variant, currency, now=now, rates=rates)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("now", "price"),
    [(NOON - INSTANT, 25_000), (NOON, 20_000), (NOON + HOUR - INSTANT, 20_000), (NOON + HOUR, 25_000)],
)
def test_a_sale_holds_from_its_first_instant_until_just_before_its_end(now: datetime, price: int) -> None:
    coffee = goods(birr(25_000), sale=a_sale(birr(20_000), since=NOON, until=NOON + HOUR))

    assert cost(coffee, now=now).price == birr(price)


def test_a_sale_without_dates_holds_always() -> None:
    found = cost(goods(birr(25_000), sale=a_sale(birr(20_000))))

    assert (found.price, found.list_price, found.saved, found.sale_ends_at) == (
        birr(20_000),
        birr(25_000),
        birr(5_000),
        None,
    )


def test_what_is_saved_is_never_rounded_up() -> None:
    assert cost(goods(birr(300), sale=a_sale(birr(201)))).saved_percent == 33
    assert cost(goods(birr(300), sale=a_sale(birr(299)))).saved_percent == 0


def test_a_listed_currency_without_a_sale_price_falls_by_the_same_share() -> None:
    coffee = goods(birr(30_000), dollars(205), sale=a_sale(birr(20_000)))

    assert cost(coffee, "USD").price == dollars(137)  # 136.67


def test_a_sale_price_that_is_given_for_a_currency_counts() -> None:
    coffee = goods(birr(30_000), dollars(205), sale=a_sale(birr(20_000), dollars(99)))

    assert cost(coffee, "USD").price == dollars(99)


def test_a_share_of_little_is_not_nothing() -> None:
    needle = goods(dollars(10_000), birr(100), sale=a_sale(dollars(10)))

    assert cost(needle, "ETB").price == birr(1)


def test_what_is_not_listed_is_converted_and_says_by_which_rate() -> None:
    found = cost(goods(birr(25_000), sale=a_sale(birr(20_000))), "USD", rates=RATES)

    assert (found.price, found.list_price) == (dollars(138), dollars(173))  # 1.725 is rounded away from zero
    assert found.conversion is not None
    assert (found.conversion.rate_text, found.conversion.as_of) == ("0.0069", "2026-09-10T00:00:02.000000Z")


def test_two_foreign_currencies_meet_in_the_shops_own_and_tell_the_older_rate() -> None:
    found = cost(goods(dollars(1_000)), "KES", rates=RATES)

    assert found.price == Money(128_986, "KES")  # 10 / 0.0069 * 0.89
    assert found.conversion is not None
    assert (found.conversion.rate_text, found.conversion.as_of) == ("128.985507246", "2026-09-01T00:00:00.000000Z")


def test_what_costs_little_is_not_converted_to_nothing() -> None:
    needle = cost(goods(birr(70), sale=a_sale(birr(60))), "USD", rates=RATES)

    assert (needle.price, needle.list_price, needle.is_reduced) == (dollars(1), dollars(1), False)
    assert cost(goods(birr(0)), "USD", rates=RATES).price == dollars(0)


def test_a_currency_without_small_coins_has_none() -> None:
    assert cost(goods(birr(25_000)), "DJF", rates=RATES).price == Money(306, "DJF")  # 306.225


def test_a_price_that_is_listed_is_not_converted() -> None:
    found = cost(goods(birr(25_000), dollars(500)), "USD", rates=RATES)

    assert (found.price, found.conversion) == (dollars(500), None)


def test_where_neither_price_nor_rate_is_known_there_is_no_price() -> None:
    assert rules.price_of(goods(birr(25_000)), "EUR", now=NOON, rates=RATES) is None
    assert rules.price_of(goods(birr(25_000)), "USD", now=NOON) is None


def test_a_card_tells_the_cheapest_as_time_goes_by() -> None:
    bag = goods(birr(300), sale=a_sale(birr(200), since=NOON + HOUR, until=NOON + 2 * HOUR), sku="A")
    sack = goods(birr(900), sale=a_sale(birr(100), since=NOON + 3 * HOUR), sku="B")

    card = rules.price_of_card([bag, sack], NOON)

    hours = [rules.price_on_card(card, "ETB", now=NOON + hour * HOUR) for hour in range(4)]
    assert [found.price.minor for found in hours if found] == [300, 200, 300, 100]
    assert {found.list_price.minor for found in hours if found} == {300}
    assert card.changes_at == clock.as_text(NOON + HOUR)
    assert not card.is_on_sale
    assert card == rules.price_of_card([bag, sack], NOON + HOUR - INSTANT)
    assert rules.price_of_card([bag, sack], NOON + HOUR).is_on_sale


def test_a_card_knows_the_currencies_that_all_variants_are_listed_in() -> None:
    card = rules.price_of_card([goods(birr(300), dollars(4)), goods(birr(200), dollars(3), Money(5, "EUR"))], NOON)

    assert [course.list_price for course in card.courses] == [birr(200), dollars(3)]


offsets = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda minutes: timezone(timedelta(minutes=minutes)))
# From 2001 to 2096, so that a sale that begins then ends before 2100, after which none may.
moments = st.integers(978_307_200, 4_000_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))
amounts = st.integers(1, 10_000_000_000)
currencies = st.sampled_from(CURRENCIES)


def as_people_write(moment: datetime, zone: timezone) -> str:
    return moment.astimezone(zone).isoformat(timespec="microseconds")


@given(moments, st.timedeltas(INSTANT, timedelta(days=400)), offsets, offsets, st.data())
def test_a_sale_price_never_shows_outside_its_dates_in_any_time_zone(begins, lasts, here, there, data) -> None:
    ends = begins + lasts
    draft = SaleDraft.model_validate(
        {"price": birr(200), "starts_at": as_people_write(begins, here), "ends_at": as_people_write(ends, there)}
    )
    gabi = goods(birr(300), sale=Sale(draft.price, draft.starts_at, draft.ends_at))
    near = st.sampled_from([begins, ends]).flatmap(lambda edge: st.sampled_from([edge - INSTANT, edge, edge + INSTANT]))
    now = data.draw(near | moments)

    asked = now.astimezone(data.draw(offsets))
    card = rules.price_of_card([gabi], data.draw(st.sampled_from([min(now, begins - HOUR), now])))
    on_card = rules.price_on_card(card, "ETB", now=asked)

    right = birr(200) if begins <= now < ends else birr(300)
    assert cost(gabi, now=asked).price == right
    assert on_card is not None
    assert on_card.price == right


@st.composite
def priced(draw) -> ProductVariant:
    main, *others = draw(st.lists(currencies, min_size=1, unique=True))
    listed = [Money(draw(amounts), currency) for currency in (main, *others)]
    reduced = [Money(draw(amounts), currency) for currency in draw(st.lists(st.sampled_from([main, *others])))]
    lowered = {each.currency: each for each in reduced if each.currency != main}
    sale = Sale(Money(draw(amounts), main), other_prices=tuple(lowered.values()))
    return goods(*listed, sale=draw(st.none() | st.just(sale)))


rates = st.decimals("0.000001", "1000000", places=6).map(lambda rate: Rate(str(rate), "2026", RateOrigin.STAFF))
all_rates = st.builds(
    lambda base, known: Rates(base, {name: rate for name, rate in known.items() if name != base}),
    currencies,
    st.fixed_dictionaries(dict.fromkeys(CURRENCIES, rates)),
)


@given(priced(), currencies, all_rates)
def test_a_price_is_never_nothing_and_never_above_the_list_price_in_any_currency(variant, currency, known) -> None:
    found = cost(variant, currency, rates=known)

    assert 0 < found.price.minor <= found.list_price.minor
    assert found.price.currency == found.list_price.currency == currency
    assert 0 <= found.saved_percent <= 100


@given(amounts, currencies, currencies, all_rates)
def test_a_converted_amount_is_rounded_once_by_the_currencys_digits(amount, source, target, known) -> None:
    conversion = known.conversion(source, target)
    if conversion is None:
        assert source == target
        return
    exact = Fraction(amount, 10 ** DIGITS[source]) * Fraction(conversion.rate) * 10 ** DIGITS[target]

    converted = conversion.of(Money(amount, source))

    assert abs(converted.minor - exact) <= Fraction(1, 2)
    assert exact - converted.minor != Fraction(1, 2), "a half is rounded away from zero"


@given(st.lists(priced().filter(lambda each: each.price.currency == "ETB"), min_size=1), currencies, all_rates)
def test_a_card_says_what_the_cheapest_of_its_variants_costs(variants, currency, known) -> None:
    listed = [{each.currency for each in (variant.price, *variant.other_prices)} for variant in variants]
    if any(currency in each for each in listed) and not all(currency in each for each in listed):
        return
    card = rules.price_of_card(variants, NOON)

    found = rules.price_on_card(card, currency, now=NOON, rates=known)

    if currency == "ETB" or all(currency in each for each in listed) or known.conversion("ETB", currency):
        assert found is not None
        assert found.price == min(
            (cost(each, currency, rates=known).price for each in variants), key=lambda price: price.minor
        )
