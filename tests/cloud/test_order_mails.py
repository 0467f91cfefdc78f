"""Does an order that is placed reach its buyer's mailbox, by way of stream, topic, queue and mail service?"""

from collections.abc import Iterator

import pytest

from infra.local.mailbox.letters import Letter, letters_at
from tests.notifications.builders import a_placed_order
from tests.support.account import forget_clients
from tests.support.cloud import Shop, is_embedded
from tests.support.waiting import eventually

# Stream, topic, queue and the first start of two functions.
MAIL_ARRIVES_WITHIN_SECONDS = 60


@pytest.fixture
def deployed_table(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """Point this process at the table of the deployed shop."""
    if not is_embedded():
        pytest.skip("only the embedded cloud shows what it sent")
    for name, value in {**shop.cloud.environment(), "TABLE_NAME": shop.outputs["TableName"]}.items():
        monkeypatch.setenv(name, value)
    forget_clients()
    yield shop
    forget_clients()


def test_a_placed_order_brings_one_mail(deployed_table: Shop) -> None:
    buyer = "meron@example.com"

    order = a_placed_order(email=buyer, locale="am")

    letters = eventually(
        lambda: letters_to(buyer, deployed_table), MAIL_ARRIVES_WITHIN_SECONDS, "the order's confirmation"
    )
    assert [letter.subject for letter in letters] == [f"ትዕዛዝዎ {order.number} ተረጋግጧል"]


def letters_to(buyer: str, shop: Shop) -> list[Letter]:
    letters = letters_at(str(shop.cloud.endpoint_url), account=shop.cloud.account)
    return [letter for letter in letters if letter.is_for(buyer)]
