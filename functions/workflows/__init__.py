"""Lambdas that state machines call."""
