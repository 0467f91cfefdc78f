"""Valid requests about exchange rates."""

from tests.permissions.asking import Ask, valid
from tests.permissions.stage import Stage
from tests.support.people import Person


@valid
def list_exchange_rates(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def change_exchange_rates(stage: Stage, caller: Person) -> Ask:
    tag = stage.market.api.get("/exchange-rates").headers["etag"]
    return Ask(body={"rates": {"KES": "0.89"}}, headers={"if_match": tag})
