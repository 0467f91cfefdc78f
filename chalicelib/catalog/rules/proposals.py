"""What do staff decide about, who sells, and on whose behalf?"""

from dataclasses import dataclass
from enum import StrEnum

from chalicelib.catalog.rules.statuses import Mover


class ProposalStatus(StrEnum):
    """Only an open proposal waits for staff."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Seller:
    """Who keeps products: staff, or a vendor's member, who is ``limited_to`` what that vendor sells."""

    id: str = ""
    limited_to: str | None = None

    @property
    def mover(self) -> Mover:
        return Mover.STAFF if self.limited_to is None else Mover.VENDOR


# The shop by itself, as its own commands and jobs act.
SHOP = Seller()
