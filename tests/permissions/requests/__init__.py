"""How does one ask validly? A file per domain, a builder per operation; see ``tests.permissions.asking``."""
