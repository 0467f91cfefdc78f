"""Which types of goods are there, and is all told of a product that its type demands?"""

from chalicelib.catalog import rules, store
from chalicelib.catalog.errors import ProductTypeExists, ProductTypeNotFound
from chalicelib.catalog.models import Product, ProductType
from chalicelib.catalog.rules import ProductDetails, ProductStatus, SpecAttribute, SpecChoice
from chalicelib.catalog.schemas import AttributeDraft, ProductTypeChange, ProductTypeDraft
from chalicelib.core import audit
from chalicelib.core.errors import demand_version
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.table import Slice


def add_product_type(draft: ProductTypeDraft) -> ProductType:
    """Add a type of goods. Raises ``ProductTypeExists``."""
    key = keys.product_type(draft.id)
    made = ProductType.at(key, type_id=draft.id, name=draft.name, attributes=_attributes(draft.attributes))
    with transactions.write() as work:
        work.create(made, refusal=ProductTypeExists(type_id=draft.id))
    audit.changed({}, _told_of(made))
    return made


def change_product_type(type_id: str, change: ProductTypeChange, *, if_version: int | None) -> ProductType:
    """Change what can be told of goods of a type. Products are held to it when their specifications are next saved.

    Raises ``ProductTypeNotFound`` or ``PreconditionFailed``.
    """
    kept = get_product_type(type_id)
    demand_version(if_version, kept.version)
    before = _told_of(kept)
    kept.name = kept.name if change.name is None else change.name
    kept.attributes = kept.attributes if change.attributes is None else _attributes(change.attributes)
    kept.is_retired = kept.is_retired if change.is_retired is None else change.is_retired
    with transactions.write() as work:
        work.save(kept)
    audit.changed(before, _told_of(kept))
    return kept


def get_product_type(type_id: str) -> ProductType:
    """Return a type of goods, retired or not. Raises ``ProductTypeNotFound``."""
    found = store.find_product_type(type_id)
    if found is None:
        raise ProductTypeNotFound(type_id=type_id)
    return found


def product_types(*, after: str | None, limit: int) -> Slice[ProductType]:
    """Return a page of the types that are not retired, by id."""
    return store.product_types(after=after, limit=limit)


def demand_complete(product: Product, was: ProductDetails | None, *, was_status: str) -> None:
    """Raise ``SpecsMissing`` when a product comes to be more than a draft without all that its type demands.

    1 read, only when its status or what is specified changed.
    """
    details = product.details
    if details.type_id is None or product.status in (ProductStatus.DRAFT, ProductStatus.DELETED):
        return
    is_same = was is not None and (was.type_id, was.specs) == (details.type_id, details.specs)
    if is_same and was_status == product.status:
        return
    found = store.find_product_type(details.type_id)
    if found is not None:
        rules.demand_complete(found.attributes, details.specs)


def _attributes(drafts: list[AttributeDraft]) -> list[SpecAttribute]:
    return [
        SpecAttribute(
            each.id,
            each.name,
            each.kind,
            unit=each.unit,
            choices=tuple(SpecChoice(choice.id, choice.name) for choice in each.choices),
            is_required=each.is_required,
        )
        for each in drafts
    ]


def _told_of(kept: ProductType) -> dict[str, object]:
    told = {f"attributes[{each.id}]": each for each in kept.attributes}
    return {"name": kept.name, "is_retired": bool(kept.is_retired) or None, **told}
