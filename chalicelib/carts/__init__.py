"""What does a shopper intend to buy? Carts of guests and customers, until a checkout takes them."""
