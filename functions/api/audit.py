"""Which Lambda lets staff search the audit trail?"""

from chalicelib.audit.routes import router
from chalicelib.core.http import Api

app = Api("audit", router)
