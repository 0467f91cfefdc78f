"""Which Lambda answers for stock?"""

from chalicelib.core.http import Api
from chalicelib.inventory.routes import router

app = Api("inventory", router)
