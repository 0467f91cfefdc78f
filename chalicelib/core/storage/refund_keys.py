"""Where is money stored that goes back? The key shapes of refunds, and of the index partitions that find them."""

from chalicelib.core.storage.key import Key, id_of_rank

_ONE_SHARD = "0"


def refund_parts(refund_id: str) -> str:
    return f"REFUND#{refund_id}"


def refund(refund_id: str) -> Key:
    return Key(refund_parts(refund_id), "REFUND")


def refund_entry(refund_id: str) -> Key:
    """Apart from the refund, which announces what happens to it and so may not lie in an index."""
    return Key(refund_parts(refund_id), "ENTRY")


def refund_task(refund_id: str) -> Key:
    return Key(refund_parts(refund_id), "WAITING_TASK")


# Index partitions: refunds by their state, newest first, and those that somebody must look after
def refunds_in(status: str) -> str:
    return f"REFUNDS#{status}#{_ONE_SHARD}"


REFUNDS_UNSETTLED = f"REFUNDS_UNSETTLED#{_ONE_SHARD}"


def entry_of_rank(rank: str) -> Key:
    return Key(refund_parts(id_of_rank(rank)), "ENTRY")
