"""Which Lambda answers for accounts and sessions?"""

from chalicelib.core.http import Api
from chalicelib.users.routes import router

app = Api("users", router)
