"""Which rows contradict each other? Every invariant of the shop over one reading of its table."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.carts.rules import Limits
from chalicelib.core.settings import settings
from infra.books.invariants import (
    accounts,
    addresses,
    carts,
    catalogue,
    money,
    orders,
    pictures,
    promotions,
    proposals,
    quotes,
    refunds,
    reminders,
    reservations,
    rows,
    stock,
    stuck,
    terms,
    vendors,
)
from infra.books.ledger import Books, Troubles
from infra.books.reading import Row

Invariant = Callable[[Books], Troubles]
PATIENCE = timedelta(minutes=15)

INVARIANTS: tuple[Invariant, ...] = (
    rows.rows_can_be_read,
    rows.rows_lie_under_their_keys,
    rows.rows_name_their_schema,
    rows.passing_things_expire,
    rows.indexes_are_sparse,
    rows.indexed_rows_hold_no_secrets,
    catalogue.skus_are_guarded,
    catalogue.barcodes_are_guarded,
    catalogue.slugs_lead_to_products,
    catalogue.skus_are_counted,
    catalogue.cards_show_products,
    catalogue.sales_are_watched,
    proposals.proposals_wait_where_products_say,
    proposals.products_in_review_wait,
    proposals.vendors_words_are_approved,
    catalogue.categories_lie_in_the_tree,
    pictures.galleries_belong_to_products,
    pictures.pictures_are_what_their_state_says,
    pictures.files_are_looked_after,
    stock.on_hand_is_the_ledger,
    stock.available_is_what_nobody_holds,
    stock.no_count_is_negative,
    stock.stock_is_its_products_vendors,
    stock.levels_follow_the_stock,
    stock.sales_were_reserved,
    reservations.held_stock_has_an_unfinished_checkout,
    reservations.spent_stock_was_ordered,
    reservations.reservations_cover_their_goods,
    promotions.uses_are_what_purchases_took,
    promotions.no_limit_is_overdrawn,
    promotions.uses_go_with_their_units,
    promotions.purchases_use_what_their_quotes_count,
    promotions.automatic_promotions_are_listed,
    promotions.coupons_lead_to_promotions,
    carts.held_carts_are_in_checkout,
    carts.converted_carts_became_orders,
    carts.free_carts_name_no_checkout,
    carts.merged_carts_went_into_another,
    carts.carts_keep_to_the_limits,
    reminders.left_carts_have_reminders,
    reminders.reminders_are_looked_after,
    reminders.nobody_is_reminded_too_often,
    reminders.recoveries_were_ordered,
    reminders.recoveries_are_counted,
    orders.a_checkout_has_one_order,
    orders.completed_checkouts_are_ordered,
    orders.numbers_find_orders,
    orders.sub_orders_make_up_the_order,
    quotes.quotes_add_up,
    money.payments_ask_for_the_total,
    money.used_payments_became_orders,
    money.captured_attempts_paid,
    money.payments_keep_to_their_method,
    money.cash_is_collected_once,
    money.attempts_belong_to_payments,
    money.no_money_is_left_over,
    refunds.owed_money_has_a_refund,
    refunds.refunds_never_exceed_what_was_paid,
    refunds.refunds_were_asked_for,
    refunds.refunds_are_watched,
    accounts.contacts_lead_to_their_accounts,
    accounts.accounts_are_whole,
    accounts.members_sell_for_a_vendor,
    accounts.holders_are_listed,
    accounts.answered_sign_ups_keep_no_password,
    addresses.address_books_count_their_addresses,
    addresses.defaults_are_in_their_book,
    terms.plans_leave_nothing_open,
    terms.tax_rules_leave_nothing_open,
    stuck.checkouts_end,
    stuck.checkouts_are_watched,
    stuck.attempts_are_watched,
    stuck.sales_get_booked,
    vendors.applications_are_listed_as_they_are,
    vendors.open_applications_are_guarded,
    vendors.approved_applications_became_vendors,
)


@dataclass(frozen=True, order=True)
class Finding:
    """One contradiction: which invariant it breaks, at which row, and the numbers."""

    invariant: str
    pk: str
    sk: str
    message: str

    def __str__(self) -> str:
        return f"{self.invariant}: {self.pk} {self.sk}: {self.message}"


def check(table: Iterable[Row], now: datetime, *, patience: timedelta = PATIENCE) -> list[Finding]:
    """Return every contradiction in a reading of the table, in order of invariant and key.

    Events on their way and writes during the Scan show up too; what stands in two readings is real.
    """
    books = books_of(table, now, patience=patience)
    return [
        Finding(invariant.__name__, *key, message)
        for invariant in INVARIANTS
        for key, message in sorted(invariant(books))
    ]


def books_of(table: Iterable[Row], now: datetime, *, patience: timedelta = PATIENCE) -> Books:
    """Return what the checks look at, with the limits of the settings here."""
    return Books(list(table), now, patience, _limits(), settings.low_stock_units)


def _limits() -> Limits:
    return Limits(
        skus=settings.cart_skus_limit,
        vendors=settings.cart_vendors_limit,
        quantity=settings.cart_quantity_limit,
        stored_bytes=settings.cart_size_limit_bytes,
    )
