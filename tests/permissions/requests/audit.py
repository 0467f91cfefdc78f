"""Valid requests about the audit trail."""

from tests.permissions.asking import Ask, valid
from tests.permissions.stage import Stage
from tests.support.people import Person


@valid
def list_audit_entries(stage: Stage, caller: Person) -> Ask:
    return Ask(query={"kind": "create_product"})
