"""What has become of a text message?"""

from enum import StrEnum


class TextStatus(StrEnum):
    """``refused`` is our sender's word when it is asked, the others come in its reports."""

    REFUSED = "refused"
    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
