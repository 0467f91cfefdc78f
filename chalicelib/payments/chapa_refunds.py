"""What do Chapa's webhooks say of refunds? ``charge.refunded``, and names that begin with ``refund.``."""

from collections.abc import Mapping

from chalicelib.payments.provider import RefundNews, RefundStanding

_DONE = frozenset({"refunded", "success", "successful", "completed", "processed"})
_FAILED = frozenset({"failed", "cancelled", "failed/cancelled", "rejected", "declined", "reversed"})
# Where our id may stand: in what we sent along, or as the reference of the refund.
_NAMES = ("merchant_reference", "reference", "refund_reference")


def news_of_refund(said: Mapping[str, object]) -> RefundNews | None:
    """Return what a genuine webhook says of a refund; ``None`` when it is about something else."""
    name = str(said.get("event") or "").lower()
    if name != "charge.refunded" and not name.startswith("refund."):
        return None
    words = {name.partition(".")[2], str(said.get("status") or "").lower()}
    if words & _FAILED:
        standing = RefundStanding.FAILED
    else:
        standing = RefundStanding.DONE if words & _DONE else RefundStanding.UNDER_WAY
    meta = said.get("meta")
    named = [meta.get("refund_id") if isinstance(meta, Mapping) else None, *(said.get(each) for each in _NAMES)]
    return RefundNews(tuple(str(each) for each in named if each), str(said.get("amount") or ""), standing)
