"""Which Lambda answers for payments?"""

from chalicelib.core.http import Api
from chalicelib.payments.routes import router

app = Api("payments", router)
