"""Which Lambda answers for the catalogue?"""

from chalicelib.catalog.routes import router
from chalicelib.core.http import Api

app = Api("catalog", router)
