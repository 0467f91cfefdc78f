"""Where are the operations of the catalogue declared? On one router, by several files."""

from chalicelib.core.http import Router

router = Router("catalog")
