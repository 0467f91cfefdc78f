"""How is the ring run by hand? ``python -m tests.ring matrix | swarm | hunt | replay NAME``."""

import sys

from tests.ring.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
