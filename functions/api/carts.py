"""Which Lambda answers for carts?"""

from chalicelib.carts.routes import router
from chalicelib.core.http import Api

app = Api("carts", router)
