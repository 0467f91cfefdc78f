"""How does the demo shop deliver, and at which rates of tax? Its plan, put into a shop that has none of its own."""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from infra.local.demo_shop import requests_for
from infra.local.demo_shop.requests_for import CURRENCY, Json
from infra.local.demo_shop.shop import DATA, santim
from infra.local.demo_shop.wire import Api

_SUM = "_birr"


def read_plan(folder: Path = DATA) -> dict[str, Any]:
    """Read the delivery plan as the API takes it."""
    data = _data(folder)
    return {"zones": [_zone(each) for each in data["zone"]], "calendar": data["calendar"]}


def read_tax_rates(folder: Path = DATA) -> Json:
    """Read the tax rates as the API takes them."""
    return {"items": _data(folder)["tax_rate"]}


def plan_delivery(api: Api, say: Callable[[str], None]) -> None:
    """Put both where staff have none yet; what they made since stays."""
    plan = read_plan()
    if api.send(requests_for.shipping_plan()).body.get("is_built_in"):
        api.send(requests_for.put_shipping_plan(plan))
    if not api.send(requests_for.tax_rates()).body.get("items"):
        api.send(requests_for.put_tax_rates(read_tax_rates()))
    say(f"Delivery is planned in {len(plan['zones'])} zones")


def _data(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "delivery.toml").read_text(encoding="utf-8"))


def _zone(table: Mapping[str, Any]) -> Json:
    methods = [_method(each) for each in table["method"]]
    return {"id": table["id"], "name": table["name"], "areas": table["areas"], "methods": methods}


def _method(table: Mapping[str, Any]) -> Json:
    days_from, days_to = table["days"]
    told = {name: value for name, value in table.items() if name not in ("days", "bands")}
    bands = {"bands": [_with_sums(band) for band in table["bands"]]} if "bands" in table else {}
    return {**_with_sums(told), **bands, "promise": {"days_from": days_from, "days_to": days_to}}


def _with_sums(table: Mapping[str, Any]) -> dict[str, Any]:
    """Turn each sum in birr into money."""
    return {
        name.removesuffix(_SUM): {"amount": santim(value), "currency": CURRENCY} if name.endswith(_SUM) else value
        for name, value in table.items()
    }
