"""How can rows be broken, whatever they say?"""

from chalicelib.carts.models import Cart
from chalicelib.checkout.models import Checkout
from chalicelib.core.events.consuming import Marker
from chalicelib.core.http.idempotency import StoredReply
from chalicelib.core.storage import keys, refund_keys
from chalicelib.inventory.models import Movement
from chalicelib.notifications.models import Delivery
from chalicelib.payments.models import Refund
from chalicelib.users.models import RefreshToken
from chalicelib.vendors.models import Vendor
from tests.books.breaking import Breakages
from tests.books.copy_of_table import TableCopy, attempt_with_a_page

breakages = Breakages()


@breakages.of("rows_can_be_read")
def a_row_is_of_no_known_kind(table: TableCopy) -> None:
    table.raw(table.one(Vendor, vendor_id="ven_DORZE"))["kind"] = {"S": "riddle"}


@breakages.of("rows_can_be_read")
def a_row_is_of_no_kind(table: TableCopy) -> None:
    del table.raw(table.one(Vendor, vendor_id="ven_DORZE"))["kind"]


@breakages.of("rows_can_be_read")
def a_number_is_a_text(table: TableCopy) -> None:
    table.raw(table.one(Vendor, vendor_id="ven_DORZE"))["version"] = {"S": "three"}


@breakages.of("rows_can_be_read")
def a_row_lacks_what_it_must_have(table: TableCopy) -> None:
    del table.raw(table.one(Vendor, vendor_id="ven_DORZE"))["name"]


@breakages.of("rows_lie_under_their_keys")
def a_refund_lies_under_another_key(table: TableCopy) -> None:
    refund = table.one(Refund)
    table.drop(refund)
    refund.pk, refund.sk = refund_keys.refund("rfd_OTHER")
    table.add(refund)


@breakages.of("rows_lie_under_their_keys")
def a_receipt_lies_in_another_products_ledger(table: TableCopy) -> None:
    receipt = table.one(Movement, cause="receipt")
    table.drop(receipt)
    receipt.pk, receipt.sk = keys.movement("prd_OTHER", receipt.movement_id)
    table.add(receipt)


@breakages.of("rows_name_their_schema")
def a_row_has_no_schema_version(table: TableCopy) -> None:
    del table.raw(table.one(Vendor, vendor_id="ven_DORZE"))["schema_version"]


@breakages.of("passing_things_expire")
def a_reply_is_kept_for_ever(table: TableCopy) -> None:
    table.change(table.one(StoredReply), expires_at=None)


@breakages.of("passing_things_expire")
def a_marker_is_kept_for_ever(table: TableCopy) -> None:
    table.change(table.one(Marker), expires_at=None)


@breakages.of("passing_things_expire")
def a_delivery_is_kept_for_ever(table: TableCopy) -> None:
    table.change(table.one(Delivery), expires_at=None)


@breakages.of("passing_things_expire")
def a_refresh_token_is_kept_for_ever(table: TableCopy) -> None:
    table.change(table.one(RefreshToken), expires_at=None)


@breakages.of("indexes_are_sparse")
def a_cart_is_in_an_index(table: TableCopy) -> None:
    table.change(table.one(Cart), gsi1pk=keys.CHECKOUTS_DUE, gsi1sk="2026")


@breakages.of("indexes_are_sparse")
def a_checkout_is_in_the_index_of_attempts(table: TableCopy) -> None:
    table.change(table.one(Checkout), gsi2pk=keys.ATTEMPTS_UNSETTLED, gsi2sk="2026")


@breakages.of("indexes_are_sparse")
def an_attempt_has_half_an_index_key(table: TableCopy) -> None:
    table.change(attempt_with_a_page(table), gsi2pk=None)


@breakages.of("indexed_rows_hold_no_secrets")
def a_jwt_lies_in_an_index(table: TableCopy) -> None:
    checkout = table.one(Checkout, status="awaiting_payment")
    table.change(checkout, return_url="https://storefront.test/?t=eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1c3IifQ.c2lnbmF0dXJl")


@breakages.of("indexed_rows_hold_no_secrets")
def an_event_lies_in_an_index(table: TableCopy) -> None:
    table.change(table.one(Checkout, status="awaiting_payment"), event={"id": "evt_1", "type": "checkout.begun"})


@breakages.of("indexed_rows_hold_no_secrets")
def a_token_lies_in_an_index(table: TableCopy) -> None:
    table.raw(table.one(Checkout, status="awaiting_payment"))["task_token"] = {"S": "AAAA"}
