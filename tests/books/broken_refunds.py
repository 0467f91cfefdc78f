"""How can money that goes back be broken?"""

from chalicelib.core.storage import keys, refund_keys
from chalicelib.payments.models import Payment, PaymentAttempt, Refund, RefundEntry
from chalicelib.payments.rules import RefundReason, RefundStatus
from tests.books.breaking import A_DAY_AGO, A_SANTIM, Breakages, forget_refund
from tests.books.copy_of_table import TableCopy

breakages = Breakages()


@breakages.of("owed_money_has_a_refund")
def nobody_gives_back_what_became_no_order(table: TableCopy) -> None:
    forget_refund(table, table.one(Refund, reason=RefundReason.NO_ORDER))


@breakages.of("owed_money_has_a_refund")
def nobody_gives_back_what_came_twice(table: TableCopy) -> None:
    forget_refund(table, table.one(Refund, reason=RefundReason.PAID_TWICE))


@breakages.of("owed_money_has_a_refund")
def nobody_gives_back_what_came_beyond_the_price(table: TableCopy) -> None:
    forget_refund(table, table.one(Refund, reason=RefundReason.PAID_TOO_MUCH))


@breakages.of("owed_money_has_a_refund")
def nobody_hears_of_what_the_provider_took_back(table: TableCopy) -> None:
    payment = table.one(Payment, status="used")
    table.change(table.at(PaymentAttempt, keys.payment_attempt(str(payment.captured_tx_ref))), reversed_at=A_DAY_AGO)


@breakages.of("owed_money_has_a_refund")
def a_little_less_goes_back(table: TableCopy) -> None:
    refund = table.one(Refund, reason=RefundReason.NOT_AS_ASKED)
    table.change(refund, amount=refund.amount - A_SANTIM)
    table.change(_attempt(table, refund), refundable_minor=1)


@breakages.of("owed_money_has_a_refund")
def money_goes_back_that_bought_something(table: TableCopy) -> None:
    payment = table.one(Payment, status="used")
    attempt = table.at(PaymentAttempt, keys.payment_attempt(str(payment.captured_tx_ref)))
    asked = table.one(Refund, status=RefundStatus.ASKED)
    entry = table.at(RefundEntry, refund_keys.refund_entry(asked.refund_id))
    (asked.pk, asked.sk), asked.tx_ref = refund_keys.refund("rfd_TOO_MUCH"), attempt.tx_ref
    (entry.pk, entry.sk), entry.refund_id = refund_keys.refund_entry("rfd_TOO_MUCH"), "rfd_TOO_MUCH"
    table.change(asked, refund_id="rfd_TOO_MUCH", payment_id=payment.payment_id, amount=payment.amount)
    table.add(entry)
    table.change(attempt, refund_ids=["rfd_TOO_MUCH"], refundable_minor=0)


@breakages.of("refunds_never_exceed_what_was_paid")
def more_may_go_back_than_came(table: TableCopy) -> None:
    table.change(_attempt(table, table.one(Refund, reason=RefundReason.PAID_TWICE)), refundable_minor=1)


@breakages.of("refunds_never_exceed_what_was_paid")
def nobody_counts_what_goes_back(table: TableCopy) -> None:
    table.change(_attempt(table, table.one(Refund, reason=RefundReason.PAID_TWICE)), refundable_minor=None)


@breakages.of("refunds_never_exceed_what_was_paid")
def an_attempt_forgets_what_goes_back(table: TableCopy) -> None:
    table.change(_attempt(table, table.one(Refund, reason=RefundReason.PAID_TWICE)), refund_ids=[])


@breakages.of("refunds_were_asked_for")
def a_refund_is_under_way_that_nobody_asked_for(table: TableCopy) -> None:
    table.change(table.one(Refund, status=RefundStatus.ASKED), asking_at=None)


@breakages.of("refunds_were_asked_for")
def a_refund_is_done_that_nobody_asked_for(table: TableCopy) -> None:
    table.change(table.one(Refund, status=RefundStatus.DONE), asking_at=None, confirmed_by=None)


@breakages.of("refunds_are_watched")
def nobody_looks_after_a_refund(table: TableCopy) -> None:
    table.change(_entry(table, RefundStatus.REQUESTED), gsi2pk=None, gsi2sk=None)


@breakages.of("refunds_are_watched")
def nobody_came_to_look_after_a_refund(table: TableCopy) -> None:
    table.change(_entry(table, RefundStatus.ASKED), gsi2sk=A_DAY_AGO)


@breakages.of("refunds_are_watched")
def a_refund_that_is_done_is_looked_after(table: TableCopy) -> None:
    entry = _entry(table, RefundStatus.DONE)
    table.change(entry, gsi2pk=refund_keys.REFUNDS_UNSETTLED, gsi2sk=entry.gsi1sk)


@breakages.of("refunds_are_watched")
def staff_see_a_refund_where_it_is_not(table: TableCopy) -> None:
    needy = RefundStatus.NEEDS_ATTENTION
    table.change(_entry(table, RefundStatus.DONE), status=needy, gsi1pk=refund_keys.refunds_in(needy))


@breakages.of("refunds_are_watched")
def staff_do_not_see_a_refund(table: TableCopy) -> None:
    table.drop(_entry(table, RefundStatus.DONE))


def _attempt(table: TableCopy, refund: Refund) -> PaymentAttempt:
    return table.at(PaymentAttempt, keys.payment_attempt(refund.tx_ref))


def _entry(table: TableCopy, status: RefundStatus) -> RefundEntry:
    return table.one(RefundEntry, status=status)
