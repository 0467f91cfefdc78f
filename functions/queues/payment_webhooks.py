"""Which Lambda verifies what webhooks hint at?"""

from chalicelib.payments.reactions import webhooks

handler = webhooks.handler
