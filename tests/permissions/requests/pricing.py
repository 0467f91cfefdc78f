"""Valid requests about exchange rates and tax rates."""

from tests.permissions.asking import Ask, valid
from tests.permissions.stage import Stage
from tests.permissions.tags import TagAsItIs
from tests.support.people import Person


@valid
def list_exchange_rates(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def change_exchange_rates(stage: Stage, caller: Person) -> Ask:
    return Ask(body={"rates": {"KES": "0.89"}}, headers=TagAsItIs(stage, "/exchange-rates"), is_shared=True)


@valid
def list_tax_rates(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def put_tax_rates(stage: Stage, caller: Person) -> Ask:
    """Of a place to which nobody in these tests sends anything."""
    abroad = {"tax_class": "reduced", "percent": "7", "country": "DJ"}
    return Ask(body={"items": [abroad]}, headers=TagAsItIs(stage, "/tax-rates"), is_shared=True)
