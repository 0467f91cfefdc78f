"""How can the vendors domain refuse?"""

from chalicelib.core.errors import Conflict, Forbidden, NotFound


class VendorExists(Conflict):
    """The wanted id, ``vendor_id``, is in use."""

    code = "vendor_exists"


class VendorNotFound(NotFound):
    code = "vendor_not_found"


class VendorApplicationNotFound(NotFound):
    code = "vendor_application_not_found"


class VendorApplicationOpen(Conflict):
    """The applicant has applied already and waits for an answer; facts: ``application_id``."""

    code = "vendor_application_open"


class VendorApplicationClosed(Conflict):
    """The application was decided or withdrawn before; facts: ``application_status``."""

    code = "vendor_application_closed"


class AlreadySelling(Forbidden):
    """Who sells for a vendor may not ask for another; facts: ``vendor_id``."""

    code = "already_selling"


class ApplicantInactive(Conflict):
    """The applicant's account is not in use any more."""

    code = "applicant_inactive"
