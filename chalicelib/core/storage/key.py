"""What is a key? Where one item is stored, in whichever table."""

from typing import NamedTuple


class Key(NamedTuple):
    """Partition and sort key of one item."""

    pk: str
    sk: str
