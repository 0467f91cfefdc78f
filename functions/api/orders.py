"""Which Lambda answers for orders?"""

from chalicelib.core.http import Api
from chalicelib.orders.routes import router

app = Api("orders", router)
