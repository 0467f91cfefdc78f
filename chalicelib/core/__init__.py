"""How any domain is built: HTTP, storage, events and workflows, without knowing a single domain."""
