"""Which Lambda answers for delivery?"""

from chalicelib.core.http import Api
from chalicelib.shipping.routes import router

app = Api("shipping", router)
