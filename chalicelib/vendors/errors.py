"""How can the vendors domain refuse?"""

from chalicelib.core.errors import Conflict, NotFound


class VendorExists(Conflict):
    """The wanted id, ``vendor_id``, is in use."""

    code = "vendor_exists"


class VendorNotFound(NotFound):
    code = "vendor_not_found"
