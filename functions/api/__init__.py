"""Lambdas that API Gateway calls, one per domain."""
