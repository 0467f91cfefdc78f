"""Which Lambda texts codes to people?"""

from chalicelib.notifications.reactions import account_texts

handler = account_texts.handler
