"""May this page call us? The Lambda that answers every OPTIONS request."""

from chalicelib.core.http.cors import preflight as app

__all__ = ["app"]
