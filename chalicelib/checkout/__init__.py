"""Checkout: from a full cart to a placed order, or all the way back."""
