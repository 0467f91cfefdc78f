"""Which files of the shop are not committed? What the build takes out of pinned packages, all of it."""

from infra import api_pages, common_passwords


def build() -> None:
    """Write the pages of the API and the list of common passwords beside the code that reads them."""
    api_pages.build()
    common_passwords.build()
