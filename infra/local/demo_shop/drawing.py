"""What do the goods of the demo shop look like? Each is drawn by what it is, in colours that its SKU decides."""

import hashlib
import io
import math
from collections.abc import Callable

from PIL import Image, ImageDraw

SIDE = 640
_SMOOTH = 2  # drawn larger and made smaller, so that edges are smooth
_QUALITY = 88

Colour = tuple[int, int, int]
_Motif = Callable[["_Sheet"], None]

_GROUNDS: tuple[Colour, ...] = ((244, 236, 222), (232, 238, 230), (240, 230, 228), (229, 234, 241), (245, 240, 214))
_DEEP: tuple[Colour, ...] = ((122, 62, 32), (46, 92, 74), (140, 44, 48), (44, 72, 120), (104, 74, 24), (88, 48, 96))
_BRIGHT: tuple[Colour, ...] = ((226, 164, 54), (206, 84, 60), (84, 146, 110), (92, 130, 184), (214, 128, 116))
_PALE: Colour = (250, 247, 240)


class _Sheet:
    """A square of paper with a pen that counts in thousandths of its side."""

    def __init__(self, sku: str) -> None:
        seed = hashlib.sha256(sku.encode()).digest()
        self.ground = _GROUNDS[seed[0] % len(_GROUNDS)]
        self.deep, self.bright = _DEEP[seed[1] % len(_DEEP)], _BRIGHT[seed[2] % len(_BRIGHT)]
        self.steps = 5 + seed[3] % 4
        self.image = Image.new("RGB", (SIDE * _SMOOTH, SIDE * _SMOOTH), self.ground)
        self._pen = ImageDraw.Draw(self.image)

    def box(self, left: float, top: float, right: float, bottom: float, colour: Colour, *, round_by: float = 0) -> None:
        self._pen.rounded_rectangle(self._at(left, top, right, bottom), self._at(round_by)[0], colour)

    def oval(self, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
        self._pen.ellipse(self._at(left, top, right, bottom), colour)

    def shape(self, *points: float, colour: Colour) -> None:
        self._pen.polygon(self._at(*points), colour)

    def line(self, *points: float, colour: Colour, width: float) -> None:
        self._pen.line(self._at(*points), colour, round(self._at(width)[0]), joint="curve")

    def arc(
        self, box: tuple[float, float, float, float], start: int, end: int, *, colour: Colour, width: float
    ) -> None:
        self._pen.arc(self._at(*box), start, end, colour, round(self._at(width)[0]))

    def woven_band(self, top: float, height: float) -> None:
        """Draw a border of diamonds, as weavers of tibeb do."""
        width = 1_000 / self.steps
        self.box(0, top, 1_000, top + height, self.deep)
        for number in range(self.steps):
            left, middle = number * width, top + height / 2
            for share, colour in ((0.46, self.bright), (0.28, _PALE), (0.14, self.deep)):
                across, down, centre = width * share, height * share, left + width / 2
                diamond = (
                    centre - across,
                    middle,
                    centre,
                    middle - down,
                    centre + across,
                    middle,
                    centre,
                    middle + down,
                )
                self.shape(*diamond, colour=colour)

    def jpeg(self) -> bytes:
        kept = io.BytesIO()
        self.image.resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(kept, "JPEG", quality=_QUALITY)
        return kept.getvalue()

    def _at(self, *thousandths: float) -> list[float]:
        return [each * SIDE * _SMOOTH / 1_000 for each in thousandths]


def drawn(sku: str, category_id: str) -> bytes:
    """Return a product's picture as JPEG: what its category sells, in colours and a border of its own."""
    sheet = _Sheet(sku)
    MOTIFS.get(category_id, _basket)(sheet)
    sheet.woven_band(870, 90)
    return sheet.jpeg()


def _bag(sheet: _Sheet) -> None:
    sheet.shape(300, 250, 700, 250, 740, 780, 260, 780, colour=sheet.deep)
    sheet.box(300, 200, 700, 270, sheet.bright, round_by=18)
    sheet.oval(390, 400, 610, 680, _PALE)
    sheet.oval(440, 440, 560, 640, sheet.deep)
    sheet.line(510, 445, 480, 540, 515, 635, colour=_PALE, width=14)


def _coffee_pot(sheet: _Sheet) -> None:
    sheet.oval(300, 420, 700, 800, sheet.deep)
    sheet.shape(445, 210, 555, 210, 590, 480, 410, 480, colour=sheet.deep)
    sheet.line(640, 520, 800, 360, colour=sheet.deep, width=44)
    sheet.arc((250, 260, 460, 560), 90, 285, colour=sheet.bright, width=30)
    sheet.oval(435, 180, 565, 235, sheet.bright)


def _bowl(sheet: _Sheet) -> None:
    for left, top in ((330, 330), (470, 270), (580, 350), (430, 380)):
        sheet.oval(left, top, left + 160, top + 160, sheet.bright)
    sheet.shape(200, 460, 800, 460, 680, 760, 320, 760, colour=sheet.deep)
    sheet.box(180, 430, 820, 490, sheet.deep, round_by=28)
    sheet.box(340, 750, 660, 800, sheet.bright, round_by=18)


def _jar(sheet: _Sheet) -> None:
    sheet.box(310, 300, 690, 800, sheet.bright, round_by=70)
    sheet.box(340, 200, 660, 300, sheet.deep, round_by=26)
    sheet.box(360, 430, 640, 680, _PALE, round_by=24)
    for left, top in ((430, 480), (510, 480), (470, 550), (550, 550)):
        hexagon = [point for turn in range(6) for point in _around(left, top + 30, 38, turn / 6)]
        sheet.shape(*hexagon, colour=sheet.bright)


def _cloth(sheet: _Sheet) -> None:
    sheet.shape(260, 160, 740, 160, 800, 800, 200, 800, colour=_PALE)
    for top in (560, 610, 660):
        sheet.line(222, top, 778, top, colour=sheet.bright, width=12)
    sheet.shape(216, 700, 784, 700, 800, 800, 200, 800, colour=sheet.deep)
    for left in range(260, 740, 80):
        sheet.shape(left, 750, left + 40, 712, left + 80, 750, left + 40, 788, colour=sheet.bright)
    sheet.line(500, 160, 500, 540, colour=sheet.deep, width=10)


def _basket(sheet: _Sheet) -> None:
    for number, radius in enumerate(range(320, 40, -40)):
        colour = (sheet.deep, sheet.bright, _PALE)[number % 3]
        sheet.oval(500 - radius, 500 - radius, 500 + radius, 500 + radius, colour)
    for turn in range(24):
        sheet.line(500, 500, *_around(500, 500, 318, turn / 24), colour=sheet.deep, width=3)


def _stool(sheet: _Sheet) -> None:
    for top, bottom in ((320, 250), (500, 500), (680, 750)):
        sheet.line(top, 420, bottom, 800, colour=sheet.deep, width=48)
    sheet.oval(220, 300, 780, 480, sheet.deep)
    sheet.oval(260, 312, 740, 440, sheet.bright)


def _candles(sheet: _Sheet) -> None:
    for left, top in ((270, 420), (450, 300), (630, 380)):
        sheet.box(left, top, left + 100, 800, _PALE, round_by=16)
        sheet.shape(
            left + 50, top - 130, left + 88, top - 40, left + 50, top - 10, left + 12, top - 40, colour=sheet.bright
        )
        sheet.line(left + 50, top - 30, left + 50, top + 10, colour=sheet.deep, width=8)
    sheet.box(200, 780, 800, 830, sheet.deep, round_by=20)


def _satchel(sheet: _Sheet) -> None:
    sheet.arc((330, 130, 670, 560), 180, 360, colour=sheet.deep, width=26)
    sheet.box(220, 340, 780, 800, sheet.deep, round_by=50)
    sheet.shape(220, 390, 780, 390, 700, 620, 300, 620, colour=sheet.bright)
    sheet.box(460, 580, 540, 680, _PALE, round_by=14)


def _cross(sheet: _Sheet) -> None:
    sheet.arc((340, 60, 660, 300), 20, 160, colour=sheet.deep, width=12)
    sheet.box(450, 270, 550, 810, sheet.deep, round_by=20)
    sheet.box(270, 440, 730, 540, sheet.deep, round_by=20)
    for left, top in ((500, 300), (500, 780), (300, 490), (700, 490), (500, 490)):
        sheet.shape(left - 70, top, left, top - 70, left + 70, top, left, top + 70, colour=sheet.bright)
        sheet.oval(left - 24, top - 24, left + 24, top + 24, _PALE)


def _book(sheet: _Sheet) -> None:
    sheet.box(270, 200, 740, 810, _PALE, round_by=14)
    sheet.box(250, 180, 710, 790, sheet.deep, round_by=20)
    sheet.box(250, 180, 310, 790, sheet.bright, round_by=20)
    sheet.box(390, 300, 640, 320, _PALE)
    sheet.box(390, 350, 580, 370, _PALE)
    sheet.shape(515, 480, 600, 580, 515, 680, 430, 580, colour=sheet.bright)


def _lyre(sheet: _Sheet) -> None:
    sheet.line(330, 200, 400, 620, colour=sheet.deep, width=34)
    sheet.line(670, 200, 600, 620, colour=sheet.deep, width=34)
    sheet.line(270, 210, 730, 210, colour=sheet.deep, width=40)
    sheet.oval(320, 520, 680, 830, sheet.bright)
    for left in range(420, 600, 32):
        sheet.line(left, 220, left, 720, colour=_PALE, width=5)
    sheet.box(400, 700, 600, 724, sheet.deep)


def _around(left: float, top: float, radius: float, turn: float) -> tuple[float, float]:
    angle = 2 * math.pi * turn
    return left + radius * math.cos(angle), top + radius * math.sin(angle)


MOTIFS: dict[str, _Motif] = {
    "coffee": _bag,
    "coffee-ceremony": _coffee_pot,
    "pantry": _bowl,
    "spices": _bowl,
    "honey": _jar,
    "clothing": _cloth,
    "basketry": _basket,
    "woodwork": _stool,
    "home": _coffee_pot,
    "candles-and-soap": _candles,
    "leather": _satchel,
    "jewellery": _cross,
    "books": _book,
    "instruments": _lyre,
}
