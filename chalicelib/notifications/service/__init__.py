"""What are readers told? Each use case renders a letter and has it delivered once."""

from chalicelib.notifications.service.account_mails import mail_challenge, tell, tell_both_addresses
from chalicelib.notifications.service.order_mails import confirm_order

__all__ = ["confirm_order", "mail_challenge", "tell", "tell_both_addresses"]
