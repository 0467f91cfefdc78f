"""What are readers told, and what becomes of it? Each use case writes a message and has it delivered once."""

from chalicelib.notifications.service.account_mails import mail_challenge, tell, tell_both_addresses
from chalicelib.notifications.service.account_texts import text_challenge
from chalicelib.notifications.service.order_mails import confirm_order
from chalicelib.notifications.service.product_mails import tell_of_approved_product, tell_of_refused_product
from chalicelib.notifications.service.reports import SIGNATURE_HEADER, receive_report
from chalicelib.notifications.service.stock_mails import tell_keepers

__all__ = [
    "SIGNATURE_HEADER",
    "confirm_order",
    "mail_challenge",
    "receive_report",
    "tell",
    "tell_both_addresses",
    "tell_keepers",
    "tell_of_approved_product",
    "tell_of_refused_product",
    "text_challenge",
]
