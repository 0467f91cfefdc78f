"""What is a SKU sold for at one moment, and what must pricing know of it?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chalicelib.catalog.rules.tree import CategoryTree
from chalicelib.core.money import Money
from chalicelib.pricing.rules import Conversion, TaxClass


@dataclass(frozen=True)
class Offer:
    """What a SKU is sold for at one moment, and what promotions, tax and delivery depend on.

    ``conversion`` says by which rate the price came about, where it is not listed in the currency. ``category_ids``
    are those that its product names, and once it is placed all that those lie in as well; they are ``None`` for a SKU
    that was stored before it told.
    """

    product_id: str
    price: Money
    tax_class: TaxClass
    weight_grams: int
    brand_id: str | None = None
    category_ids: Sequence[str] | None = None
    conversion: Conversion | None = None

    def placed(self, tree: CategoryTree) -> "Offer":
        """Return the offer with every category that its goods lie in."""
        return replace(self, category_ids=tree.around(self.category_ids or ()))
