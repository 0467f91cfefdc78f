"""Who deletes files that belong to nothing? A sweep each minute, picture by picture."""

from datetime import timedelta

from chalicelib.core import clock, schedules
from chalicelib.core.settings import settings
from chalicelib.core.storage import files, keys, transactions
from chalicelib.pictures import rules, store
from chalicelib.pictures.models import Upload
from chalicelib.pictures.service.galleries import save

_SWEPT_AT_ONCE = 50


def sweep(context: object = None) -> dict[str, int]:
    """Look after every picture whose time has come; what fails is looked after again a little later."""
    due = store.uploads_due(clock.now(), limit=_SWEPT_AT_ONCE)
    return schedules.for_each(
        due,
        look_after,
        put_off=_look_again_later,
        due_at=lambda each: each.gsi1sk,
        job="sweep_pictures",
        context=context,
    )


def look_after(due: Upload) -> None:
    """Give up a picture whose file never came, and delete the files of one that its gallery has no more.

    The gallery first, then the files, then the row: whatever is cut short is done again.
    """
    gallery, upload = store.gallery_with_upload(due.product_id, due.picture_id)
    if upload is None or upload.gsi1sk != due.gsi1sk:
        return
    if gallery is not None and rules.find(gallery.pictures, due.picture_id) is not None:
        gallery.pictures = [each for each in gallery.pictures if each.id != due.picture_id]
        save(gallery)
    files.drop([rules.upload_key(due.product_id, due.picture_id)])
    files.drop_below(rules.files_prefix(due.product_id, due.picture_id))
    with transactions.write() as work:
        work.delete(upload)


def _look_again_later(due: Upload) -> None:
    later = clock.as_text(clock.now() + timedelta(seconds=settings.upload_grace_seconds))
    with transactions.write() as work:
        row = Upload.at(keys.picture_upload(due.picture_id))
        work.update(row, [Upload.gsi1sk.set(later)], when=Upload.gsi1sk == due.gsi1sk)
