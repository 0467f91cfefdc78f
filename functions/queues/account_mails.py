"""Which Lambda mails people about their accounts?"""

from chalicelib.notifications.reactions.account_mails import consumer

handler = consumer.handler
