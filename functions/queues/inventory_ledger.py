"""Which Lambda books sales into the stock ledger?"""

from chalicelib.inventory.reactions import ledger

handler = ledger.handler
