"""Lambdas that queues call, one per consumer."""
