"""What is an item, and how is it read? The base class of everything stored, and the few ways to read."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar, cast

from pynamodb.attributes import Attribute, DiscriminatorAttribute, UnicodeAttribute
from pynamodb.connection import TableConnection
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.models import Model

from chalicelib.core import clock
from chalicelib.core.settings import settings
from chalicelib.core.storage import connection, shapes
from chalicelib.core.storage.attributes import IntegerAttribute, ValueAttribute
from chalicelib.core.storage.key import Key

T = TypeVar("T", bound="Item")

# More keys are too many for one BatchGetItem.
_READ_AT_ONCE = 100


class Item(Model):
    """One row. Subclasses name their kind: ``class Cart(Item, discriminator="cart")``.

    ``schema_version`` tells which shape a row was written in. A kind whose shape changes lists in
    ``upgrades`` what leads from each version to the next, so that nobody ever sees an old shape.
    """

    upgrades: ClassVar[tuple[shapes.Upgrade, ...]] = ()

    class Meta:
        table_name = "set by the connection"

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    kind = DiscriminatorAttribute()
    gsi1pk = UnicodeAttribute(null=True)
    gsi1sk = UnicodeAttribute(null=True)
    gsi2pk = UnicodeAttribute(null=True)
    gsi2sk = UnicodeAttribute(null=True)
    expires_at = IntegerAttribute(null=True)
    schema_version = IntegerAttribute(default=1)

    @classmethod
    def _get_connection(cls) -> TableConnection:
        return connection.table()

    @classmethod
    def at(cls: type[T], key: Key, **attributes: Any) -> T:
        """Make a new item of this kind at a key."""
        return cls(pk=key.pk, sk=key.sk, schema_version=shapes.latest(cls.upgrades), **attributes)

    @classmethod
    def from_raw_data(cls: type[T], data: dict[str, Any]) -> T:
        """Make the item of a stored row, in whatever shape that is.

        PynamoDB's own way sets the defaults of every attribute twice and then replaces them.
        """
        kind: type[T] = cls._get_discriminator_class(data) or cls
        row = shapes.upgraded(data, kind.upgrades)
        item = kind.__new__(kind)
        item.attribute_values = {name: _read(each, row) for name, each in kind.get_attributes().items()}
        return item

    @property
    def labels(self) -> list[Action]:
        """Return what an update must set of a row that it may be the first to write."""
        return [type(self).kind.set(type(self)), type(self).schema_version.set(self.schema_version)]

    @property
    def key(self) -> Key:
        """Return where the item is stored."""
        return Key(self.pk, self.sk)

    @property
    def has_expired(self) -> bool:
        """Tell whether its time is over; DynamoDB may take two days to delete it."""
        return self.expires_at is not None and self.expires_at <= clock.epoch_seconds()


class VersionedItem(Item):
    """A row that people or processes change: every save counts ``version`` up and is refused if it is stale.

    ``event`` is what the last save announced, if it did; the table's stream carries it out.
    """

    version = IntegerAttribute(default=0)
    event = ValueAttribute[dict[str, Any]](dict[str, Any], null=True)


@dataclass(frozen=True)
class Slice(Generic[T]):
    """Some items in key order, and the sort key after which the next ones start (``None`` at the end)."""

    items: Sequence[T]
    next_after: str | None


def find(kind: type[T], key: Key, *, consistent: bool = True) -> T | None:
    """Read one item: 1 GetItem."""
    raw = kind._get_connection().get_item(key.pk, key.sk, consistent_read=consistent).get("Item")
    return _living(kind, raw)


def find_many(keys: Iterable[Key]) -> list[Item]:
    """Read items of any kinds, consistently: 1 BatchGetItem per 100; what is absent is left out."""
    unread: Any = [{"pk": {"S": key.pk}, "sk": {"S": key.sk}} for key in dict.fromkeys(keys)]
    raw: list[dict[str, Any]] = []
    while unread:
        found = connection.table().batch_get_item(unread[:_READ_AT_ONCE], consistent_read=True)
        raw += found["Responses"].get(settings.table_name, [])
        left = found.get("UnprocessedKeys", {}).get(settings.table_name, {}).get("Keys", [])
        unread = [*left, *unread[_READ_AT_ONCE:]]
    return _all_of(Item, raw)


def partition(pk: str, *, prefix: str = "", consistent: bool = False) -> list[Item]:
    """Read a whole small partition, or the part under a sort-key prefix: 1 Query."""
    raw: list[dict[str, Any]] = []
    start: dict[str, Any] | None = None
    while True:
        page = connection.table().query(
            pk,
            range_key_condition=Item.sk.startswith(prefix) if prefix else None,
            consistent_read=consistent,
            exclusive_start_key=cast(str, start),
        )
        raw.extend(page["Items"])
        start = page.get("LastEvaluatedKey")
        if start is None:
            return _all_of(Item, raw)


def page(
    kind: type[T],
    pk: str,
    *,
    prefix: str = "",
    after: str | None,
    limit: int,
    newest_first: bool = False,
    consistent: bool = False,
    where: Condition | None = None,
) -> Slice[T]:
    """Read one page of a partition in sort-key order: 1 Query. What ``where`` leaves out makes the page shorter."""
    start = None if after is None else {"pk": {"S": pk}, "sk": {"S": after}}
    found = kind._get_connection().query(
        pk,
        range_key_condition=Item.sk.startswith(prefix) if prefix else None,
        filter_condition=where,
        exclusive_start_key=cast(str, start),
        limit=limit,
        consistent_read=consistent,
        scan_index_forward=not newest_first,
    )
    last = found.get("LastEvaluatedKey")
    return Slice(_all_of(kind, found["Items"]), last["sk"]["S"] if last else None)


def index_until(kind: type[T], index: str, pk: str, *, until: str, page: int) -> Iterator[T]:
    """Go through an index partition up to a sort key, the first of it first: 1 Query when a page is come to.

    What moves behind that key meanwhile is not come to again, and what stays where it was stops nothing behind it.
    """
    range_key, start = cast(UnicodeAttribute, getattr(Item, f"{index}sk")), None
    while True:
        found = connection.table().query(
            pk, range_key_condition=range_key <= until, index_name=index, exclusive_start_key=start, limit=page
        )
        yield from _all_of(kind, found["Items"])
        start = found.get("LastEvaluatedKey")
        if start is None:
            return


def index_slice(
    kind: type[T],
    index: str,
    pk: str,
    *,
    after: str | None,
    row_of: Callable[[str], Key],
    limit: int,
    newest_first: bool = False,
    within: Condition | None = None,
    where: Condition | None = None,
) -> Slice[T]:
    """Read one page of an index partition: 1 Query. What ``where`` leaves out makes the page shorter.

    ``after`` is the index's sort key of the item before, and ``row_of`` tells from it where that item is stored.
    """
    start = None
    if after is not None:
        row = row_of(after)
        texts = {f"{index}pk": pk, f"{index}sk": after, "pk": row.pk, "sk": row.sk}
        start = {name: {"S": text} for name, text in texts.items()}
    found = kind._get_connection().query(
        pk,
        range_key_condition=within,
        filter_condition=where,
        index_name=index,
        exclusive_start_key=cast(str, start),
        limit=limit,
        scan_index_forward=not newest_first,
    )
    last = found.get("LastEvaluatedKey")
    return Slice(_all_of(kind, found["Items"]), last[f"{index}sk"]["S"] if last else None)


def _read(attribute: Attribute[Any], row: shapes.Row) -> Any:
    stored = row.get(attribute.attr_name)
    if stored is not None:
        return attribute.deserialize(attribute.get_value(stored))
    return attribute.default() if callable(attribute.default) else attribute.default


def _all_of(kind: type[T], raw: list[dict[str, Any]]) -> list[T]:
    return [item for item in (_living(kind, each) for each in raw) if item is not None]


def _living(kind: type[T], raw: dict[str, Any] | None) -> T | None:
    if raw is None:
        return None
    item = Item.from_raw_data(raw)
    if not isinstance(item, kind):
        raise TypeError(f"expected a {kind.__name__} at {item.key}, found a {type(item).__name__}")
    return None if item.has_expired else item
