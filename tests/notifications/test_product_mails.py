"""Is a vendor told what staff decided about its products: once, in its language, with their reasons?"""

from typing import Any

import pytest

from chalicelib.catalog import service as catalog
from chalicelib.catalog.models import Proposal
from chalicelib.catalog.rules import ProductStatus, Seller
from chalicelib.catalog.schemas import ProductChange
from chalicelib.core.aws import client
from chalicelib.core.storage import keys
from chalicelib.core.storage.table import find
from chalicelib.notifications.reactions import account_mails
from tests.catalog.builders import VENDOR, a_category, a_product, a_vendor
from tests.notifications.mailing import a_user, mail_in, received, said_by
from tests.support.account import Account
from tests.support.faults import failing

HANA = Seller("usr_hana", VENDOR)
ADDRESS = f"{VENDOR}@example.com"


@pytest.fixture
def product_id(aws: Account) -> str:
    """A product that waits for staff, whose vendor has a mail address."""
    a_vendor()
    a_category("coffee")
    return a_product(status="in_review").product_id


def decided(product_id: str) -> dict[str, Any]:
    """Return what was announced of the decision."""
    proposal = find(Proposal, keys.proposal(product_id))
    assert proposal is not None
    return said_by(proposal)


def refuse(product_id: str, *reasons: str) -> dict[str, Any]:
    catalog.refuse(product_id, reasons=reasons, by="usr_sara", if_version=None)
    return decided(product_id)


def approve(product_id: str) -> dict[str, Any]:
    catalog.approve(product_id, by="usr_sara", if_version=None)
    return decided(product_id)


def test_a_vendor_is_told_that_its_product_is_approved(aws: Account, product_id: str) -> None:
    assert received(approve(product_id)) == []

    (letter,) = mail_in(aws)
    assert letter.is_for(ADDRESS)
    assert letter.subject == "Your product was approved"
    assert "Hello Gedeo Union" in letter.text
    assert "Yirgacheffe coffee: on " in letter.text


def test_a_vendor_is_told_why_its_product_is_refused(aws: Account, product_id: str) -> None:
    received(refuse(product_id, "The title\nshouts.", "No <b>weight</b> is told."))

    (letter,) = mail_in(aws)
    assert "– The title shouts.\n\n– No <b>weight</b> is told.\n" in letter.text
    assert "– No &lt;b&gt;weight&lt;/b&gt; is told." in letter.html


def test_a_vendor_is_told_in_the_language_of_the_account_with_its_address(aws: Account, product_id: str) -> None:
    a_user(email=ADDRESS, name="Almaz", locale="am")

    received(refuse(product_id, "ርዕሱ ረዝሟል።"))

    (letter,) = mail_in(aws)
    assert letter.subject == "ስለ ምርትዎ"
    assert "የይርጋጨፌ ቡና፦" in letter.text
    assert "– ርዕሱ ረዝሟል።" in letter.text


def test_a_decision_is_told_once_however_often_it_is_announced(aws: Account, product_id: str) -> None:
    announced = refuse(product_id, "The title shouts.")

    assert received(announced, announced) == received(announced) == []

    assert len(mail_in(aws)) == 1


def test_a_mail_that_failed_is_sent_when_the_message_comes_again(aws: Account, product_id: str) -> None:
    announced = refuse(product_id, "The title shouts.")

    with failing(client("ses"), "SendEmail", "MessageRejected"):
        assert received(announced) == ["message-1"]
    assert mail_in(aws) == []


def test_nobody_is_told_of_a_refusal_after_the_approval_that_followed_it(aws: Account, product_id: str) -> None:
    refused = refuse(product_id, "The title shouts.")
    catalog.change_product(product_id, ProductChange(status=ProductStatus.IN_REVIEW), if_version=None)
    approve(product_id)

    received(refused)

    assert mail_in(aws) == []


def test_what_a_seller_takes_back_is_told_nobody(aws: Account, product_id: str) -> None:
    catalog.withdraw(product_id, seller=HANA, if_version=None)

    proposal = find(Proposal, keys.proposal(product_id))
    assert proposal is not None
    assert (proposal.status, proposal.event) == ("withdrawn", None)


def test_whoever_waits_for_a_decision_gets_a_mail() -> None:
    assert {"product.approved", "product.refused"} <= set(account_mails.consumer.event_types)
