"""What does the shop tell people, and what becomes of what it told them?"""

from chalicelib.notifications.service.order_mails import confirm_order
from chalicelib.notifications.service.reports import SIGNATURE_HEADER, receive_report
from chalicelib.notifications.service.texts import text_challenge

__all__ = ["SIGNATURE_HEADER", "confirm_order", "receive_report", "text_challenge"]
