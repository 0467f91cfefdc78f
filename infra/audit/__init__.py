"""Is the audit trail what was written? Reads its table and names what does not fit."""
