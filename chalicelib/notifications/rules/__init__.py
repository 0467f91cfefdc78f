"""What does notifications decide without asking anybody?"""

from chalicelib.notifications.rules.confirming import Confirmation, ConfirmedLine, confirmation, money_text, one_line
from chalicelib.notifications.rules.reports import may_follow

__all__ = ["Confirmation", "ConfirmedLine", "confirmation", "may_follow", "money_text", "one_line"]
