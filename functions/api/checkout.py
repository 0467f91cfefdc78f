"""Which Lambda answers for checkouts?"""

from chalicelib.checkout.routes import router
from chalicelib.core.http import Api

app = Api("checkout", router)
