"""Which ports can be listened on?"""

import contextlib
import socket

from infra.local.refusals import CannotRun


def free_port() -> int:
    """A port that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def require_free(port: int, *, wanted_for: str, choose_with: str) -> None:
    """Refuse in one clear line when somebody listens on the port already."""
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise CannotRun(
                f"Port {port} is taken, so {wanted_for} cannot start: stop what uses it or choose another "
                f"with {choose_with}=..."
            ) from None


def is_listening(port: int) -> bool:
    """Say whether somebody accepts connections on the port."""
    with contextlib.closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
