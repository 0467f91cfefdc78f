"""What can be done with pictures?"""

from chalicelib.pictures.service.galleries import open_gallery, shown_in

__all__ = ["open_gallery", "shown_in"]
