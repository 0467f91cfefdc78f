"""How much is there to sell? Stock, what is held for checkouts, and the ledger of every movement."""
