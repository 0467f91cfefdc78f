"""Which Lambda answers for pictures?"""

from chalicelib.core.http import Api
from chalicelib.pictures.routes import router

app = Api("pictures", router)
