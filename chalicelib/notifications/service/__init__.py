"""What are readers told, and what becomes of it? Each file is a use case.

A function imports those of the letters that it writes all day. What only a few letters need, such as all of checkout,
is imported when one of those is to be written, so that nobody waits longer for a code or for an order.
"""
