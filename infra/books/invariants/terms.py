"""Are the delivery plan and the tax rates such as the API would take, so that every quote can be made by them?"""

from collections.abc import Iterator

from pydantic import ValidationError

from chalicelib.core.wire import Draft
from chalicelib.pricing import views as pricing
from chalicelib.pricing.models import TaxTable
from chalicelib.pricing.schemas import TaxRatesDraft
from chalicelib.shipping import views as shipping
from chalicelib.shipping.models import ShippingPlan
from chalicelib.shipping.rules import amounts_in
from chalicelib.shipping.schemas import PlanDraft
from infra.books.ledger import Books, Troubles


def plans_leave_nothing_open(books: Books) -> Troubles:
    """A delivery plan names each area once, its bands ascend, and its amounts are in its own currency."""
    for plan in books.all(ShippingPlan):
        told = shipping.plan_view(plan).model_dump_json(include={"zones", "calendar"})
        yield from ((plan.key, flaw) for flaw in _flaws(PlanDraft, told))
        for zone in plan.zones:
            if any(amount.currency != plan.currency for amount in amounts_in(zone)):
                yield plan.key, f"{zone.id} has amounts in another currency than {plan.currency}"


def tax_rules_leave_nothing_open(books: Books) -> Troubles:
    """No two rules are about one class and place, and each names a percentage."""
    for table in books.all(TaxTable):
        told = pricing.tax_rates_view(table).model_dump_json(include={"items"})
        yield from ((table.key, flaw) for flaw in _flaws(TaxRatesDraft, told))


def _flaws(draft: type[Draft], told: str) -> Iterator[str]:
    try:
        draft.model_validate_json(told)
    except ValidationError as problem:
        for error in problem.errors(include_url=False, include_input=False):
            yield f"{'/'.join(map(str, error['loc']))}: {error['msg']}"
