"""How can stock, reservations and the catalogue be broken?"""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from chalicelib.catalog.models import Card, Category, Listing, Product, Tree, Variant
from chalicelib.catalog.rules import DEPTH_LIMIT, CategoryTree, Sale
from chalicelib.checkout.models import Checkout
from chalicelib.core import clock
from chalicelib.core.storage import keys, list_keys
from chalicelib.inventory.models import Movement, Reservation, Stock, StockWatch
from chalicelib.inventory.rules import MovementKind, ReservationStatus, StockLine
from chalicelib.orders.models import Order, SubOrder
from infra.books.ledger import owner_of
from tests.books.a_shops_goods import COFFEE, DARK, GABI
from tests.books.breaking import A_DAY_AGO, A_SANTIM, Breakages
from tests.books.copy_of_table import TableCopy

breakages = Breakages()


@breakages.of("on_hand_is_the_ledger")
def a_unit_went_without_a_movement(table: TableCopy) -> None:
    stock = table.one(Stock, sku=COFFEE)
    table.change(stock, on_hand=stock.on_hand - 1, available=stock.available - 1)


@breakages.of("on_hand_is_the_ledger")
def a_receipt_is_lost(table: TableCopy) -> None:
    table.drop(table.one(Movement, sku=DARK, cause=MovementKind.RECEIPT))


@breakages.of("on_hand_is_the_ledger")
def the_ledger_tells_of_a_sku_that_nobody_counts(table: TableCopy) -> None:
    movement = table.one(Movement, sku=DARK, cause=MovementKind.RECEIPT)
    movement.pk, movement.sk = keys.movement("prd_OTHER", movement.movement_id)
    table.change(movement, product_id="prd_OTHER", quantity=1)


@breakages.of("available_is_what_nobody_holds")
def a_unit_may_be_sold_twice(table: TableCopy) -> None:
    stock = table.one(Stock, sku=COFFEE)
    table.change(stock, available=stock.available + 1)


@breakages.of("available_is_what_nobody_holds")
def a_released_reservation_gave_nothing_back(table: TableCopy) -> None:
    stock = table.one(Stock, sku=DARK)
    table.change(stock, available=stock.available - 2)


@breakages.of("available_is_what_nobody_holds", is_alone=False)
def units_are_held_that_nobody_counts(table: TableCopy) -> None:
    table.drop(table.one(Stock, sku=table.one(Reservation, status=ReservationStatus.HELD).lines[0].sku))


@breakages.of("no_count_is_negative")
def more_was_counted_away_than_there_is(table: TableCopy) -> None:
    stock = table.one(Stock, sku=DARK)
    receipt = table.one(Movement, sku=DARK, cause=MovementKind.RECEIPT)
    table.change(receipt, quantity=receipt.quantity - 100)
    table.change(stock, on_hand=stock.on_hand - 100, available=stock.available - 100)


@breakages.of("levels_follow_the_stock")
def nobody_is_told_that_few_are_left(table: TableCopy) -> None:
    table.change(table.one(StockWatch, level="low"), level="ok")


@breakages.of("levels_follow_the_stock")
def few_are_said_to_be_left_of_what_nobody_counts(table: TableCopy) -> None:
    table.add(StockWatch.at(keys.stock_watch("prd_OTHER", COFFEE), product_id="prd_OTHER", sku=COFFEE, level="low"))


@breakages.of("stock_is_its_products_vendors")
def another_vendor_may_move_the_units(table: TableCopy) -> None:
    table.change(table.one(Stock, sku=COFFEE), vendor_id="ven_DORZE")


@breakages.of("sales_were_reserved")
def a_sale_is_booked_that_nobody_made(table: TableCopy) -> None:
    table.change(table.one(Movement, sku=DARK, cause=MovementKind.RECEIPT), cause=MovementKind.SALE)


@breakages.of("sales_were_reserved")
def a_sale_is_booked_with_other_units(table: TableCopy) -> None:
    sale, stock = table.one(Movement, sku=GABI, cause=MovementKind.SALE), table.one(Stock, sku=GABI)
    table.change(sale, quantity=sale.quantity + 1)
    table.change(stock, on_hand=stock.on_hand + 1, available=stock.available + 1)


@breakages.of("held_stock_has_an_unfinished_checkout")
def a_cancelled_checkout_still_holds_stock(table: TableCopy) -> None:
    reservation, stock = table.one(Reservation, status="released", lines=_dark(table)), table.one(Stock, sku=DARK)
    table.change(reservation, status=ReservationStatus.HELD)
    table.change(stock, available=stock.available - 2)


@breakages.of("held_stock_has_an_unfinished_checkout")
def an_attempt_that_is_over_still_holds_stock(table: TableCopy) -> None:
    checkout = table.one(Checkout, status="awaiting_payment")
    table.change(checkout, attempt=2)


@breakages.of("held_stock_has_an_unfinished_checkout")
def stock_is_held_for_nobody(table: TableCopy) -> None:
    table.add(Reservation.at(keys.reservation("chk_NOBODY-1"), status=ReservationStatus.HELD, lines=[]))


@breakages.of("spent_stock_was_ordered")
def stock_was_spent_on_nothing(table: TableCopy) -> None:
    table.change(table.one(Reservation, status="released", lines=[]), status=ReservationStatus.SPENT)


@breakages.of("spent_stock_was_ordered")
def an_unbooked_order_spent_nothing(table: TableCopy) -> None:
    reservation, stock = table.one(Reservation, status="spent", lines=_dark(table)), table.one(Stock, sku=DARK)
    table.change(reservation, status=ReservationStatus.RELEASED)
    table.change(stock, available=stock.available + 2)


@breakages.of("reservations_cover_their_goods")
def less_is_held_than_is_being_bought(table: TableCopy) -> None:
    reservation, stock = table.one(Reservation, status="held"), table.one(Stock, sku=GABI)
    table.change(reservation, lines=[line for line in reservation.lines if line.sku != GABI])
    table.change(stock, available=stock.available + 1)


@breakages.of("reservations_cover_their_goods")
def more_was_spent_than_was_ordered(table: TableCopy) -> None:
    reservation, stock = table.one(Reservation, status="spent", lines=_dark(table)), table.one(Stock, sku=DARK)
    table.change(reservation, lines=[replace(line, quantity=3) for line in reservation.lines])
    table.change(stock, available=stock.available - 1)


@breakages.of("sales_get_booked")
def a_sale_of_yesterday_is_not_booked(table: TableCopy) -> None:
    reservation = table.one(Reservation, status="spent", lines=_dark(table))
    checkout_id, _ = owner_of(reservation)
    order = table.one(Order, checkout_id=checkout_id)
    table.change(order, placed_at=A_DAY_AGO)
    table.change(table.one(SubOrder, order_id=order.order_id), placed_at=A_DAY_AGO)


@breakages.of("skus_are_guarded")
def a_guard_is_lost(table: TableCopy) -> None:
    table.drop(table.one(Variant, sku=COFFEE))


@breakages.of("skus_are_guarded")
def a_guard_guards_nothing(table: TableCopy) -> None:
    guard = table.one(Variant, sku=COFFEE)
    guard.pk, guard.sk = keys.variant("NOBODY-S")
    table.change(guard, sku="NOBODY-S")


@breakages.of("skus_are_guarded")
def a_guard_lies_in_another_category(table: TableCopy) -> None:
    table.change(table.one(Variant), category_ids=("cat_OTHER",))


@breakages.of("skus_are_guarded")
def a_guard_names_another_brand(table: TableCopy) -> None:
    table.change(table.one(Variant), brand_id="brd_OTHER")


@breakages.of("skus_are_guarded")
def a_guard_asks_another_price(table: TableCopy) -> None:
    guard = table.one(Variant, sku=COFFEE)
    table.change(guard, price=guard.price + A_SANTIM)


@breakages.of("skus_are_guarded")
def what_was_withdrawn_is_sold(table: TableCopy) -> None:
    table.change(table.one(Variant, sku="COFFEE-OLD"), is_for_sale=True)


@breakages.of("skus_are_guarded")
def a_draft_is_sold(table: TableCopy) -> None:
    table.change(table.one(Variant, sku="DRAFT-ONE"), is_for_sale=True)


@breakages.of("skus_are_counted")
def nobody_counts_a_sku(table: TableCopy) -> None:
    table.drop(table.one(Stock, sku="COFFEE-OLD"))


@breakages.of("skus_are_counted")
def a_sku_is_counted_that_no_product_has(table: TableCopy) -> None:
    table.add(Stock.at(keys.stock("prd_OTHER", COFFEE), product_id="prd_OTHER", sku=COFFEE))


@breakages.of("categories_lie_in_the_tree")
def a_category_lies_nowhere(table: TableCopy) -> None:
    table.add(Category.at(list_keys.category("tea"), category_id="tea", name={"en": "Tea"}))


@breakages.of("categories_lie_in_the_tree")
def nothing_is_told_of_a_category(table: TableCopy) -> None:
    table.drop(table.one(Category, category_id="coffee"))


@breakages.of("categories_lie_in_the_tree")
def a_category_lies_in_two_places(table: TableCopy) -> None:
    table.change(table.one(Tree), shape=CategoryTree({"": ["coffee", "weaving", "weaving"]}))


@breakages.of("categories_lie_in_the_tree")
def a_category_lies_deeper_than_it_may(table: TableCopy) -> None:
    below = [f"deep-{level}" for level in range(DEPTH_LIMIT)]
    for category_id in below:
        table.add(Category.at(list_keys.category(category_id), category_id=category_id, name={"en": category_id}))
    tree, ways = table.one(Tree), {above: [under] for above, under in pairwise(["weaving", *below])}
    table.change(tree, shape=CategoryTree({**tree.shape.children, **ways}))


@breakages.of("cards_show_products")
def a_card_is_lost(table: TableCopy) -> None:
    table.drop(table.one(Card))


@breakages.of("cards_show_products")
def a_card_shows_an_old_price(table: TableCopy) -> None:
    card = table.one(Card)
    (course,) = card.card.price.courses
    dearer = replace(course, list_price=course.list_price + A_SANTIM)
    table.change(card, card=replace(card.card, price=replace(card.card.price, courses=(dearer,))))


@breakages.of("skus_are_guarded")
def a_guard_knows_of_no_sale(table: TableCopy) -> None:
    guard = table.one(Variant, sku=COFFEE)
    table.change(guard, sale=Sale(price=guard.price - A_SANTIM))


@breakages.of("cards_show_products")
def a_draft_is_listed(table: TableCopy) -> None:
    draft, card = table.one(Product, status="draft"), table.one(Card)
    table.add(Card.at(list_keys.card("all", draft.product_id), card=replace(card.card, product_id=draft.product_id)))


@breakages.of("cards_show_products")
def the_cards_missed_a_change(table: TableCopy) -> None:
    listing = table.one(Listing, sequence=3)
    table.change(listing, sequence=2)


def _dark(table: TableCopy) -> list[StockLine]:
    return [StockLine(table.one(Stock, sku=DARK).product_id, DARK, 2)]


@breakages.of("sales_are_watched", is_alone=False)
def nobody_will_come_when_a_sale_begins(table: TableCopy) -> None:
    product = next(each for each in table.all(Product) if each.status == "active")
    first, *others = product.details.variants
    begins = clock.as_text(clock.now() + timedelta(days=1))
    sale = Sale(price=first.price - A_SANTIM, starts_at=begins)
    table.change(product, details=replace(product.details, variants=(replace(first, sale=sale), *others)))
    table.change(table.one(Listing, product_id=product.product_id), gsi1pk=None, gsi1sk=None)


@breakages.of("sales_are_watched")
def nobody_comes_when_a_sale_ends(table: TableCopy) -> None:
    product = next(each for each in table.all(Product) if each.status == "active")
    listing = table.one(Listing, product_id=product.product_id)
    table.change(listing, gsi1pk=list_keys.LISTINGS_DUE, gsi1sk=A_DAY_AGO)
