"""What is cheaper, for whom, and how often? Automatic promotions, coupons, and the uses that are left."""
