"""Which Lambda lists products anew when a sale on them begins or ends?"""

from chalicelib.catalog.reactions import refresh_due as handler

__all__ = ["handler"]
