"""Which Lambda takes reports on what was sent?"""

from chalicelib.core.http import Api
from chalicelib.notifications.routes import router

app = Api("notifications", router)
