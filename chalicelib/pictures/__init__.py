"""How do goods look? The gallery of each product, and the way of a picture from upload to every size."""
