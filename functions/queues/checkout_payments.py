"""Which Lambda takes notice of captured money?"""

from chalicelib.checkout.reactions import checkout_payments

handler = checkout_payments.handler
