"""What makes a gallery? Its pictures in order, where their files lie, and which of them shoppers see."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from chalicelib.pictures.enums import PictureStatus, PictureType, RefusalReason

# A gallery is one item beside its product, and whoever reads that pays for it too.
PICTURES_LIMIT = 20
WIDTHS = (320, 640, 1280, 1920)
# What is made of each upload, and how the names of its files end.
MADE = {PictureType.WEBP: "webp", PictureType.JPEG: "jpg"}
UPLOADS, PICTURES = "uploads/", "pictures/"
_UPLOAD = re.compile(rf"{UPLOADS}(prd_\w+)/(pic_\w+)")

Texts = Mapping[str, str]  # by locale


@dataclass(frozen=True)
class Picture:
    """One picture of a product. ``width`` and ``height`` are those of its largest size, upright.

    ``proposed_alt`` is what a vendor wants to be said of a picture whose words were approved before; ``digest``
    names the content that was uploaded.
    """

    id: str
    requested_at: str
    alt: Texts = field(default_factory=dict)
    status: PictureStatus = PictureStatus.AWAITED
    reason: RefusalReason | None = None
    width: int = 0
    height: int = 0
    widths: tuple[int, ...] = ()
    is_approved: bool = False
    proposed_alt: Texts | None = None
    digest: str = ""

    @property
    def is_awaited(self) -> bool:
        return self.status is PictureStatus.AWAITED

    @property
    def is_ready(self) -> bool:
        return self.status is PictureStatus.READY

    @property
    def is_shown(self) -> bool:
        """Tell whether shoppers may see it."""
        return self.is_ready and self.is_approved

    @property
    def awaits_approval(self) -> bool:
        """Tell whether somebody who may approve has something to look at."""
        return self.is_ready and (not self.is_approved or self.proposed_alt is not None)


@dataclass(frozen=True)
class Source:
    """One size of a picture in one format, and the address where anybody may fetch it."""

    url: str
    width: int
    type: PictureType


def shown(pictures: Iterable[Picture]) -> list[Picture]:
    """Return the pictures that shoppers see, in their order; the first is the main one."""
    return [picture for picture in pictures if picture.is_shown]


def sources(product_id: str, picture: Picture, base_url: str) -> Iterator[Source]:
    """Name every file of a picture, the better format first."""
    for made in MADE:
        for width in picture.widths:
            yield Source(f"{base_url}/{file_key(product_id, picture, width=width, made=made)}", width, made)


def widths_for(width: int) -> tuple[int, ...]:
    """Return the widths to make of something so wide, which is never made larger than it is."""
    return (*(each for each in WIDTHS if each < width), width) if width < WIDTHS[-1] else WIDTHS


def upload_key(product_id: str, picture_id: str) -> str:
    """Return where the seller puts the file."""
    return f"{UPLOADS}{product_id}/{picture_id}"


def named_by(key: str) -> tuple[str, str] | None:
    """Return the product and the picture that an uploaded file is for."""
    match = _UPLOAD.fullmatch(key)
    return (match[1], match[2]) if match else None


def files_prefix(product_id: str, picture_id: str, *, digest: str = "") -> str:
    """Return what the keys of all files of a picture, or of those made of one upload, begin with."""
    return f"{PICTURES}{product_id}/{picture_id}/{f'{digest}/' if digest else ''}"


def file_key(product_id: str, picture: Picture, *, width: int, made: PictureType) -> str:
    """Return where one size of a picture lies. No two contents ever lie at the same place."""
    return f"{files_prefix(product_id, picture.id, digest=picture.digest)}{width}.{MADE[made]}"


def find(pictures: Iterable[Picture], picture_id: str) -> Picture | None:
    """Return the picture with this id."""
    return next((picture for picture in pictures if picture.id == picture_id), None)


def placed(pictures: Iterable[Picture], picture: Picture) -> list[Picture]:
    """Return the gallery with this picture in the place of the one that it was."""
    return [picture if each.id == picture.id else each for each in pictures]


def settled(present: Picture, outcome: Picture) -> Picture:
    """Return an awaited picture with what became of its upload; what was said of it meanwhile stays."""
    return replace(
        present,
        status=outcome.status,
        reason=outcome.reason,
        digest=outcome.digest,
        width=outcome.width,
        height=outcome.height,
        widths=outcome.widths,
    )


def described(picture: Picture, alt: Texts, *, is_approved: bool) -> Picture:
    """Return a picture of which something else is said, at once or, if shoppers see it, after somebody approves."""
    if is_approved or not picture.is_shown:
        return replace(picture, alt=alt, proposed_alt=None)
    return replace(picture, proposed_alt=None if alt == picture.alt else alt)


def approved(picture: Picture) -> Picture:
    """Return a picture that shoppers see, with the words wished for it; one that nobody can see yet stays as it is."""
    if not picture.is_ready:
        return picture
    alt = picture.alt if picture.proposed_alt is None else picture.proposed_alt
    return replace(picture, is_approved=True, alt=alt, proposed_alt=None)
