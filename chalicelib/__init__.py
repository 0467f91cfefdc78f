"""What the shop does: one package per domain, and ``core``, which says how any domain is built."""

VERSION = "0.1.0"
