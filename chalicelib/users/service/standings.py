"""How does what a user may do change? Each change counts, so that it acts at once wherever tokens are checked fresh."""

from chalicelib.core.storage import transactions
from chalicelib.core.storage.identity import Standing


def save(standing: Standing) -> None:
    """Store a changed standing, provided nobody else changed it; access tokens given out before are stale."""
    read = standing.number
    standing.number = read + 1
    with transactions.write() as work:
        work.replace(standing, when=Standing.number == read)


def end_sessions(standing: Standing) -> None:
    """Let no refresh token count that was given out before."""
    standing.session_epoch += 1
    save(standing)
