"""What does a domain look like that staff change things in? It is there to try the audit trail with."""

import json
from typing import Any

from chalicelib.core import audit
from chalicelib.core.audit import AuditNote
from chalicelib.core.errors import Conflict
from chalicelib.core.http import Api, Router, customer, staff
from chalicelib.core.storage import connection, transactions
from chalicelib.core.storage.attributes import UnicodeAttribute
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import Item, VersionedItem, find
from chalicelib.core.wire import Draft, View

Row = dict[str, Any]
SHELF = "shelf_1"


class Shelf(VersionedItem, discriminator="test_labelled_shelf"):
    label = UnicodeAttribute()


class ShelfFull(Conflict):
    code = "conflict"


class Label(Draft):
    label: str


class ShelfView(View):
    id: str
    label: str


router = Router("shelves")


def key_of(shelf_id: str) -> Key:
    return Key("SHELVES", f"SHELF#{shelf_id}")


def shelf() -> Shelf | None:
    """Return the one shelf there is."""
    return find(Shelf, key_of(SHELF))


@router.post("/shelves", access=staff("shelves.manage"))
def put_up_shelf(body: Label) -> ShelfView:
    """Put up the shelf."""
    audit.changed({}, {"label": body.label})
    with transactions.write() as work:
        work.create(Shelf.at(key_of(SHELF), label=body.label))
    return ShelfView(id=SHELF, label=body.label)


@router.post("/shelf_orders", access=staff("shelves.manage"))
def order_shelf(body: Label) -> None:
    """Change nothing here, and make nothing that has an id."""


@router.patch("/shelves/{shelf_id}", access=staff("shelves.manage"))
def relabel_shelf(shelf_id: str, body: Label) -> ShelfView:
    """Write another label on a shelf, which takes no "full"."""
    found = find(Shelf, key_of(shelf_id))
    assert found is not None
    audit.changed({"label": found.label, "password": "old"}, {"label": body.label, "password": "new"})
    found.label = body.label
    with transactions.write() as work:
        work.save(found)
    if body.label == "full":
        raise ShelfFull()
    return ShelfView(id=shelf_id, label=body.label)


@router.delete("/shelves/{shelf_id}/boards/{board_id}", access=staff("shelves.manage"))
def take_board_off(shelf_id: str, board_id: str) -> None:
    """Take a board off a shelf; nothing is stored of it."""


@router.get("/shelves/{shelf_id}", access=staff("shelves.manage"))
def read_shelf(shelf_id: str) -> ShelfView:
    """Read a shelf."""
    return ShelfView(id=shelf_id, label="")


@router.post("/shelves/{shelf_id}/looks", access=customer)
def look_at_shelf(shelf_id: str) -> None:
    """Look at a shelf as a customer does."""


def an_app() -> Api:
    """Return an app of one's own; one app serves one thread."""
    return Api("shelves", router)


def notes() -> list[Row]:
    """Return the data of every event that the audit trail will hear of, the oldest first."""
    found = sorted(announced(), key=lambda event: str(event["time"]))
    return [{**event["data"], "changes": [json.loads(each) for each in event["data"]["changes"]]} for event in found]


def announced() -> list[Row]:
    """Return the events of all notes."""
    rows = connection.table().scan()["Items"]
    items = [Item.from_raw_data(row) for row in rows if row["kind"] == {"S": "audit_note"}]
    return [item.event for item in items if isinstance(item, AuditNote) and item.event]
