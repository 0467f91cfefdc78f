"""What does notifications decide without asking anybody?"""

from chalicelib.notifications.rules.confirming import Confirmation, ConfirmedLine, confirmation, money_text, one_line
from chalicelib.notifications.rules.reminding import CartReminder, LeftLine, cart_reminder
from chalicelib.notifications.rules.reports import may_follow

__all__ = [
    "CartReminder",
    "Confirmation",
    "ConfirmedLine",
    "LeftLine",
    "cart_reminder",
    "confirmation",
    "may_follow",
    "money_text",
    "one_line",
]
