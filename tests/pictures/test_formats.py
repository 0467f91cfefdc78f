"""Which files are taken for pictures, and which are refused, for what reason?"""

import pytest

from chalicelib.pictures.enums import PictureType, RefusalReason
from chalicelib.pictures.errors import UploadRefused
from chalicelib.pictures.formats import inspected
from tests.pictures.files import (
    FILM,
    PDF,
    SCRIPT,
    SVG,
    a_bomb,
    a_photo,
    a_photo_with_previews,
    an_archive,
    chunk,
    drawn,
    encoded,
    segment,
    srgb_profile,
    with_chunks,
    with_riff_chunk,
    with_segments,
)

JPEG, PNG, WEBP = PictureType.JPEG, PictureType.PNG, PictureType.WEBP
PHOTO = a_photo()
A_PNG, A_WEBP = encoded(drawn(), "PNG"), encoded(drawn(), "WEBP")
FRAMES = {"save_all": True, "append_images": [drawn().rotate(90)], "duration": 100}
COMMENT, APP1, APP11 = 0xFE, 0xE1, 0xEB

GOOD = {
    "a phone's photo": (PHOTO, JPEG),
    "a progressive one": (a_photo(progressive=True), JPEG),
    "a grey one": (encoded(drawn(mode="L")), JPEG),
    "one for print": (encoded(drawn(mode="CMYK")), JPEG),
    "one with a profile": (a_photo(icc_profile=srgb_profile()), JPEG),
    "one with restart markers": (encoded(drawn(), restart_marker_rows=1), JPEG),
    "one with previews or a gain map": (a_photo_with_previews(), JPEG),
    "a motion photo": (PHOTO + FILM, JPEG),
    "a preview and a film": (a_photo_with_previews() + FILM, JPEG),
    "one of Samsung's": (PHOTO + b"\0\0\x01\n\x0e\0\0\0Image_UTC_Data1764050000000" + b"SEFH\x6b\0\0\0SEFT", JPEG),
    "one that ends in padding": (PHOTO + b"\0" * 4096 + b"\r\n", JPEG),
    "one with XMP": (with_segments(PHOTO, segment(APP1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>")), JPEG),
    "a PNG": (A_PNG, PNG),
    "one with a palette": (encoded(drawn(mode="P"), "PNG"), PNG),
    "one that is see-through": (encoded(drawn(mode="RGBA"), "PNG"), PNG),
    "one with a profile and text": (
        with_chunks(encoded(drawn(), "PNG", icc_profile=srgb_profile()), chunk(b"tEXt", b"Software\0GIMP")),
        PNG,
    ),
    "a WebP": (A_WEBP, WEBP),
    "a lossless one": (encoded(drawn(mode="RGBA"), "WEBP", lossless=True), WEBP),
    "one with Exif": (encoded(drawn(), "WEBP", exif=b"Exif\0\0" + b"MM\0*\0\0\0\x08\0\0\0\0\0\0"), WEBP),
}
HOSTILE = {
    "nothing": (b"", JPEG, RefusalReason.EMPTY),
    "a PNG that says it is a JPEG": (A_PNG, JPEG, RefusalReason.WRONG_TYPE),
    "a JPEG that says it is a WebP": (PHOTO, WEBP, RefusalReason.WRONG_TYPE),
    "a GIF that says it is a PNG": (encoded(drawn(), "GIF"), PNG, RefusalReason.WRONG_TYPE),
    "an SVG with script that says it is a PNG": (SVG, PNG, RefusalReason.WRONG_TYPE),
    "a page that says it is a JPEG": (b"<html>" + SCRIPT, JPEG, RefusalReason.WRONG_TYPE),
    "a sound that says it is a WebP": (b"RIFF\x24\0\0\0WAVEfmt ", WEBP, RefusalReason.WRONG_TYPE),
    "a truncated JPEG": (PHOTO[: len(PHOTO) // 2], JPEG, RefusalReason.UNREADABLE),
    "the first bytes of a JPEG": (PHOTO[:20], JPEG, RefusalReason.UNREADABLE),
    "a JPEG of nothing but its ends": (b"\xff\xd8\xff\xd9", JPEG, RefusalReason.UNREADABLE),
    "a truncated PNG": (A_PNG[:-20], PNG, RefusalReason.UNREADABLE),
    "a PNG that begins with something else": (
        A_PNG[:8] + chunk(b"IDAT", b"") + A_PNG[8:],
        PNG,
        RefusalReason.UNREADABLE,
    ),
    "a truncated WebP": (A_WEBP[:-20], WEBP, RefusalReason.UNREADABLE),
    "a PNG of 3.6 billion pixels": (a_bomb(), PNG, RefusalReason.TOO_MANY_PIXELS),
    "a JPEG that promises 65535 x 65535": (
        PHOTO.replace(b"\x08\x02\x58\x03\x20", b"\x08\xff\xff\xff\xff"),
        JPEG,
        RefusalReason.TOO_MANY_PIXELS,
    ),
    "a JPEG of endless scans": (
        PHOTO[:-2] + segment(0xDA, b"\x01\x01\0\0\x3f\0") * 100 + b"\xff\xd9",
        JPEG,
        RefusalReason.UNREADABLE,
    ),
    "a megabyte of Exif": (
        with_segments(PHOTO, *[segment(APP1, b"Exif\0\0" + bytes(65_000))] * 16),
        JPEG,
        RefusalReason.TOO_MUCH_METADATA,
    ),
    "a megabyte of Exif in a PNG": (
        with_chunks(A_PNG, chunk(b"eXIf", bytes(1_000_001))),
        PNG,
        RefusalReason.TOO_MUCH_METADATA,
    ),
    "a megabyte of Exif in a WebP": (
        with_riff_chunk(A_WEBP, b"EXIF", bytes(1_000_001)),
        WEBP,
        RefusalReason.TOO_MUCH_METADATA,
    ),
    "script in a comment": (
        with_segments(PHOTO, segment(COMMENT, b"*/" + SCRIPT)),
        JPEG,
        RefusalReason.SOMETHING_ELSE_INSIDE,
    ),
    "script in Exif": (
        with_segments(PHOTO, segment(APP1, b"Exif\0\0<?php system($_GET[0]); ?>")),
        JPEG,
        RefusalReason.SOMETHING_ELSE_INSIDE,
    ),
    "an archive in a segment": (
        with_segments(PHOTO, segment(APP11, an_archive())),
        JPEG,
        RefusalReason.SOMETHING_ELSE_INSIDE,
    ),
    "a page behind a JPEG": (PHOTO + b"<HTML>" + SCRIPT, JPEG, RefusalReason.SOMETHING_ELSE_INSIDE),
    "an archive behind a JPEG": (PHOTO + an_archive(), JPEG, RefusalReason.SOMETHING_ELSE_INSIDE),
    "an archive in the film of a motion photo": (
        PHOTO + FILM + an_archive(),
        JPEG,
        RefusalReason.SOMETHING_ELSE_INSIDE,
    ),
    "a document behind a JPEG": (PHOTO + PDF, JPEG, RefusalReason.SOMETHING_ELSE_INSIDE),
    "script in the preview behind a JPEG": (
        PHOTO + with_segments(a_photo(80, 60), segment(COMMENT, SCRIPT)),
        JPEG,
        RefusalReason.SOMETHING_ELSE_INSIDE,
    ),
    "a program behind a JPEG": (PHOTO + b"MZ\x90\0" + bytes(60), JPEG, RefusalReason.SOMETHING_ELSE_INSIDE),
    "script in the text of a PNG": (
        with_chunks(A_PNG, chunk(b"tEXt", b"Comment\0" + SCRIPT)),
        PNG,
        RefusalReason.SOMETHING_ELSE_INSIDE,
    ),
    "an archive behind a PNG": (A_PNG + an_archive(), PNG, RefusalReason.SOMETHING_ELSE_INSIDE),
    "script in a WebP": (with_riff_chunk(A_WEBP, b"XMP ", SVG), WEBP, RefusalReason.SOMETHING_ELSE_INSIDE),
    "a document behind a WebP": (A_WEBP + PDF, WEBP, RefusalReason.SOMETHING_ELSE_INSIDE),
    "a PNG that moves": (encoded(drawn(), "PNG", **FRAMES), PNG, RefusalReason.ANIMATED),
    "a WebP that moves": (encoded(drawn(), "WEBP", **FRAMES), WEBP, RefusalReason.ANIMATED),
}


@pytest.mark.parametrize("name", GOOD)
def test_usual_pictures_are_taken(name: str):
    data, declared = GOOD[name]

    found = inspected(data, declared)

    assert (found.width, found.height) == (800, 600)


@pytest.mark.parametrize("name", HOSTILE)
def test_other_files_are_refused_with_a_reason(name: str):
    data, declared, reason = HOSTILE[name]

    with pytest.raises(UploadRefused) as refused:
        inspected(data, declared)

    assert refused.value.reason is reason


def test_what_is_larger_than_the_limit_is_refused(monkeypatch):
    monkeypatch.setenv("UPLOAD_LIMIT_BYTES", str(len(PHOTO) - 1))

    with pytest.raises(UploadRefused, match="too_large"):
        inspected(PHOTO, JPEG)


def test_the_limit_of_pixels_is_a_setting(monkeypatch):
    monkeypatch.setenv("PICTURE_PIXELS_LIMIT", str(800 * 600 - 1))

    with pytest.raises(UploadRefused, match="too_many_pixels"):
        inspected(PHOTO, JPEG)


def test_the_limit_of_metadata_is_a_setting(monkeypatch):
    monkeypatch.setenv("PICTURE_METADATA_LIMIT_BYTES", "10")

    with pytest.raises(UploadRefused, match="too_much_metadata"):
        inspected(PHOTO, JPEG)


def test_what_showing_does_not_need_never_reaches_a_decoder():
    xmp = segment(APP1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>")
    data = with_segments(a_photo_with_previews(), xmp, segment(COMMENT, b"a note"))

    needed = inspected(data, JPEG).needed

    assert not any(each in needed for each in (b"xmpmeta", b"a note", b"MPF\0"))
    assert needed.count(b"\xff\xd8\xff") == 1
    assert needed.endswith(b"\xff\xd9")


@pytest.mark.parametrize(("data", "declared"), [(PHOTO, JPEG), (A_PNG, PNG), (A_WEBP, WEBP)])
def test_no_truncation_is_mistaken_for_a_bug(data: bytes, declared: PictureType):
    for length in range(len(declared) + 4, len(data) - 2, max(1, len(data) // 200)):
        with pytest.raises(UploadRefused):
            inspected(data[:length], declared)
