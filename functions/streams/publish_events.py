"""Which Lambda carries events from the table's stream to the topic?"""

from chalicelib.core.events.publishing import publish as handler

__all__ = ["handler"]
