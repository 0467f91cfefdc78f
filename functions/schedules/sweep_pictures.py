"""Which Lambda deletes the files of pictures that are no more?"""

from chalicelib.pictures.reactions.sweeping import sweep as handler

__all__ = ["handler"]
