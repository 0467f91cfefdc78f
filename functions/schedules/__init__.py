"""Lambdas that time triggers."""
