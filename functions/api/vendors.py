"""Which Lambda answers for vendors?"""

from chalicelib.core.http import Api
from chalicelib.vendors.routes import router

app = Api("vendors", router)
