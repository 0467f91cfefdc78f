"""How does a shop get large quickly? The rows of a few real products, copied under other ids, straight into the table.

A product is made by the shop's own services, and so has every row that it has in life: itself, guards, stock, ledger,
cards. A copy differs in the product's id, in the word that stands in its SKUs and title, and in its vendor.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

Row = dict[str, Any]

_PER_CALL = 25  # BatchWriteItem takes no more
_ID_LETTERS = 26


@dataclass(frozen=True)
class Template:
    """Rows of one product, as text, and what a copy of them replaces."""

    rows: tuple[str, ...]
    product_id: str
    word: str
    vendor_id: str

    def copy(self, number: int, *, vendor_id: str) -> Iterator[Row]:
        """Return the rows of one more product like it."""
        for row in self.rows:
            text = row.replace(self.product_id, product_id_of(number)).replace(self.word, word_of(number))
            yield json.loads(text.replace(self.vendor_id, vendor_id))


def word_of(number: int) -> str:
    """Return the word that the SKUs and the title of a copy have and no other's."""
    return f"zz{number:08}"


def product_id_of(number: int) -> str:
    """Return the id of a copy; ids sort by number."""
    return f"prd_{number:0{_ID_LETTERS}}"


def template_of(client: Any, table: str, *, product_id: str, word: str, vendor_id: str) -> Template:
    """Return all rows that tell of a product."""
    pages = client.get_paginator("scan").paginate(TableName=table)
    texts = (json.dumps(row, ensure_ascii=False) for page in pages for row in page["Items"])
    return Template(tuple(text for text in texts if product_id in text), product_id, word, vendor_id)


def write_straight(client: Any, table: str, rows: Iterable[Row], *, told: Callable[[int], None]) -> int:
    """Put rows into the table, as they are, and return how many; ``told`` hears the count now and then."""
    written = 0
    rows = iter(rows)
    while batch := list(islice(rows, _PER_CALL)):
        requests = [{"PutRequest": {"Item": row}} for row in batch]
        while requests:
            requests = client.batch_write_item(RequestItems={table: requests})["UnprocessedItems"].get(table, [])
        written += len(batch)
        told(written)
    return written
