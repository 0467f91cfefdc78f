"""Which Lambda makes pictures of what was uploaded?"""

from chalicelib.pictures.reactions.processing import uploads

handler = uploads.handler
