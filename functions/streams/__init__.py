"""Lambdas that the table's stream triggers."""
