"""How many segments does a text take? GSM-7 (3GPP TS 23.038) where its alphabet suffices, UCS-2 otherwise."""

from math import ceil

_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Each takes an escape besides itself.
_EXTENDED = "\f^{}\\[~]|€"


def encoding_of(text: str) -> str:
    return "GSM-7" if all(sign in _BASIC or sign in _EXTENDED for sign in text) else "UCS-2"


def segments_of(text: str) -> int:
    """At least one; joined segments have less room, since each says which one it is."""
    if encoding_of(text) == "GSM-7":
        return _segments(len(text) + sum(sign in _EXTENDED for sign in text), alone=160, joined=153)
    return _segments(len(text.encode("utf-16-be")) // 2, alone=70, joined=67)


def _segments(units: int, *, alone: int, joined: int) -> int:
    return 1 if units <= alone else ceil(units / joined)
