"""Is whoever holds a permission found by it, as soon as it is given and no longer than it is held?"""

import pytest

from chalicelib.core.storage.transactions import StaleItem
from chalicelib.users import service as users
from chalicelib.users.enums import Permission, Role
from tests.support.account import Account
from tests.support.faults import failing
from tests.support.recorded_calls import recording
from tests.users.builders import PASSWORD

STOCK, CATALOG = Permission.STOCK_MANAGE, Permission.CATALOG_MANAGE


@pytest.fixture
def admin(aws: Account) -> str:
    admin_id = an_account("admin")
    users.make_admin(users.contact_of("admin@coffee.example", None))
    return admin_id


def an_account(name: str) -> str:
    contact = users.contact_of(f"{name}@coffee.example", None)
    return users.register(contact, password=PASSWORD, name=name, locale="en")


def give(user_id: str, *permissions: Permission, by: str) -> None:
    users.grant(user_id, roles=[Role.STAFF], permissions=permissions, actor_id=by)


def holders(permission: Permission = STOCK) -> set[str]:
    return {reader.name for reader in users.readers_with(permission).values()}


def test_a_permission_finds_those_who_hold_it(admin: str) -> None:
    dawit, sara = an_account("dawit"), an_account("sara")
    give(dawit, STOCK, CATALOG, by=admin)
    give(sara, CATALOG, by=admin)

    assert (holders(STOCK), holders(CATALOG)) == ({"dawit"}, {"dawit", "sara"})


def test_who_is_no_longer_given_it_is_not_found_any_more(admin: str) -> None:
    dawit = an_account("dawit")
    give(dawit, STOCK, CATALOG, by=admin)

    give(dawit, CATALOG, by=admin)

    assert (holders(STOCK), holders(CATALOG)) == (set(), {"dawit"})


def test_what_did_not_change_is_not_written_again(aws: Account, admin: str) -> None:
    dawit = an_account("dawit")
    give(dawit, STOCK, by=admin)

    with recording(aws.dynamodb) as calls:
        give(dawit, STOCK, CATALOG, by=admin)

    written = calls.sent[-1].params["TransactItems"]
    assert [call.operation for call in calls.sent].count("TransactWriteItems") == 1
    assert sum("PERMISSION#" in str(part) for part in written) == 1


def test_rights_and_what_finds_them_change_together_or_not_at_all(aws: Account, admin: str) -> None:
    dawit = an_account("dawit")

    with (
        failing(aws.dynamodb, "TransactWriteItems", "TransactionCanceledException", reasons=["ConditionalCheckFailed"]),
        pytest.raises(StaleItem),
    ):
        give(dawit, STOCK, by=admin)

    assert holders() == set()
    assert users.account_of(dawit).permissions == ()


def test_whose_account_is_closed_is_found_again_when_it_is_open(admin: str) -> None:
    dawit = an_account("dawit")
    give(dawit, STOCK, by=admin)
    users.deactivate(dawit)
    assert holders() == set()

    users.reactivate(dawit, by_staff=admin)

    assert holders() == {"dawit"}


def test_an_admin_is_found_by_what_was_given_by_name_alone(admin: str) -> None:
    other = an_account("owner")
    users.make_admin(users.contact_of("owner@coffee.example", None))
    assert holders() == set()

    users.grant(admin, roles=[Role.ADMIN], permissions=[STOCK], actor_id=other)

    assert holders() == {"admin"}


def test_holders_are_found_by_two_calls(aws: Account, admin: str) -> None:
    for name in ("dawit", "sara", "meron"):
        give(an_account(name), STOCK, by=admin)

    with recording(aws.dynamodb) as calls:
        found = holders()

    assert found == {"dawit", "sara", "meron"}
    assert calls.operations == ["Query", "BatchGetItem"]
