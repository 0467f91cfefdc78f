"""Which Lambda answers a browser's OPTIONS request? This one, for every path; it imports next to nothing."""

from chalicelib.core.cors import preflight as app

__all__ = ["app"]
