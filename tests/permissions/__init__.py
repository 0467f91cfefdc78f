"""Who may call what? Every operation as every caller, held against docs/permissions.md."""
