"""How much text does a cart hold? No more than what is made of it can be stored with."""

from tests.carts.builders import a_guest, a_longest_variant
from tests.support.account import Account


def test_a_cart_of_the_longest_texts_is_full_before_it_cannot_be_stored(aws: Account) -> None:
    guest, cart = a_guest()

    answers = []
    for number in range(90):
        sku = a_longest_variant(f"GABI-{number}").sku
        answers.append(guest.post(f"{cart}/lines", {"sku": sku, "quantity": 1}))

    taken = [answer for answer in answers if answer.status == 201]
    assert len(taken) > 40
    assert {(answer.status, answer.code) for answer in answers[len(taken) :]} == {(409, "cart_size_limit")}
    assert len(guest.get(cart).json["lines"]) == len(taken)
