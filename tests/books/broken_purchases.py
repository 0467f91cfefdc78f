"""How can carts, checkouts, orders and payments be broken?"""

from dataclasses import replace

from chalicelib.carts.models import Cart
from chalicelib.checkout.models import Checkout
from chalicelib.core.storage import keys
from chalicelib.core.storage.key import Key
from chalicelib.orders.models import Order, OrderNumber, SubOrder
from chalicelib.payments.models import PaymentAttempt
from tests.books.breaking import A_DAY_AGO, A_SANTIM, Breakages
from tests.books.copy_of_table import TableCopy, attempt_with_a_page

breakages = Breakages()


@breakages.of("held_carts_are_in_checkout")
def a_cart_is_held_by_nobody_known(table: TableCopy) -> None:
    table.change(table.one(Cart, status="checking_out"), checkout_id="chk_NOBODY")


@breakages.of("held_carts_are_in_checkout")
def a_checkout_lost_hold_of_its_cart(table: TableCopy) -> None:
    table.change(table.one(Cart, status="checking_out"), status="open", checkout_id=None)


@breakages.of("held_carts_are_in_checkout")
def a_cart_is_held_after_its_checkout_ended(table: TableCopy) -> None:
    checkout = table.one(Checkout, status="cancelled")
    cart = table.at(Cart, keys.cart(checkout.owner, checkout.cart_id))
    table.change(cart, status="checking_out", checkout_id=checkout.checkout_id)


@breakages.of("converted_carts_became_orders")
def a_cart_was_converted_to_nothing(table: TableCopy) -> None:
    table.change(table.one(Cart, status="converted"), checkout_id="chk_NOBODY")


@breakages.of("converted_carts_became_orders")
def a_bought_cart_can_be_bought_again(table: TableCopy) -> None:
    table.change(table.one(Cart, status="converted"), status="open", checkout_id=None)


@breakages.of("free_carts_name_no_checkout")
def an_open_cart_names_a_checkout(table: TableCopy) -> None:
    table.change(table.one(Cart, status="open"), checkout_id="chk_ANY")


@breakages.of("merged_carts_went_into_another")
def a_merged_cart_went_nowhere(table: TableCopy) -> None:
    table.change(table.one(Cart, status="merged"), merged_into=None)


@breakages.of("merged_carts_went_into_another")
def a_merged_cart_went_into_itself(table: TableCopy) -> None:
    cart = table.one(Cart, status="merged")
    table.change(cart, merged_into=cart.cart_id)


@breakages.of("merged_carts_went_into_another")
def an_open_cart_was_merged(table: TableCopy) -> None:
    table.change(table.one(Cart, status="open"), merged_into="crt_ANY")


@breakages.of("carts_keep_to_the_limits")
def a_cart_holds_more_units_than_it_may(table: TableCopy) -> None:
    cart = table.one(Cart, status="converted")
    table.change(cart, lines=[replace(line, quantity=1000) for line in cart.lines])


@breakages.of("carts_keep_to_the_limits")
def a_sku_has_two_lines(table: TableCopy) -> None:
    cart = table.one(Cart, status="converted")
    table.change(cart, lines=[*cart.lines, cart.lines[0]])


@breakages.of("carts_keep_to_the_limits")
def a_cart_holds_more_skus_than_an_order_can(table: TableCopy) -> None:
    cart = table.one(Cart, status="converted")
    table.change(cart, lines=[replace(cart.lines[0], sku=f"SKU-{number}") for number in range(91)])


@breakages.of("carts_keep_to_the_limits")
def a_cart_holds_goods_of_more_vendors_than_an_order_can(table: TableCopy) -> None:
    cart = table.one(Cart, status="converted")
    lines = [replace(cart.lines[0], sku=f"SKU-{number}", vendor_id=f"ven_{number}") for number in range(21)]
    table.change(cart, lines=lines)


@breakages.of("carts_keep_to_the_limits")
def a_cart_holds_more_text_than_an_order_can(table: TableCopy) -> None:
    cart = table.one(Cart, status="converted")
    table.change(cart, lines=[replace(line, title={"en": "x" * 300_000}) for line in cart.lines])


@breakages.of("completed_checkouts_are_ordered")
def a_checkout_names_another_order(table: TableCopy) -> None:
    table.change(table.one(Checkout, status="completed"), order_id="ord_OTHER")


@breakages.of("completed_checkouts_are_ordered")
def a_cancelled_checkout_names_an_order(table: TableCopy) -> None:
    table.change(table.one(Checkout, status="cancelled"), order_id="ord_OTHER")


@breakages.of("completed_checkouts_are_ordered", is_alone=False)
def an_order_was_made_by_no_checkout(table: TableCopy) -> None:
    table.change(table.one(Order), checkout_id="chk_NOBODY")


@breakages.of("completed_checkouts_are_ordered")
def an_order_was_made_by_a_checkout_that_failed(table: TableCopy) -> None:
    order = table.one(Order)
    table.change(table.at(Checkout, keys.checkout(order.owner, order.checkout_id)), status="expired", order_id=None)


@breakages.of("a_checkout_has_one_order", is_alone=False)
def a_checkout_bought_twice(table: TableCopy) -> None:
    order = table.one(Order)
    order.pk, order.sk = keys.order(order.owner, "ord_TWICE")
    table.change(order, order_id="ord_TWICE", number="NX-TWIC-ETWO")


@breakages.of("numbers_find_orders")
def an_order_is_found_by_two_numbers(table: TableCopy) -> None:
    order = table.one(Order)
    table.add(OrderNumber.at(keys.order_number("NX-TWIC-ETWO"), owner=order.owner, order_id=order.order_id))


@breakages.of("numbers_find_orders")
def a_number_is_not_guarded(table: TableCopy) -> None:
    table.drop(table.one(OrderNumber))


@breakages.of("numbers_find_orders")
def a_number_finds_somebody_elses_order(table: TableCopy) -> None:
    table.change(table.one(OrderNumber), owner="usr_OTHER")


@breakages.of("sub_orders_make_up_the_order")
def a_vendor_never_hears_of_its_part(table: TableCopy) -> None:
    table.drop(table.one(SubOrder))


@breakages.of("sub_orders_make_up_the_order")
def a_vendor_gets_less_than_its_lines(table: TableCopy) -> None:
    part = table.one(SubOrder)
    table.change(part, share=replace(part.share, total=part.share.total - A_SANTIM))


@breakages.of("sub_orders_make_up_the_order")
def a_part_belongs_to_another_number(table: TableCopy) -> None:
    table.change(table.one(SubOrder), number="NX-OTHE-RONE")


@breakages.of("sub_orders_make_up_the_order")
def a_vendor_delivers_the_goods_of_another(table: TableCopy) -> None:
    part = table.one(SubOrder)
    lines = tuple(replace(line, vendor_id="ven_OTHER") for line in part.share.lines)
    table.change(part, share=replace(part.share, lines=lines))


@breakages.of("sub_orders_make_up_the_order")
def a_vendor_delivers_what_was_not_ordered(table: TableCopy) -> None:
    part = table.one(SubOrder)
    lines = tuple(replace(line, quantity=line.quantity + 1) for line in part.share.lines)
    table.change(part, share=replace(part.share, lines=lines))


@breakages.of("sub_orders_make_up_the_order")
def a_part_belongs_to_no_order(table: TableCopy) -> None:
    part = table.one(SubOrder)
    part.pk, part.sk = keys.sub_order(part.vendor_id, "ord_NONE")
    table.change(part, order_id="ord_NONE")


@breakages.of("checkouts_end")
def a_checkout_waits_since_yesterday(table: TableCopy) -> None:
    table.change(table.one(Checkout, status="awaiting_payment"), pay_by=A_DAY_AGO)


@breakages.of("checkouts_are_watched")
def nobody_looks_after_a_checkout(table: TableCopy) -> None:
    table.change(table.one(Checkout, status="awaiting_payment"), gsi1pk=None, gsi1sk=None)


@breakages.of("checkouts_are_watched")
def an_ended_checkout_is_still_looked_after(table: TableCopy) -> None:
    table.change(table.one(Checkout, status="completed"), gsi1pk=keys.CHECKOUTS_DUE, gsi1sk=A_DAY_AGO)


@breakages.of("checkouts_are_watched")
def the_sweeper_did_not_come(table: TableCopy) -> None:
    table.change(table.one(Checkout, status="awaiting_payment"), gsi1sk=A_DAY_AGO)


@breakages.of("attempts_are_watched")
def nobody_verifies_an_attempt(table: TableCopy) -> None:
    table.change(attempt_with_a_page(table), gsi2pk=None, gsi2sk=None)


@breakages.of("attempts_are_watched")
def a_settled_attempt_is_verified_again(table: TableCopy) -> None:
    attempt = table.one(PaymentAttempt, status="captured")
    table.change(attempt, gsi2pk=keys.ATTEMPTS_UNSETTLED, gsi2sk=A_DAY_AGO)


def _quote_key(checkout: Checkout) -> Key:
    return keys.checkout_quote(checkout.owner, checkout.checkout_id)
