"""Which operations are there for accounts and sessions?"""

from chalicelib.users.routes import accounts, proofs, second_factors, sessions, staff
from chalicelib.users.routes.router import router

__all__ = ["accounts", "proofs", "router", "second_factors", "sessions", "staff"]
