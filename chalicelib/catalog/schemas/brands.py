"""How do brands look on the wire?"""

from chalicelib.catalog.schemas.texts import Summaries, Titles
from chalicelib.core.wire import UNCHANGED, Draft, Slug, View


class BrandDraft(Draft):
    """A new brand."""

    id: Slug
    name: Titles
    description: Summaries = {}


class BrandChange(Draft):
    """What shall be different about a brand; what is absent stays. Products keep a brand that is retired."""

    name: Titles = UNCHANGED
    description: Summaries = UNCHANGED
    is_retired: bool = UNCHANGED


class BrandView(View):
    """A brand, in the reader's language."""

    id: str
    name: str
    description: str


class StaffBrandView(View):
    """A brand, in every language."""

    id: str
    name: dict[str, str]
    description: dict[str, str]
    is_retired: bool


class ProductBrandView(View):
    """The brand of a product, as it was named when that was saved."""

    id: str
    name: str
