"""Which words do accounts use?"""

from enum import StrEnum


class Role(StrEnum):
    ADMIN = "admin"
    VENDOR = "vendor"
    CUSTOMER = "customer"
