"""What becomes of an uploaded file? A picture in every size, or a refusal; either way the file goes.

Each step may be repeated, late, or twice at once. Sizes are stored under the digest of what was uploaded, so that two
different files for one picture never mix; the gallery says which of them it became.
"""

import hashlib
from dataclasses import replace

from chalicelib.core.observability import count, logger
from chalicelib.core.settings import settings
from chalicelib.core.storage import files, keys, transactions
from chalicelib.pictures import formats, imaging, rules, store
from chalicelib.pictures.enums import PictureStatus, PictureType
from chalicelib.pictures.errors import UploadRefused
from chalicelib.pictures.models import Upload
from chalicelib.pictures.rules import Picture
from chalicelib.pictures.service.galleries import save

_DIGEST_DIGITS = 12


def process(key: str) -> None:
    """Make a picture of an uploaded file, once; what nobody awaits any more is deleted."""
    named = rules.named_by(key)
    if named is None:
        logger.warning("a file that is no upload", key=key)
        return
    product_id, picture_id = named
    gallery, upload = store.gallery_with_upload(product_id, picture_id)
    picture = rules.find(gallery.pictures, picture_id) if gallery else None
    if picture is None:
        files.drop_below(rules.files_prefix(product_id, picture_id))
    elif picture.is_awaited and upload is not None:
        data = files.read(key, limit_bytes=settings.upload_limit_bytes)
        if data is None:
            return
        outcome = _outcome(data, PictureType(upload.content_type or ""), picture=picture, product_id=product_id)
        settle(product_id, outcome)
    files.drop([key])


def settle(product_id: str, outcome: Picture) -> None:
    """Put what became of an upload into the gallery, unless it became something before, or nobody wants it now."""
    present = transactions.settled(lambda: _noted(product_id, outcome))
    if present is None:
        files.drop_below(rules.files_prefix(product_id, outcome.id))
    elif present.digest != outcome.digest:
        files.drop_below(rules.files_prefix(product_id, outcome.id, digest=outcome.digest))
    logger.info("picture settled", product=product_id, picture=outcome.id, status=outcome.status, reason=outcome.reason)


def _outcome(data: bytes, declared: PictureType, *, picture: Picture, product_id: str) -> Picture:
    digest = hashlib.sha256(data).hexdigest()[:_DIGEST_DIGITS]
    try:
        needed = formats.inspected(data, declared).needed
        return _stored(needed, declared, picture=replace(picture, digest=digest), product_id=product_id)
    except UploadRefused as refused:
        count("UploadsRefused")
        return replace(picture, status=PictureStatus.REFUSED, reason=refused.reason, digest=digest)


def _stored(data: bytes, declared: PictureType, *, picture: Picture, product_id: str) -> Picture:
    """Store every size. Returns the picture with its sizes, which nobody sees yet."""
    widths, height = set[int](), 0
    for each in imaging.renditions(data, declared, widths_for=rules.widths_for):
        key = rules.file_key(product_id, picture, width=each.width, made=each.type)
        files.put(key, each.content, content_type=each.type)
        widths.add(each.width)
        height = max(height, each.height)
    made = tuple(sorted(widths))
    return replace(picture, status=PictureStatus.READY, width=made[-1], height=height, widths=made)


def _noted(product_id: str, outcome: Picture) -> Picture | None:
    """Return the picture as the gallery has it from now on, or ``None`` if it has it no more."""
    gallery = store.find_gallery(product_id)
    present = rules.find(gallery.pictures, outcome.id) if gallery else None
    if gallery is None or present is None or not present.is_awaited:
        return present
    gallery.pictures = rules.placed(gallery.pictures, rules.settled(present, outcome))
    with transactions.write() as work:
        save(gallery)
        work.delete(Upload.at(keys.picture_upload(outcome.id)))
    return outcome
