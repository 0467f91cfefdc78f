"""What does the shop sell? Categories, products and their variants."""
