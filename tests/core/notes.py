"""What does a domain look like that does nothing but take notes? It is there to try the plumbing with."""

from typing import Annotated

from pydantic import Field

from chalicelib.core import ids
from chalicelib.core.errors import Conflict, NotFound, PreconditionFailed
from chalicelib.core.http import (
    FORM_TYPES,
    Answer,
    Api,
    Caller,
    IfMatch,
    Keyed,
    Request,
    Router,
    anyone,
    customer,
    owner_of,
    paging,
    public,
    seller,
    staff,
    vendor,
)
from chalicelib.core.storage import transactions
from chalicelib.core.storage.attributes import UnicodeAttribute
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import VersionedItem, find, page
from chalicelib.core.wire import UNCHANGED, Draft, Page, PageQuery, View

NOTES = "NOTES"
LARGE = "x" * 40_000


class Note(VersionedItem, discriminator="test_note"):
    note_id = UnicodeAttribute()
    text = UnicodeAttribute()


class NoteTaken(Conflict):
    code = "conflict"


class NoteDraft(Draft):
    """``refuse``, ``break`` and ``large`` are texts with an effect."""

    text: Annotated[str, Field(min_length=1, max_length=20)]
    tags: Annotated[list[Annotated[str, Field(max_length=5)]], Field(max_length=3)] = []


class NoteChange(Draft):
    text: str = UNCHANGED


class NoteView(View):
    id: str
    text: str
    by: str = ""


class NoteQuery(PageQuery):
    tag: str | None = None


router = Router("notes")


def key_of(note_id: str) -> Key:
    return Key(NOTES, f"NOTE#{note_id}")


def notes() -> list[str]:
    """Return the texts of all notes, the oldest first."""
    return [note.text for note in page(Note, NOTES, after=None, limit=100).items]


def take(text: str) -> Note:
    note_id = ids.new("not")
    note = Note.at(key_of(note_id), note_id=note_id, text=text)
    with transactions.write() as work:
        work.create(note)
    return note


def _taken(body: NoteDraft, caller: Caller) -> Answer[NoteView]:
    note = take(body.text)
    if body.text == "refuse":
        raise NoteTaken(text=body.text)
    if body.text == "break":
        raise RuntimeError("a bug")
    shown = LARGE if body.text == "large" else body.text
    view = NoteView(id=note.note_id, text=shown, by=caller.id)
    return Answer(view, version=note.version, location=f"/notes/{note.note_id}")


@router.post("/notes", access=anyone, raises=(NoteTaken,))
def take_note(body: NoteDraft, caller: Caller) -> Answer[NoteView]:
    """Take a note."""
    return _taken(body, caller)


@router.post("/must_notes", access=anyone, keyed=Keyed.REQUIRED)
def take_note_once(body: NoteDraft, caller: Caller) -> Answer[NoteView]:
    """Take a note under a key."""
    return _taken(body, caller)


@router.post("/secret_notes", access=anyone, keyed=Keyed.REFUSED)
def take_secret_note(body: NoteDraft, caller: Caller) -> Answer[NoteView]:
    """Take a note that is not kept for a replay."""
    return _taken(body, caller)


@router.post("/heard_notes", access=public, consumes=FORM_TYPES)
def hear_note(request: Request) -> NoteView:
    """Hear of a note from somebody who sends forms."""
    return NoteView(id="", text=str(request.form))


@router.get("/notes", access=public, is_cacheable=True)
def list_notes(query: NoteQuery, request: Request) -> Page[NoteView]:
    """List notes."""
    found = page(Note, NOTES, after=paging.start(request), limit=query.limit)
    return paging.page(found, request, lambda note: NoteView(id=note.note_id, text=note.text))


@router.get("/shelves/{shelf_id}/notes", access=public)
def list_shelf(shelf_id: str, query: NoteQuery, request: Request) -> Page[NoteView]:
    """List notes of a shelf; all of them lie on each."""
    return list_notes(query, request)


@router.get("/notes/{note_id}", access=public)
def read_note(note_id: str) -> Answer[NoteView]:
    """Read a note."""
    note = _found(note_id)
    return Answer(NoteView(id=note.note_id, text=note.text), version=note.version)


@router.patch("/notes/{note_id}", access=public, if_match=IfMatch.REQUIRED)
def change_note(note_id: str, body: NoteChange, request: Request) -> Answer[NoteView]:
    """Change a note."""
    note = _found(note_id)
    if request.if_version != note.version:
        raise PreconditionFailed()
    note.text = body.text or note.text
    with transactions.write() as work:
        work.save(note)
    return Answer(NoteView(id=note.note_id, text=note.text), version=note.version)


@router.delete("/notes/{note_id}", access=anyone)
def drop_note(note_id: str) -> None:
    """Drop a note."""
    with transactions.write() as work:
        work.delete(_found(note_id))


@router.get("/mine", access=customer)
def read_mine(caller: Caller) -> NoteView:
    """Say who calls."""
    return NoteView(id=caller.id, text="")


@router.get("/fresh", access=customer.fresh)
def read_fresh(caller: Caller) -> NoteView:
    """Say who calls, for sure."""
    return NoteView(id=caller.id, text="")


@router.get("/kept", access=staff("notes.keep"))
def read_kept(caller: Caller) -> NoteView:
    """Say which member of staff calls."""
    return NoteView(id=caller.id, text="")


@router.get("/sold", access=vendor)
def read_sold(caller: Caller) -> NoteView:
    """Say for which vendor somebody calls."""
    return NoteView(id=caller.id, text=str(caller.vendor_id))


@router.get("/offered", access=seller("notes.keep"))
def read_offered(caller: Caller) -> NoteView:
    """Say for which vendor somebody calls."""
    return NoteView(id=caller.id, text=str(caller.limited_to))


@router.get("/owned", access=owner_of("note"))
def read_owned(caller: Caller) -> NoteView:
    """Say who owns."""
    return NoteView(id=caller.id, text="")


@router.get("/anyone", access=anyone)
def read_anyone(caller: Caller) -> NoteView:
    """Say who calls, if anybody."""
    return NoteView(id=caller.id, text="")


def _found(note_id: str) -> Note:
    note = find(Note, key_of(note_id))
    if note is None:
        raise NotFound()
    return note


def an_app() -> Api:
    """Return an app of one's own; one app serves one thread."""
    return Api("notes", router)
