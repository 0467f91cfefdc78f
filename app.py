"""The whole API as one Chalice app: for ``chalice local``, fast tests and one-Lambda deployments."""

from chalicelib.addresses.routes import router as addresses
from chalicelib.audit.routes import router as audit
from chalicelib.carts.routes import router as carts
from chalicelib.catalog.routes import router as catalog
from chalicelib.checkout.routes import router as checkout
from chalicelib.core.http import Api
from chalicelib.inventory.routes import router as inventory
from chalicelib.notifications.routes import router as notifications
from chalicelib.orders.routes import router as orders
from chalicelib.payments.routes import router as payments
from chalicelib.pictures.routes import router as pictures
from chalicelib.platform.routes import router as platform
from chalicelib.pricing.routes import router as pricing
from chalicelib.promotions.routes import router as promotions
from chalicelib.shipping.routes import router as shipping
from chalicelib.users.routes import router as users
from chalicelib.vendors.routes import router as vendors

app = Api(
    "nexus",
    platform,
    users,
    addresses,
    vendors,
    catalog,
    pictures,
    inventory,
    shipping,
    pricing,
    promotions,
    carts,
    checkout,
    payments,
    orders,
    notifications,
    audit,
)
