"""Why can the shop not run here? One clear line for the person at the terminal."""


class CannotRun(Exception):
    """Something outside the project is in the way; the message is for the person who started it."""
