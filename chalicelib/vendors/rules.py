"""What is a vendor called in which language, and what may become of an application? Pure decisions about vendors."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.vendors.errors import VendorApplicationClosed

# Unicode blocks Ethiopic and Ethiopic Supplement
_ETHIOPIC = range(0x1200, 0x13A0)


class Reach(StrEnum):
    """How a vendor is reached."""

    EMAIL = "email"
    PHONE = "phone"


class ApplicationStatus(StrEnum):
    OPEN = "open"  # staff have to decide
    APPROVED = "approved"  # the applicant sells for a vendor that was made of it
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


_MOVES: dict[ApplicationStatus, frozenset[ApplicationStatus]] = {
    ApplicationStatus.OPEN: frozenset(
        {ApplicationStatus.APPROVED, ApplicationStatus.REJECTED, ApplicationStatus.WITHDRAWN}
    ),
    ApplicationStatus.APPROVED: frozenset(),
    ApplicationStatus.REJECTED: frozenset(),
    ApplicationStatus.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True)
class Business:
    """Who wants to sell: what an applicant tells of their business."""

    name: str
    names: Mapping[str, str]
    email: str
    phone: str
    description: str
    tax_id: str | None = None
    licence_number: str | None = None


def demand_move(status: str, to: ApplicationStatus) -> None:
    """Raise ``VendorApplicationClosed`` unless an application may move to that status."""
    if to not in _MOVES[ApplicationStatus(status)]:
        raise VendorApplicationClosed(application_status=status)


def names_of(name: str, others: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return a vendor's names by language: the one it goes by, and what it is called in others."""
    return {language_of(name): name} | dict(others or {})


def other_names(names: Mapping[str, str], name: str) -> dict[str, str]:
    """Return what a vendor is called beside the name it goes by."""
    return {language: each for language, each in names.items() if each != name}


def language_of(name: str) -> str:
    """Return the language that the script of a name speaks for: Amharic or English."""
    return "am" if any(ord(letter) in _ETHIOPIC for letter in name) else "en"
