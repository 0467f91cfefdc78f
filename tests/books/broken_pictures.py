"""How can galleries, pictures and the care for their files be broken?"""

from collections.abc import Callable
from dataclasses import replace

from chalicelib.catalog.models import Product
from chalicelib.core.storage import keys
from chalicelib.pictures.enums import PictureStatus, RefusalReason
from chalicelib.pictures.models import Gallery, Upload
from chalicelib.pictures.rules import Picture, placed
from tests.books.breaking import A_DAY_AGO, Breakages
from tests.books.copy_of_table import TableCopy

breakages = Breakages()


def hung(table: TableCopy) -> Gallery:
    """Return the gallery with pictures."""
    return next(gallery for gallery in table.all(Gallery) if gallery.pictures)


def with_other(table: TableCopy, status: PictureStatus, change: Callable[[Picture], Picture]) -> None:
    """Change the last picture of a state; lists show the first."""
    gallery = hung(table)
    last = [each for each in gallery.pictures if each.status is status][-1]
    table.change(gallery, pictures=placed(gallery.pictures, change(last)))


@breakages.of("galleries_belong_to_products")
def a_product_lost_its_gallery(table: TableCopy) -> None:
    draft = table.one(Product, status="draft")
    table.drop(table.at(Gallery, keys.gallery(draft.product_id)))


@breakages.of("galleries_belong_to_products")
def a_gallery_is_another_vendors(table: TableCopy) -> None:
    table.change(hung(table), vendor_id="ven_DORZE")


@breakages.of("galleries_belong_to_products")
def a_gallery_hangs_beside_nothing(table: TableCopy) -> None:
    table.add(Gallery.at(keys.gallery("prd_NONE"), product_id="prd_NONE", vendor_id="ven_DORZE"))


@breakages.of("galleries_belong_to_products")
def a_deleted_product_takes_pictures(table: TableCopy) -> None:
    table.change(table.one(Gallery, is_closed=True), is_closed=False)


@breakages.of("pictures_are_what_their_state_says")
def a_ready_picture_has_no_sizes(table: TableCopy) -> None:
    with_other(table, PictureStatus.READY, lambda each: replace(each, widths=()))


@breakages.of("pictures_are_what_their_state_says")
def a_picture_says_another_width_than_its_largest(table: TableCopy) -> None:
    with_other(table, PictureStatus.READY, lambda each: replace(each, width=each.width - 1))


@breakages.of("pictures_are_what_their_state_says")
def a_picture_was_refused_for_nothing(table: TableCopy) -> None:
    with_other(table, PictureStatus.REFUSED, lambda each: replace(each, reason=None))


@breakages.of("pictures_are_what_their_state_says")
def an_awaited_picture_was_refused(table: TableCopy) -> None:
    with_other(table, PictureStatus.AWAITED, lambda each: replace(each, reason=RefusalReason.EMPTY))


@breakages.of("pictures_are_what_their_state_says")
def a_refused_picture_has_sizes(table: TableCopy) -> None:
    with_other(table, PictureStatus.REFUSED, lambda each: replace(each, widths=(320,)))


@breakages.of("pictures_are_what_their_state_says")
def other_words_are_proposed_for_a_refused_picture(table: TableCopy) -> None:
    with_other(table, PictureStatus.REFUSED, lambda each: replace(each, proposed_alt={"en": "A cup"}))


@breakages.of("pictures_are_what_their_state_says")
def a_picture_hangs_twice(table: TableCopy) -> None:
    gallery = hung(table)
    table.change(gallery, pictures=[*gallery.pictures, gallery.pictures[0]])


@breakages.of("pictures_are_what_their_state_says")
def a_closed_gallery_has_a_picture(table: TableCopy) -> None:
    refused = next(each for each in hung(table).pictures if each.status is PictureStatus.REFUSED)
    table.change(table.one(Gallery, is_closed=True), pictures=[refused])


@breakages.of("files_are_looked_after")
def nobody_gives_up_an_awaited_picture(table: TableCopy) -> None:
    awaited = next(each for each in hung(table).pictures if each.is_awaited)
    table.drop(table.at(Upload, keys.picture_upload(awaited.id)))


@breakages.of("files_are_looked_after")
def the_files_of_a_ready_picture_are_about_to_go(table: TableCopy) -> None:
    ready = next(each for each in hung(table).pictures if each.is_ready)
    row = table.one(Upload)
    row.pk, row.sk = keys.picture_upload(ready.id)
    table.change(row, picture_id=ready.id, product_id=hung(table).product_id)


@breakages.of("files_are_looked_after")
def nobody_sweeps(table: TableCopy) -> None:
    table.change(table.one(Upload), gsi1sk=A_DAY_AGO)
