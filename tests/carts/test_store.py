"""What do carts ask of the table?"""

from chalicelib.carts import service as carts
from chalicelib.carts.models import Cart
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from tests.carts.builders import COFFEE, a_guest, a_line, a_variant, put_in
from tests.support.account import Account
from tests.support.recorded_calls import recording


def test_putting_something_in_is_one_batch_read_and_one_conditional_write(aws: Account) -> None:
    a_variant()
    guest, cart = a_guest()

    with recording(aws.dynamodb) as calls:
        put_in(guest, cart, quantity=2)

    assert calls.operations == ["BatchGetItem", "PutItem"]
    assert "ConditionExpression" in calls.sent[1].params


def test_reading_looks_up_goods_and_stock_at_once_and_writes_nothing(aws: Account) -> None:
    a_variant()
    guest, cart = a_guest()
    put_in(guest, cart)

    with recording(aws.dynamodb) as calls:
        guest.get(cart)

    assert calls.operations == ["GetItem", "BatchGetItem"]
    assert len(calls.sent[1].params["RequestItems"][settings.table_name]["Keys"]) == 2


def test_an_empty_cart_is_read_with_one_get_item(aws: Account) -> None:
    guest, cart = a_guest()

    with recording(aws.dynamodb) as calls:
        guest.get(cart)

    assert calls.operations == ["GetItem"]
    assert calls.read_units == 1


def test_the_goods_of_the_fullest_cart_are_read_by_the_hundred(aws: Account) -> None:
    lines = [a_line(f"GABI-{number}") for number in range(90)]
    cart_id = "crt_full"
    full = Cart.at(keys.cart(cart_id, cart_id), cart_id=cart_id, owner_id=cart_id, lines=lines)
    for line in lines:
        a_variant(line.sku)
    with transactions.write() as work:
        work.create(full)

    with recording(aws.dynamodb) as calls:
        _, changes = carts.checked(cart_id, cart_id)

    assert calls.operations == ["GetItem", "BatchGetItem", "BatchGetItem"]
    assert [change.line.sku for change in changes] == [line.sku for line in lines]


def test_changing_and_taking_out_are_one_read_and_one_write(aws: Account) -> None:
    a_variant()
    guest, cart = a_guest()
    put_in(guest, cart)

    with recording(aws.dynamodb) as calls:
        assert guest.patch(f"{cart}/lines/lin_{COFFEE}", {"quantity": 3}).status == 200
        assert guest.delete(f"{cart}/lines/lin_{COFFEE}").status == 200
        assert guest.delete(cart).status == 204

    assert calls.operations == ["BatchGetItem", "PutItem", "GetItem", "PutItem", "GetItem", "DeleteItem"]


def test_a_guests_cart_is_opened_with_one_write(aws: Account) -> None:
    a_guest()

    with recording(aws.dynamodb) as calls:
        a_guest()

    assert calls.operations == ["PutItem"]


def test_merging_at_login_is_three_reads_and_one_transaction(aws: Account) -> None:
    a_variant()
    guest, cart = a_guest()
    put_in(guest, cart)
    token = guest.headers["authorization"].removeprefix("Bearer ")
    carts.open_cart("usr_almaz", None)

    with recording(aws.dynamodb) as calls:
        carts.open_cart("usr_almaz", token)

    assert calls.operations == ["GetItem", "GetItem", "GetItem", "TransactWriteItems"]
    assert len(calls.sent[3].params["TransactItems"]) == 2


def test_a_cart_that_is_used_lives_on(aws: Account) -> None:
    a_variant()
    guest, cart = a_guest()
    before = guest.get(cart).json["expires_at"]

    after = put_in(guest, cart).json["expires_at"]

    assert after >= before
