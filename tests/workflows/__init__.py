"""The state machines, and the code that declares their steps."""
