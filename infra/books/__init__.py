"""Do the shop's books balance? Reads the whole table and names every row that contradicts another."""
