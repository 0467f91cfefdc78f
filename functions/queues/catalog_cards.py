"""Which Lambda keeps the cards of product lists?"""

from chalicelib.catalog.reactions import consumer

handler = consumer.handler
