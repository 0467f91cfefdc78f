"""How does a test break a table? It changes, drops or adds rows of a copy, as no service ever would."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import Item
from chalicelib.payments.models import Payment, PaymentAttempt
from infra.books.reading import Row, rows_of

T = TypeVar("T", bound=Item)


class TableCopy:
    """Rows that may contradict each other."""

    def __init__(self, stored: Iterable[Mapping[str, Any]]) -> None:
        self._rows = {Key(raw["pk"]["S"], raw["sk"]["S"]): dict(raw) for raw in stored}

    @property
    def rows(self) -> list[Row]:
        return rows_of(dict(raw) for raw in self._rows.values())

    def one(self, kind: type[T], **wanted: Any) -> T:
        """Return the first item of a kind, in order of keys, whose attributes are so."""
        for item in self.all(kind):
            if all(getattr(item, name) == value for name, value in wanted.items()):
                return item
        raise LookupError(f"no {kind.__name__} with {wanted}")

    def all(self, kind: type[T]) -> list[T]:
        """Return every item of a kind, in order of keys."""
        rows = sorted(self.rows, key=lambda row: row.key)
        return [row.item for row in rows if isinstance(row.item, kind)]

    def at(self, kind: type[T], key: Key) -> T:
        """Return the item at a key."""
        (row,) = rows_of([self._rows[key]])
        assert isinstance(row.item, kind), row
        return row.item

    def raw(self, item: Item) -> dict[str, Any]:
        """Return a row as it is stored, to be changed in place."""
        return self._rows[item.key]

    def change(self, item: Item, **attributes: Any) -> None:
        """Change attributes of a row, and nothing else."""
        for name, value in attributes.items():
            setattr(item, name, value)
        self.add(item)

    def add(self, item: Item) -> None:
        """Put a row, whatever was there."""
        self._rows[item.key] = dict(item.serialize())

    def drop(self, item: Item) -> None:
        """Lose a row."""
        del self._rows[item.key]


def attempt_with_a_page(table: TableCopy) -> PaymentAttempt:
    """Return an attempt whose page a shopper may pay on."""
    return table.one(PaymentAttempt, tx_ref=str(table.one(Payment, status="open").page_tx_ref))
