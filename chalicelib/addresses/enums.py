"""Which words do address books use?"""

from enum import StrEnum


class AddressUse(StrEnum):
    """What an address can be the default for."""

    SHIPPING = "shipping"
    BILLING = "billing"


class Region(StrEnum):
    """Ethiopia's twelve regions and two chartered cities, as of 2023."""

    ADDIS_ABABA = "addis_ababa"
    AFAR = "afar"
    AMHARA = "amhara"
    BENISHANGUL_GUMUZ = "benishangul_gumuz"
    CENTRAL_ETHIOPIA = "central_ethiopia"
    DIRE_DAWA = "dire_dawa"
    GAMBELA = "gambela"
    HARARI = "harari"
    OROMIA = "oromia"
    SIDAMA = "sidama"
    SOMALI = "somali"
    SOUTH_ETHIOPIA = "south_ethiopia"
    SOUTH_WEST_ETHIOPIA_PEOPLES = "south_west_ethiopia_peoples"
    TIGRAY = "tigray"
