"""Which Lambda starts to send money back?"""

from chalicelib.payments.reactions import refund_requests

handler = refund_requests.handler
