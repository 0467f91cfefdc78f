"""Lambdas that queues trigger, one per consumer of events."""
