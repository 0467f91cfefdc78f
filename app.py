"""The whole API as one Chalice app: for ``chalice local``, fast tests and one-Lambda deployments."""

from chalicelib.carts.routes import router as carts
from chalicelib.core.http import Api
from chalicelib.inventory.routes import router as inventory
from chalicelib.platform.routes import router as platform

app = Api("nexus", platform, inventory, carts)
