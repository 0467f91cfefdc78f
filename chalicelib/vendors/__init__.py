"""Who sells? The vendors of the marketplace and the users who act for them."""
