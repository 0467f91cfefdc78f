"""What of a vendor's change must staff see first, and what does it come to on the product of now?"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from chalicelib.catalog.errors import CurrenciesDiffer
from chalicelib.catalog.models import Proposal
from chalicelib.catalog.rules import ProductDetails, ProductVariant
from chalicelib.catalog.schemas import ProductChange
from chalicelib.catalog.service import describing

# Fields that act at once, variants for what they cost and weigh and whether they are sold; all others are words.
AT_ONCE = frozenset({"status", "variants"})


@dataclass(frozen=True)
class Wish:
    """A change that waits: other words, variants to be added, and other options of those that are there."""

    change: ProductChange = field(default_factory=ProductChange)
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    has_variants: bool = False

    @property
    def told(self) -> dict[str, Any]:
        """Return the wished fields as they were sent."""
        return self.change.model_dump(mode="json", exclude_unset=True)

    def says_the_same_as(self, other: "Wish") -> bool:
        return self.told == other.told and self.options == other.options


def divided(change: ProductChange, details: ProductDetails) -> tuple[ProductChange, Wish]:
    """Divide a change of an approved product into what acts at once and what staff must see first."""
    known = {variant.sku: variant for variant in details.variants}
    at_once, words = _only(change, AT_ONCE), _only(change, change.model_fields_set - AT_ONCE)
    if change.variants is None:
        return at_once, Wish(words)
    added = [draft for draft in change.variants if draft.sku not in known]
    kept = [draft for draft in change.variants if draft.sku in known]
    options = {draft.sku: draft.options for draft in kept if draft.options != known[draft.sku].options}
    at_once.variants = [draft.model_copy(update={"options": dict(known[draft.sku].options)}) for draft in kept]
    if added:
        words = words.model_copy(update={"variants": added})
    return at_once, Wish(words, options, has_variants=True)


def merged(earlier: Wish, later: Wish) -> Wish:
    """Return both wishes as one: of each field the later word counts, and variants are wished for together."""
    given = {**_given(earlier.change), **_given(later.change)}
    if later.has_variants and later.change.variants is None:
        given.pop("variants", None)
    change = ProductChange.model_construct(_fields_set=set(given), **given)
    return Wish(change, later.options if later.has_variants else earlier.options, has_variants="variants" in given)


def granted(details: ProductDetails, wish: Wish) -> ProductDetails:
    """Return what is told of a product once a wish is granted, whatever became of the product meanwhile.

    Variants that are there are as they are now, prices and all, but for their options. Raises ``CurrenciesDiffer``
    and what ``describing`` refuses.
    """
    known = {variant.sku for variant in details.variants}
    added = [draft for draft in wish.change.variants or () if draft.sku not in known]
    words = _only(wish.change, wish.change.model_fields_set - AT_ONCE)
    details = replace(details, variants=_with_options(details.variants, wish.options))
    if not added:
        return describing.changed(details, words)
    variants = [*details.active_variants, *describing.variants_of(added)]
    _demand_same_currencies(variants)
    return describing.changed(details, words, variants=variants)


def wish_of(proposal: Proposal | None) -> Wish:
    """Return the wish that a proposal holds."""
    if proposal is None:
        return Wish()
    change = ProductChange.model_validate_json(json.dumps(proposal.changes))
    return Wish(change, proposal.options, has_variants=bool(change.variants or proposal.options))


def _only(change: ProductChange, names: Iterable[str]) -> ProductChange:
    given = {name: value for name, value in _given(change).items() if name in names}
    return ProductChange.model_construct(_fields_set=set(given), **given)


def _given(change: ProductChange) -> dict[str, Any]:
    return {name: getattr(change, name) for name in change.model_fields_set}


def _with_options(variants: Iterable[ProductVariant], options: Mapping[str, Mapping[str, str]]) -> list[ProductVariant]:
    return [replace(each, options=dict(options.get(each.sku, each.options))) for each in variants]


def _demand_same_currencies(variants: Iterable[ProductVariant]) -> None:
    currencies = {
        each.sku: {each.price.currency, *(price.currency for price in each.other_prices)} for each in variants
    }
    if len({frozenset(each) for each in currencies.values()}) > 1:
        raise CurrenciesDiffer(skus=sorted(currencies))
