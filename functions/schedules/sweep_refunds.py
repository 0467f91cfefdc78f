"""Which Lambda looks after money on its way back?"""

from chalicelib.payments.reactions import sweep_refunds as handler

__all__ = ["handler"]
