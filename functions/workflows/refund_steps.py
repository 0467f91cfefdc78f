"""Which Lambda runs the steps of the refund machine?"""

from chalicelib.payments.steps import refund

handler = refund.handler
