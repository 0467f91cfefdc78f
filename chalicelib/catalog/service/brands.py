"""Which brands are there? Products name one; a brand that is retired stays with those that have it."""

from chalicelib.catalog import store
from chalicelib.catalog.errors import BrandExists, BrandNotFound
from chalicelib.catalog.models import Brand
from chalicelib.catalog.schemas import BrandChange, BrandDraft
from chalicelib.core import audit
from chalicelib.core.errors import demand_version
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.table import Slice


def add_brand(draft: BrandDraft) -> Brand:
    """Add a brand. Raises ``BrandExists``."""
    brand = Brand.at(keys.brand(draft.id), brand_id=draft.id, name=draft.name, description=draft.description)
    with transactions.write() as work:
        work.create(brand, refusal=BrandExists(brand_id=draft.id))
    audit.changed({}, _told_of(brand))
    return brand


def change_brand(brand_id: str, change: BrandChange, *, if_version: int | None) -> Brand:
    """Change what is told of a brand, or retire it. Products name it as before until they are saved with it.

    Raises ``BrandNotFound`` or ``PreconditionFailed``.
    """
    brand = get_brand(brand_id)
    demand_version(if_version, brand.version)
    before = _told_of(brand)
    for name in change.model_fields_set:
        setattr(brand, name, getattr(change, name))
    with transactions.write() as work:
        work.save(brand)
    audit.changed(before, _told_of(brand))
    return brand


def get_brand(brand_id: str) -> Brand:
    """Return a brand, retired or not. Raises ``BrandNotFound``."""
    brand = store.find_brand(brand_id)
    if brand is None:
        raise BrandNotFound(brand_id=brand_id)
    return brand


def brands(*, after: str | None, limit: int) -> Slice[Brand]:
    """Return a page of the brands that are not retired, by id."""
    return store.brands(after=after, limit=limit)


def _told_of(brand: Brand) -> dict[str, object]:
    told = {"name": brand.name, "description": brand.description or None, "is_retired": bool(brand.is_retired)}
    return {name: value for name, value in told.items() if value}
