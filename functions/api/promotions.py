"""Which Lambda answers for promotions?"""

from chalicelib.core.http import Api
from chalicelib.promotions.routes import router

app = Api("promotions", router)
