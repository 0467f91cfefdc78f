"""Which Lambda answers for exchange rates?"""

from chalicelib.core.http import Api
from chalicelib.pricing.routes import router

app = Api("pricing", router)
