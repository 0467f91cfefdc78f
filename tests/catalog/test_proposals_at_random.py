"""Whatever vendor and staff do in whatever order: was what shoppers read approved, and is each price the last set?"""

from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from chalicelib.catalog import rules
from chalicelib.catalog import service as catalog
from chalicelib.catalog.rules import SHOP, ProductStatus, Seller
from chalicelib.catalog.schemas import ProductChange, VariantDraft
from chalicelib.catalog.service import KeptProduct
from chalicelib.core.errors import Refusal
from chalicelib.core.money import Money
from tests.catalog.builders import VENDOR, a_product, a_variant
from tests.support.account import Account

HANA = Seller("usr_hana", VENDOR)
TITLES = st.sampled_from(["Coffee", "Good coffee", "The best coffee"])
SIZES = ("A", "B", "C")
PRICES = st.dictionaries(st.sampled_from(SIZES), st.integers(1, 9), min_size=1)


class Selling(RuleBasedStateMachine):
    """One product, and beside it what anybody asked for and what of that approvers or staff let through."""

    numbers: Iterator[int] = iter(range(10_000))

    def __init__(self) -> None:
        super().__init__()
        self.name = f"{next(self.numbers):04d}"
        made = a_product(status="draft", variants=[self._variant("A", 5)], title={"en": "Coffee"})
        self.product_id = made.product_id
        self.allowed = {"Coffee"}
        self.prices = {self._sku("A"): 5}
        self.wished_prices: dict[str, int] = {}

    @rule(title=TITLES, by=st.sampled_from([HANA, SHOP]))
    def retitle(self, title: str, by: Seller) -> None:
        kept = self._asked(ProductChange(title={"en": title}), by)
        if kept is not None and by is SHOP:
            self.allowed.add(title)

    @rule(wanted=PRICES, by=st.sampled_from([HANA, SHOP]))
    def reprice(self, wanted: dict[str, int], by: Seller) -> None:
        drafts = [self._draft(size, price) for size, price in wanted.items()]
        kept = self._asked(ProductChange(variants=drafts), by)
        if kept is None:
            return
        there = {variant.sku for variant in kept.product.details.variants}
        for size, price in wanted.items():
            known = self.prices if self._sku(size) in there else self.wished_prices
            known[self._sku(size)] = price

    @rule(to=st.sampled_from(["draft", "in_review", "active", "inactive"]), by=st.sampled_from([HANA, SHOP]))
    def move(self, to: str, by: Seller) -> None:
        self._asked(ProductChange(status=ProductStatus(to)), by)

    @rule()
    def approve(self) -> None:
        before = self._kept().product
        try:
            catalog.approve(self.product_id, by="usr_sara", if_version=before.version)
        except Refusal:
            return
        after = self._kept().product
        self.allowed.add(after.details.title["en"])
        known = {variant.sku for variant in before.details.variants}
        for variant in after.details.variants:
            if variant.sku not in known:
                self.prices[variant.sku] = self.wished_prices[variant.sku]

    @rule()
    def refuse(self) -> None:
        self._try(lambda: catalog.refuse(self.product_id, reasons=["No."], by="usr_sara", if_version=None))

    @rule()
    def withdraw(self) -> None:
        self._try(lambda: catalog.withdraw(self.product_id, seller=HANA, if_version=None))

    @invariant()
    def what_is_for_sale_was_approved(self) -> None:
        product = self._kept().product
        if product.status in rules.APPROVED:
            assert not product.is_unapproved
            assert product.details.title["en"] in self.allowed

    @invariant()
    def prices_are_the_last_that_were_set(self) -> None:
        told = {variant.sku: variant.price.minor for variant in self._kept().product.details.variants}
        assert told == {sku: price for sku, price in self.prices.items() if sku in told}

    @invariant()
    def the_product_says_what_waits(self) -> None:
        kept = self._kept()
        assert bool(kept.product.has_proposal) == (kept.waiting is not None)
        assert kept.product.status != "in_review" or kept.waiting is not None

    def _asked(self, change: ProductChange, by: Seller) -> KeptProduct | None:
        return self._try(lambda: catalog.change_product(self.product_id, change, seller=by, if_version=None))

    def _try(self, what: Any) -> Any:
        try:
            return what()
        except Refusal:
            return None

    def _kept(self) -> KeptProduct:
        return catalog.kept_product(self.product_id)

    def _sku(self, size: str) -> str:
        return f"{size}-{self.name}"

    def _variant(self, size: str, price: int) -> dict[str, Any]:
        return a_variant(self._sku(size), price=price / 100, options={"size": size})

    def _draft(self, size: str, price: int) -> VariantDraft:
        return VariantDraft(sku=self._sku(size), options={"size": size}, price=Money(price, "ETB"), weight_grams=250)


def test_nothing_is_sold_unapproved_and_no_old_price_comes_back(shop: Account) -> None:
    limits = settings(max_examples=25, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Selling, settings=limits)
