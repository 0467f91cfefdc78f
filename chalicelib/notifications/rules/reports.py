"""Which report on a text counts? They come in any order, and what has ended does not go on."""

from chalicelib.notifications.enums import TextStatus

_UNDER_WAY = (TextStatus.QUEUED, TextStatus.SENT)
_AFTER: dict[TextStatus, tuple[TextStatus, ...]] = {
    TextStatus.REFUSED: (),
    TextStatus.QUEUED: (),
    TextStatus.SENT: (TextStatus.QUEUED,),
    TextStatus.DELIVERED: _UNDER_WAY,
    TextStatus.UNDELIVERED: _UNDER_WAY,
    TextStatus.FAILED: _UNDER_WAY,
}


def may_follow(status: TextStatus) -> tuple[TextStatus, ...]:
    """Return the statuses after which a text may have this one. Each of them may be the first that is heard of."""
    return _AFTER[status]
