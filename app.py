"""The whole API as one Chalice app: for ``chalice local``, fast tests and one-Lambda deployments."""

from chalicelib.core.http import Api
from chalicelib.platform.routes import router as platform
from chalicelib.users.routes import router as users
from chalicelib.vendors.routes import router as vendors

app = Api("nexus", platform, users, vendors)
