"""How is a delivery plan told to staff? In every language, as it was sent."""

from typing import Annotated

from pydantic import BeforeValidator, ConfigDict

from chalicelib.core.money import Money
from chalicelib.core.wire import View
from chalicelib.shipping.rules import MethodKind, Weekday


class _Told(View):
    """What is made from the rules' own values, member by member."""

    model_config = ConfigDict(defer_build=True, from_attributes=True)


class AreaView(_Told):
    """A country, one of its regions or a city of it; everywhere when empty."""

    country: Annotated[str | None, BeforeValidator(lambda told: told or None)]
    region: str
    city: str


class BandView(_Told):
    """What parcels up to a limit cost."""

    up_to_grams: int | None
    up_to_value: Money | None
    charge: Money


class PromiseView(_Told):
    """In how many working days after the order it arrives."""

    days_from: int
    days_to: int


class MethodView(_Told):
    """A way to deliver."""

    id: str
    kind: MethodKind
    name: dict[str, str]
    charge: Money | None
    bands: list[BandView]
    free_over: Money | None
    promise: PromiseView | None
    place: dict[str, str]


class ZoneView(_Told):
    """Areas that are served alike, and the ways in which they are."""

    id: str
    name: dict[str, str]
    areas: list[AreaView]
    methods: list[MethodView]


class CalendarView(_Told):
    """When nobody sends or delivers."""

    closed_weekdays: list[Weekday]
    holidays: list[str]
    cut_off_hour: int


class ShippingPlanView(View):
    """The shop's delivery plan. Until staff make one it `is_built_in`: everywhere, one charge."""

    is_built_in: bool
    currency: str
    zones: list[ZoneView]
    calendar: CalendarView
