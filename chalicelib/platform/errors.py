"""How can the platform refuse?"""

from chalicelib.core.errors import NotFound


class AssetNotFound(NotFound):
    """No such file was built in. Names carry the hash of their content, so old pages may ask for what is gone."""

    code = "asset_not_found"
