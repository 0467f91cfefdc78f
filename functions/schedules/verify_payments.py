"""Which Lambda verifies payments that nobody told us about?"""

from chalicelib.payments.reactions import verify_due as handler

__all__ = ["handler"]
