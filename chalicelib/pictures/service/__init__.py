"""What can be done with pictures? Open, arrange, describe, approve and show them, and clear away what is left over.

How a file becomes a picture is in ``processing``, which is not named here: it takes a library that few functions have.
"""

from chalicelib.pictures.service.arranging import Requested, arrange, remove, request_upload
from chalicelib.pictures.service.galleries import (
    approve_all,
    awaits_approval,
    close_gallery,
    gallery_key,
    gallery_of,
    open_gallery,
    shown_in,
)
from chalicelib.pictures.service.noticing import receive_notice
from chalicelib.pictures.service.sweeping import sweep

__all__ = [
    "Requested",
    "approve_all",
    "arrange",
    "awaits_approval",
    "close_gallery",
    "gallery_key",
    "gallery_of",
    "open_gallery",
    "receive_notice",
    "remove",
    "request_upload",
    "shown_in",
    "sweep",
]
