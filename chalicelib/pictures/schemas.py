"""How do pictures look on the wire?"""

from chalicelib.core.wire import View
from chalicelib.pictures.enums import PictureType


class SourceView(View):
    """One size of a picture in one format. The address may be kept for ever: another picture has another one."""

    url: str
    width: int
    type: PictureType


class PictureView(View):
    """A picture as shoppers see it; ``width`` and ``height`` are those of the largest size."""

    id: str
    alt: str
    width: int
    height: int
    sources: list[SourceView]
