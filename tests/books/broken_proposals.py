"""How can what waits for staff be broken?"""

from dataclasses import replace

from chalicelib.catalog.models import Card, Product, Proposal, Variant
from chalicelib.core.storage import keys, list_keys
from tests.books.breaking import Breakages
from tests.books.copy_of_table import TableCopy

breakages = Breakages()


@breakages.of("proposals_wait_where_products_say")
def a_proposal_is_lost(table: TableCopy) -> None:
    table.drop(table.one(Proposal, status="open"))


@breakages.of("proposals_wait_where_products_say")
def a_product_forgets_what_waits(table: TableCopy) -> None:
    product = table.one(Product, status="active", has_proposal=True)
    table.change(product, has_proposal=False)
    _list_it(table, product.product_id, is_waiting=False)


@breakages.of("proposals_wait_where_products_say")
def a_refused_proposal_waits(table: TableCopy) -> None:
    product_id = table.one(Proposal, status="refused").product_id
    table.change(table.at(Product, keys.product(product_id)), has_proposal=True)
    _list_it(table, product_id, is_waiting=True)


@breakages.of("proposals_wait_where_products_say")
def a_deleted_product_waits_for_staff(table: TableCopy) -> None:
    product_id = table.one(Product, status="deleted").product_id
    table.change(table.at(Proposal, keys.proposal(product_id)), status="open")


@breakages.of("proposals_wait_where_products_say")
def another_vendor_proposes(table: TableCopy) -> None:
    table.change(table.one(Proposal, status="refused"), vendor_id="ven_DORZE")


@breakages.of("products_in_review_wait")
def nobody_is_asked_about_a_product_in_review(table: TableCopy) -> None:
    product = table.one(Product, status="in_review")
    table.change(product, has_proposal=False)
    table.change(table.at(Proposal, keys.proposal(product.product_id)), status="withdrawn")


@breakages.of("vendors_words_are_approved")
def nobody_approved_what_is_for_sale(table: TableCopy) -> None:
    table.change(table.one(Product, status="active"), is_unapproved=True)


@breakages.of("skus_are_guarded")
def a_deleted_product_is_sold(table: TableCopy) -> None:
    table.change(table.one(Variant, sku="DELETED-ONE"), is_for_sale=True)


def _list_it(table: TableCopy, product_id: str, *, is_waiting: bool) -> None:
    """Let sellers' lists say of a product what it says itself, so that only its proposal contradicts it."""
    cards = [each for each in table.all(Card) if each.card.product_id == product_id and each.card.status is not None]
    in_review = list_keys.card("review", product_id)
    for card in cards:
        if card.key == in_review:
            table.drop(card)
        else:
            table.change(card, card=replace(card.card, is_waiting=is_waiting))
    if is_waiting:
        table.add(Card.at(in_review, card=replace(cards[0].card, is_waiting=True)))
