"""Which vendors and machines do these tests talk to?"""

from tests.support.purchases import machine, till

__all__ = ["machine", "till"]
