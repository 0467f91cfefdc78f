"""Which Lambda looks how far stock has fallen?"""

from chalicelib.inventory.reactions import watch

handler = watch.handler
