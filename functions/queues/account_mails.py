"""Which Lambda mails people about their accounts?"""

from chalicelib.notifications.reactions import account_mails

handler = account_mails.handler
