"""Which Lambda books sales into the stock ledger?"""

from chalicelib.inventory.reactions import consumer

handler = consumer.handler
