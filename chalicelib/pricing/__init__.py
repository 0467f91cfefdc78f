"""What does a basket of goods cost? Prices, tax and delivery, to the santim."""
