"""What makes entries a chain? Each carries the hash of the one before, so none can be changed, moved or left out."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

# What the first entry of a chain names as the hash before it.
BEGINNING = "0" * 64
# There is one chain so far; its name is part of every key and of every hash.
CHAIN = "0"

_PLACE_DIGITS = 12
_SECOND = len("2026-11-22T06:00:00")


@dataclass(frozen=True)
class Act:
    """What somebody did, or was kept from doing. A change is the JSON text of ``[field, before, after]``."""

    event_id: str
    at: str
    kind: str
    outcome: str
    subject: str
    parts: list[str]
    actor: str
    actor_kind: str
    request_id: str
    address: str
    changes: list[str]


@dataclass(frozen=True)
class Link:
    """An act in its place. ``previous`` is the hash of the link before, ``hash`` that of all the rest."""

    chain: str
    number: int
    previous: str
    hash: str
    act: Act


@dataclass(frozen=True)
class Search:
    """Which entries are wanted: all that is given must fit. Times are as ``moment`` writes them."""

    subject: str | None = None
    actor: str | None = None
    kind: str | None = None
    since: str | None = None
    until: str | None = None


def wanted(subject: str | None, actor: str | None, kind: str | None, *, since: str | None, until: str | None) -> Search:
    """Return a search; its times may be as fine as one likes."""
    return Search(subject, actor, kind, since=since and moment(since), until=until and moment(until))


def following(last: Link | None, act: Act, *, chain: str) -> Link:
    """Return the link that comes after the last one of a chain."""
    number, previous = (1, BEGINNING) if last is None else (last.number + 1, last.hash)
    return Link(chain, number, previous, hash_of(act, chain=chain, number=number, previous=previous), act)


def hash_of(act: Act, *, chain: str, number: int, previous: str) -> str:
    """Return the SHA-256 of a link's canonical JSON, as hexadecimal digits."""
    told = {"act": asdict(act), "chain": chain, "number": number, "previous": previous}
    return hashlib.sha256(_canonical(told).encode()).hexdigest()


def archived(link: Link) -> tuple[str, str]:
    """Return name and text of a link in the archive."""
    return archive_name(link.chain, link.number), _canonical(asdict(link))


def archive_name(chain: str, number: int) -> str:
    """Return how an entry is called in the archive."""
    return f"{chain}/{place(number)}.json"


def _canonical(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def trouble_with(link: Link, *, after: Link | None) -> str | None:
    """Say what is wrong with a link that is found after another one, or at the beginning."""
    number, previous = (1, BEGINNING) if after is None else (after.number + 1, after.hash)
    if link.hash != hash_of(link.act, chain=link.chain, number=link.number, previous=link.previous):
        return "it is not what was written"
    if link.number != number:
        return f"number {number} should be here"
    if link.previous != previous:
        return "it was not written after the one before it"
    return None


def place(number: int) -> str:
    """Write a number so that texts sort as numbers do."""
    return f"{number:0{_PLACE_DIGITS}d}"


def rank(link: Link) -> str:
    """Return where a link stands in an index: by time, then by its place, which a page can go on from."""
    return f"{link.act.at}#{link.chain}#{place(link.number)}"


def place_in(rank: str) -> tuple[str, str]:
    """Return chain and place of the link that has this rank."""
    _, chain, place = rank.split("#")
    return chain, place


def doer_of(act: Act) -> str:
    """Return the name that an act is found by; what the shop does by itself is found as ``system``."""
    return act.actor or act.actor_kind


def moment(text: str) -> str:
    """Return a time in UTC with microseconds, as entries have it: ``2026-11-22T06:00:00Z`` and finer ones."""
    whole, _, fraction = text.removesuffix("Z").partition(".")
    return f"{whole[:_SECOND]}.{fraction:0<6}Z"
