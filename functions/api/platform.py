"""Which Lambda answers for the platform itself?"""

from chalicelib.core.http import Api
from chalicelib.platform.routes import router

app = Api("platform", router)
