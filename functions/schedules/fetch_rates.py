"""Which Lambda fetches exchange rates?"""

from chalicelib.pricing.reactions import fetch as handler

__all__ = ["handler"]
