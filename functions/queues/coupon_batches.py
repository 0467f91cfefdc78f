"""Which Lambda makes coupon codes by the thousand?"""

from chalicelib.promotions.reactions import consumer

handler = consumer.handler
