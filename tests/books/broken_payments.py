"""How can payments, and what must go back, be broken?"""

from dataclasses import replace

from chalicelib.checkout.models import Checkout, FrozenQuote
from chalicelib.core.storage import keys
from chalicelib.core.storage.key import Key, rank
from chalicelib.orders.models import Order
from chalicelib.payments.models import Payment, PaymentAttempt, Refund
from chalicelib.payments.rules import AttemptStatus, PaymentMethod, PaymentStatus
from tests.books.breaking import A_DAY_AGO, A_SANTIM, Breakages, forget_refund
from tests.books.copy_of_table import TableCopy, attempt_with_a_page

breakages = Breakages()


@breakages.of("payments_ask_for_the_total")
def a_payment_asks_for_another_amount(table: TableCopy) -> None:
    payment = table.at(Payment, keys.payment(table.one(Checkout, status="out_of_stock").payment_id))
    table.change(payment, amount=payment.amount + A_SANTIM)


@breakages.of("payments_ask_for_the_total")
def a_checkout_has_no_payment(table: TableCopy) -> None:
    table.drop(table.at(Payment, keys.payment(table.one(Checkout, status="out_of_stock").payment_id)))


@breakages.of("payments_ask_for_the_total")
def a_frozen_quote_is_lost(table: TableCopy) -> None:
    table.drop(table.at(FrozenQuote, _quote_key(table)))


@breakages.of("payments_ask_for_the_total")
def an_order_promises_another_day_than_was_frozen(table: TableCopy) -> None:
    order = table.one(Order)
    table.change(order, quote=replace(order.quote, delivery=replace(order.quote.delivery, latest_on="2099-01-01")))


@breakages.of("used_payments_became_orders")
def an_order_left_its_payment_unused(table: TableCopy) -> None:
    table.change(table.one(Payment, status="used"), status=PaymentStatus.CAPTURED)


@breakages.of("used_payments_became_orders")
def an_order_names_another_payment(table: TableCopy) -> None:
    table.change(table.one(Order), payment_id="pmt_OTHER")


@breakages.of("captured_attempts_paid")
def a_used_payment_does_not_say_what_paid_it(table: TableCopy) -> None:
    table.change(table.one(Payment, status="used"), captured_tx_ref=None)


@breakages.of("captured_attempts_paid")
def an_attempt_that_paid_is_not_captured(table: TableCopy) -> None:
    payment = table.one(Payment, status="used")
    attempt = table.at(PaymentAttempt, keys.payment_attempt(str(payment.captured_tx_ref)))
    table.change(attempt, status=AttemptStatus.ENDED)


@breakages.of("captured_attempts_paid")
def an_attempt_brought_another_amount_than_its_payment_says(table: TableCopy) -> None:
    attempt = table.one(PaymentAttempt, status=AttemptStatus.CAPTURED)
    table.change(attempt, paid=attempt.paid + A_SANTIM)


@breakages.of("captured_attempts_paid")
def an_attempt_is_captured_for_a_payment_without_money(table: TableCopy) -> None:
    closed = [payment.payment_id for payment in table.all(Payment) if payment.status == PaymentStatus.CLOSED]
    unpaid = next(each for each in table.all(PaymentAttempt) if each.payment_id in closed and each.status == "created")
    table.change(unpaid, status=AttemptStatus.CAPTURED, gsi2pk=None, gsi2sk=None)


@breakages.of("captured_attempts_paid")
def a_payment_was_captured_twice(table: TableCopy) -> None:
    payment = table.one(Payment, status="used")
    attempt = table.at(PaymentAttempt, keys.payment_attempt(str(payment.captured_tx_ref)))
    attempt.pk, attempt.sk = keys.payment_attempt("pay_TWICE")
    table.change(attempt, tx_ref="pay_TWICE")
    table.change(payment, tx_refs=[*payment.tx_refs, "pay_TWICE"])


@breakages.of("payments_keep_to_their_method")
def nothing_of_a_price_was_asked_for(table: TableCopy) -> None:
    table.change(table.one(Payment, status="open"), status=PaymentStatus.AGREED)


@breakages.of("payments_keep_to_their_method")
def an_amount_became_nothing(table: TableCopy) -> None:
    table.change(table.one(Payment, status="closed", method="cash_on_delivery"), method=PaymentMethod.NOTHING_DUE)


@breakages.of("payments_keep_to_their_method")
def money_that_came_on_delivery_was_used_before(table: TableCopy) -> None:
    cash = table.one(Payment, status="to_collect")
    table.change(cash, status=PaymentStatus.USED, gsi1pk=None, gsi1sk=None)


@breakages.of("payments_keep_to_their_method")
def a_provider_was_asked_for_cash(table: TableCopy) -> None:
    paid = table.one(Payment, status="open")
    table.change(paid, method=PaymentMethod.CASH_ON_DELIVERY)


@breakages.of("cash_is_collected_once")
def nobody_sees_that_cash_is_due(table: TableCopy) -> None:
    table.change(table.one(Payment, status="to_collect"), gsi1pk=None, gsi1sk=None)


@breakages.of("cash_is_collected_once")
def cash_that_came_is_still_due(table: TableCopy) -> None:
    table.change(table.one(Payment, status="collected"), gsi1pk=keys.PAYMENTS_TO_COLLECT, gsi1sk=A_DAY_AGO)


@breakages.of("cash_is_collected_once")
def nobody_says_who_got_the_cash(table: TableCopy) -> None:
    table.change(table.one(Payment, status="collected"), collected_by=None)


@breakages.of("used_payments_became_orders")
def cash_is_due_for_nothing(table: TableCopy) -> None:
    since = rank(A_DAY_AGO, "pmt_ANY")
    cash = table.one(Payment, status="closed", method="cash_on_delivery")
    table.change(cash, status=PaymentStatus.TO_COLLECT, gsi1pk=keys.PAYMENTS_TO_COLLECT, gsi1sk=since)


@breakages.of("attempts_belong_to_payments")
def an_attempt_is_forgotten_by_its_payment(table: TableCopy) -> None:
    table.change(table.one(Payment, status="open"), tx_refs=[])


@breakages.of("attempts_belong_to_payments")
def what_paid_is_forgotten_by_its_payment(table: TableCopy) -> None:
    table.change(table.one(Payment, status="used"), tx_refs=[], page_tx_ref=None)


@breakages.of("attempts_belong_to_payments")
def an_attempt_is_lost(table: TableCopy) -> None:
    table.drop(attempt_with_a_page(table))


@breakages.of("attempts_belong_to_payments")
def an_attempt_asks_for_another_amount(table: TableCopy) -> None:
    attempt = attempt_with_a_page(table)
    table.change(attempt, amount=attempt.amount + A_SANTIM)


@breakages.of("no_money_is_left_over")
def a_payment_takes_money_after_the_end(table: TableCopy) -> None:
    table.change(table.one(Payment, status="closed"), status=PaymentStatus.OPEN)


@breakages.of("no_money_is_left_over")
def late_money_lies_about(table: TableCopy) -> None:
    payment = table.one(Payment, status="refund_due")
    forget_refund(table, table.one(Refund, tx_ref=payment.captured_tx_ref))
    table.change(payment, status=PaymentStatus.CAPTURED)


def _quote_key(table: TableCopy) -> Key:
    checkout = table.one(Checkout, status="cancelled")
    return keys.checkout_quote(checkout.owner, checkout.checkout_id)
