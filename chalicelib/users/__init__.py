"""Who is who? Accounts, passwords, login sessions, roles and the keys that sign access tokens."""
