"""How are deliveries found?"""

from chalicelib.core.storage import keys
from chalicelib.core.storage.table import find
from chalicelib.notifications.models import Delivery


def find_delivery(message_id: str) -> Delivery | None:
    """Return the record of a message's delivery, if somebody began one."""
    return find(Delivery, keys.delivery(message_id))
