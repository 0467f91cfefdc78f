"""How is the catalogue stored?"""

from collections.abc import Mapping
from typing import Any

from chalicelib.catalog.rules import CategoryTree, ProductCard, ProductDetails, Sale, SpecAttribute, TaxClass
from chalicelib.core.money import Money
from chalicelib.core.storage.attributes import BooleanAttribute, IntegerAttribute, UnicodeAttribute, ValueAttribute
from chalicelib.core.storage.table import Item, VersionedItem


class Category(VersionedItem, discriminator="category"):
    """What is told of a shelf of the shop. Where it lies is for the tree to say."""

    category_id = UnicodeAttribute()
    name = ValueAttribute[Mapping[str, str]](Mapping[str, str])
    description = ValueAttribute[Mapping[str, str]](Mapping[str, str], default=dict, null=True)


class Tree(VersionedItem, discriminator="category_tree"):
    """How all categories lie within each other, so that moving one is one write."""

    shape = ValueAttribute[CategoryTree](CategoryTree)


class Relisting(VersionedItem, discriminator="relisting"):
    """How far the products of a moved category are listed anew. Announces ``category.moved`` and what follows.

    ``after`` is the place in the category's list up to which that is done.
    """

    category_id = UnicodeAttribute()
    after = UnicodeAttribute(null=True)
    is_done = BooleanAttribute(default=False)


class Product(VersionedItem, discriminator="product"):
    """A product with its variants: the truth about them. Announces ``product.created`` and ``product.changed``.

    ``has_proposal`` tells that staff have something of it to decide about, ``is_unapproved`` that it holds what its
    vendor told and nobody approved yet, and ``refusal_reasons`` why staff refused last, until they approve.
    """

    product_id = UnicodeAttribute()
    vendor_id = UnicodeAttribute()
    status = UnicodeAttribute()
    has_proposal = BooleanAttribute(default=False, null=True)
    is_unapproved = BooleanAttribute(default=False, null=True)
    refusal_reasons = ValueAttribute[list[str]](list[str], null=True)
    details = ValueAttribute[ProductDetails](ProductDetails)


class Proposal(VersionedItem, discriminator="proposal"):
    """What of a product its seller asked staff to decide about last; a product has one at a time.

    ``changes`` are the fields as they were sent, with added variants only, and ``options`` what options SKUs of the
    product shall have. Both are empty when the question is whether the product may be sold at all.
    ``decided_version`` is the product's version that was decided about. Announces ``product.submitted``,
    ``product.approved`` and ``product.refused``.
    """

    product_id = UnicodeAttribute()
    vendor_id = UnicodeAttribute()
    status = UnicodeAttribute()
    changes = ValueAttribute[dict[str, Any]](dict[str, Any])
    options = ValueAttribute[Mapping[str, Mapping[str, str]]](Mapping[str, Mapping[str, str]])
    proposed_by = UnicodeAttribute()
    proposed_at = UnicodeAttribute()
    decided_by = UnicodeAttribute(null=True)
    decided_at = UnicodeAttribute(null=True)
    decided_version = IntegerAttribute(null=True)


class Brand(VersionedItem, discriminator="brand"):
    """A brand that products name. Those that have it keep it when it is retired; no others may name it then."""

    brand_id = UnicodeAttribute()
    name = ValueAttribute[Mapping[str, str]](Mapping[str, str])
    description = ValueAttribute[Mapping[str, str]](Mapping[str, str], default=dict, null=True)
    is_retired = BooleanAttribute(default=False, null=True)


class ProductType(VersionedItem, discriminator="product_type"):
    """A type of goods, with what can be told of them, in order."""

    type_id = UnicodeAttribute()
    name = ValueAttribute[Mapping[str, str]](Mapping[str, str])
    attributes = ValueAttribute[list[SpecAttribute]](list[SpecAttribute])
    is_retired = BooleanAttribute(default=False, null=True)


class Variant(Item, discriminator="variant"):
    """Guard of a unique SKU, and all that is needed to sell it without reading its product.

    ``category_ids`` are absent in one that was stored before promotions had to know, and so is the brand then.
    """

    sku = UnicodeAttribute()
    product_id = UnicodeAttribute()
    vendor_id = UnicodeAttribute()
    title = ValueAttribute[Mapping[str, str]](Mapping[str, str])
    options = ValueAttribute[Mapping[str, str]](Mapping[str, str])
    price = ValueAttribute[Money](Money)
    other_prices = ValueAttribute[tuple[Money, ...]](tuple[Money, ...], null=True, default=tuple)
    sale = ValueAttribute[Sale](Sale, null=True)
    tax_class = UnicodeAttribute(null=True, default=TaxClass.STANDARD)
    brand_id = UnicodeAttribute(null=True)
    category_ids = ValueAttribute[tuple[str, ...] | None](tuple[str, ...], null=True)
    weight_grams = IntegerAttribute()
    is_for_sale = BooleanAttribute()


class Barcode(Item, discriminator="barcode"):
    """Guards that one variant has a barcode, and finds it by that. ``gtin`` has 14 digits."""

    gtin = UnicodeAttribute()
    product_id = UnicodeAttribute()
    vendor_id = UnicodeAttribute()
    sku = UnicodeAttribute()


class ProductSlug(Item, discriminator="product_slug"):
    """Guards that a slug of one language leads to one product, which has it or had it once."""

    slug = UnicodeAttribute()
    locale = UnicodeAttribute()
    product_id = UnicodeAttribute()


class Card(Item, discriminator="card"):
    """A product's entry in one list; a copy, kept by the reaction to the product's events."""

    card = ValueAttribute[ProductCard](ProductCard)


class Collection(VersionedItem, discriminator="collection"):
    """Products that staff put together, in an order of their own."""

    collection_id = UnicodeAttribute()
    name = ValueAttribute[Mapping[str, str]](Mapping[str, str])
    description = ValueAttribute[Mapping[str, str]](Mapping[str, str], default=dict)
    product_ids = ValueAttribute[list[str]](list[str], default=list)


class ListMark(Item, discriminator="list_mark"):
    """Changes with what is listed, so that nobody keeps in memory what was."""

    mark = UnicodeAttribute()


class Listing(Item, discriminator="listing"):
    """Which lists hold which card of the product, as of which of its versions and of its gallery's.

    ``shown`` are the lists for shoppers and ``own`` those for sellers; a digest tells which card lies in each of
    them. ``revision`` counts the changes of all this. Its index keys say when a sale begins or ends.
    """

    product_id = UnicodeAttribute()
    sequence = IntegerAttribute()
    gallery = IntegerAttribute(null=True)
    revision = IntegerAttribute(null=True)
    shown = ValueAttribute[list[str]](list[str])
    shown_digest = UnicodeAttribute(null=True)
    own = ValueAttribute[list[str]](list[str])
    own_digest = UnicodeAttribute(null=True)
