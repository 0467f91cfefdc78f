"""What is a key? Where one item is stored, in whichever table; and what is a rank in a list by time?"""

from typing import NamedTuple


class Key(NamedTuple):
    """Partition and sort key of one item."""

    pk: str
    sk: str


def rank(moment: str, identifier: str) -> str:
    """Return where something stands in an index by time; no two things stand at one place."""
    return f"{moment}#{identifier}"


def id_of_rank(rank: str) -> str:
    """Return what stands there."""
    return rank.partition("#")[2]
