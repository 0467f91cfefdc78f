"""Which Lambda answers for addresses?"""

from chalicelib.addresses.routes import router
from chalicelib.core.http import Api

app = Api("addresses", router)
