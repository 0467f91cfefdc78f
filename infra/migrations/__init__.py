"""How do stored rows get to today's shape? Numbered migrations, each moving one kind by one schema version."""
