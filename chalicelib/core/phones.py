"""How is a telephone number written? As ITU-T E.164 has it, whatever people put between its digits."""

import re

# Ethiopia's mobile numbers: Ethio Telecom's begin with 9, Safaricom's with 7.
_ETHIOPIAN = re.compile(r"(?:\+?251|0)?([79][0-9]{8})")
# The code of any other country, and at most fifteen digits in all.
_FOREIGN = re.compile(r"\+(?!251)[1-9][0-9]{7,14}")
_BETWEEN_DIGITS = re.compile(r"[ ().-]+")


def e164(phone: str) -> str | None:
    """Return ``+251911223344`` for ``0911 22 33 44``; ``None`` for what nobody could be reached under."""
    digits = _BETWEEN_DIGITS.sub("", phone)
    if mobile := _ETHIOPIAN.fullmatch(digits):
        return f"+251{mobile[1]}"
    return digits if _FOREIGN.fullmatch(digits) else None
