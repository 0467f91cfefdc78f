"""How does a seller add, arrange, describe and remove pictures?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from chalicelib.core import audit, clock, ids
from chalicelib.core.errors import demand_version
from chalicelib.core.settings import settings
from chalicelib.core.storage import files, transactions
from chalicelib.core.storage.files import UploadForm
from chalicelib.pictures import rules
from chalicelib.pictures.errors import GalleryFull, PictureNotFound, PictureOrderIncomplete
from chalicelib.pictures.models import Gallery
from chalicelib.pictures.rules import PICTURES_LIMIT, Picture
from chalicelib.pictures.schemas import PictureDraft, PicturesChange
from chalicelib.pictures.service.galleries import gallery_of, save, sweep_files_of, upload_row


@dataclass(frozen=True)
class Requested:
    """A picture that is awaited, and the form by which its file is uploaded."""

    gallery: Gallery
    picture: Picture
    form: UploadForm


def request_upload(product_id: str, draft: PictureDraft, *, limited_to: str | None) -> Requested:
    """Make room for a picture and let its file be uploaded. What staff add needs nobody's approval.

    Raises ``GalleryNotFound`` or ``GalleryFull``.
    """
    gallery = gallery_of(product_id, limited_to=limited_to)
    if len(gallery.pictures) >= PICTURES_LIMIT:
        raise GalleryFull(limit=PICTURES_LIMIT)
    now, picture_id = clock.as_text(clock.now()), ids.new("pic")
    picture = Picture(picture_id, requested_at=now, alt=draft.alt, is_approved=limited_to is None)
    form = files.upload_form(
        rules.upload_key(product_id, picture_id),
        draft.content_type,
        max_bytes=settings.upload_limit_bytes,
        within_seconds=settings.upload_within_seconds,
    )
    given_up_at = form.expires_at + timedelta(seconds=settings.upload_grace_seconds)
    gallery.pictures = [*gallery.pictures, picture]
    with transactions.write() as work:
        save(gallery)
        work.create(upload_row(product_id, picture_id, due_at=given_up_at, content_type=draft.content_type))
    audit.changed({}, {f"pictures[{picture_id}]": {"content_type": draft.content_type, "alt": draft.alt}})
    return Requested(gallery, picture, form)


def arrange(product_id: str, change: PicturesChange, *, limited_to: str | None, if_version: int | None) -> Gallery:
    """Put pictures in another order, or say something else of them.

    What a vendor says of an approved picture is shown once it is approved. Raises ``GalleryNotFound``,
    ``PreconditionFailed``, ``PictureNotFound`` or ``PictureOrderIncomplete``.
    """
    gallery = _unchanged(product_id, limited_to, if_version)
    before = list(gallery.pictures)
    described = _described(before, change.alt or {}, is_approved=limited_to is None)
    gallery.pictures = _ordered(described, change.order)
    save(gallery)
    audit.changed(_told_of(before), _told_of(gallery.pictures))
    return gallery


def remove(product_id: str, picture_id: str, *, limited_to: str | None, if_version: int | None) -> None:
    """Take a picture out of its gallery; its files follow a little later.

    Raises ``GalleryNotFound``, ``PreconditionFailed`` or ``PictureNotFound``.
    """
    gallery = _unchanged(product_id, limited_to, if_version)
    picture = rules.find(gallery.pictures, picture_id)
    if picture is None:
        raise PictureNotFound(picture_id=picture_id)
    gallery.pictures = [each for each in gallery.pictures if each.id != picture_id]
    with transactions.write():
        save(gallery)
        sweep_files_of(gallery, picture)
    audit.changed({f"pictures[{picture_id}]": {"status": picture.status, "alt": picture.alt}}, {})


def _unchanged(product_id: str, limited_to: str | None, if_version: int | None) -> Gallery:
    gallery = gallery_of(product_id, limited_to=limited_to)
    demand_version(if_version, gallery.version)
    return gallery


def _described(
    pictures: Sequence[Picture], alts: Mapping[str, Mapping[str, str]], *, is_approved: bool
) -> list[Picture]:
    unknown = alts.keys() - {picture.id for picture in pictures}
    if unknown:
        raise PictureNotFound(picture_id=min(unknown))
    return [
        rules.described(picture, alts[picture.id], is_approved=is_approved) if picture.id in alts else picture
        for picture in pictures
    ]


def _ordered(pictures: Sequence[Picture], order: Sequence[str] | None) -> list[Picture]:
    if order is None:
        return list(pictures)
    by_id = {picture.id: picture for picture in pictures}
    if sorted(order) != sorted(by_id):
        raise PictureOrderIncomplete(picture_ids=list(by_id))
    return [by_id[picture_id] for picture_id in order]


def _told_of(pictures: Sequence[Picture]) -> dict[str, object]:
    told: dict[str, object] = {"order": [picture.id for picture in pictures]}
    for picture in pictures:
        told[f"pictures[{picture.id}]"] = picture.alt if picture.proposed_alt is None else picture.proposed_alt
    return told
