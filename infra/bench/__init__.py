"""What does the shop cost to run? Measured in CPU time, calls, units, transitions, imports and megabytes."""
