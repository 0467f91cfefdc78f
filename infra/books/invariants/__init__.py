"""What must always be true of the table? One function per invariant, yielding the rows that break it."""
