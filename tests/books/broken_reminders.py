"""How can reminders of carts that were left be broken?"""

from chalicelib.carts.models import Cart, RecoveryCount, Reminder, SentReminder
from chalicelib.core.storage import keys, reminder_keys
from tests.books.breaking import A_DAY_AGO, A_SANTIM, Breakages
from tests.books.copy_of_table import TableCopy

breakages = Breakages()


@breakages.of("left_carts_have_reminders")
def a_cart_does_not_know_of_its_reminder(table: TableCopy) -> None:
    table.change(_cart_of(table, table.one(Reminder, status="waiting")), is_watched=False)


@breakages.of("left_carts_have_reminders")
def a_left_cart_lost_its_reminder(table: TableCopy) -> None:
    reminder = table.one(Reminder, status="waiting", sent=0)
    assert _cart_of(table, reminder).status == "open"
    table.drop(reminder)


@breakages.of("left_carts_have_reminders")
def a_reminder_looks_in_the_wrong_place(table: TableCopy) -> None:
    table.change(table.one(Reminder, status="waiting"), owner_id="crt_NOBODY")


@breakages.of("reminders_are_looked_after")
def a_waiting_reminder_is_in_no_index(table: TableCopy) -> None:
    table.change(table.one(Reminder, status="waiting"), gsi1pk=None, gsi1sk=None)


@breakages.of("reminders_are_looked_after")
def an_ended_reminder_would_be_looked_at(table: TableCopy) -> None:
    ended = table.one(Reminder, status="ended")
    table.change(ended, gsi1pk=reminder_keys.REMINDERS_DUE, gsi1sk=ended.sent_at)


@breakages.of("reminders_are_looked_after")
def nobody_came_to_look(table: TableCopy) -> None:
    table.change(table.one(Reminder, status="waiting"), gsi1sk=A_DAY_AGO)


@breakages.of("nobody_is_reminded_too_often")
def there_was_a_fourth_reminder(table: TableCopy) -> None:
    table.change(table.one(Reminder, sent=3), sent=4)


@breakages.of("nobody_is_reminded_too_often")
def nobody_knows_when_the_last_reminder_was(table: TableCopy) -> None:
    table.change(table.one(Reminder, sent=2), sent_at=None)


@breakages.of("nobody_is_reminded_too_often")
def a_reminder_went_out_that_its_cart_does_not_know(table: TableCopy) -> None:
    table.change(table.one(Reminder, sent=2), sent=1)


@breakages.of("nobody_is_reminded_too_often")
def a_reminder_went_out_for_no_cart(table: TableCopy) -> None:
    note = table.one(SentReminder, number=1)
    table.drop(note)
    note.cart_id, note.pk = "crt_NOBODY", reminder_keys.reminder_parts("crt_NOBODY")
    table.add(note)


@breakages.of("recoveries_were_ordered")
def a_recovery_cost_something_else(table: TableCopy) -> None:
    recovered = table.one(Reminder, status="recovered")
    assert recovered.revenue is not None
    table.change(recovered, revenue=recovered.revenue + A_SANTIM)
    _recount(table, revenue_minor=recovered.revenue.minor)


@breakages.of("recoveries_were_ordered")
def a_recovery_was_never_ordered(table: TableCopy) -> None:
    table.change(table.one(Reminder, status="recovered"), order_id="ord_NONE")


@breakages.of("recoveries_were_ordered")
def an_order_is_named_that_recovered_nothing(table: TableCopy) -> None:
    table.change(table.one(Reminder, status="waiting"), order_id="ord_ANY")


@breakages.of("recoveries_are_counted")
def a_recovery_was_counted_twice(table: TableCopy) -> None:
    _recount(table, recovered=2)


@breakages.of("recoveries_are_counted")
def revenue_was_forgotten(table: TableCopy) -> None:
    _recount(table, revenue_minor=0)


@breakages.of("recoveries_are_counted")
def a_count_was_lost(table: TableCopy) -> None:
    for count in table.all(RecoveryCount):
        table.drop(count)


@breakages.of("recoveries_are_counted")
def fewer_reminders_were_counted_than_went_out(table: TableCopy) -> None:
    for count in table.all(RecoveryCount):
        table.change(count, sent=0)


def _cart_of(table: TableCopy, reminder: Reminder) -> Cart:
    return table.at(Cart, keys.cart(reminder.owner_id, reminder.cart_id))


def _recount(table: TableCopy, **changed: int) -> None:
    (count,) = [each for each in table.all(RecoveryCount) if each.recovered]
    table.change(count, **changed)
