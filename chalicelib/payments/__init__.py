"""Payments: asking for money, learning that it came, and never believing anybody but the provider's own record."""
