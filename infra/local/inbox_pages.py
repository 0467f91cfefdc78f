"""What do the pages look like on which a developer reads what the shop sent?"""

import re
from datetime import datetime
from html import escape
from pathlib import Path

PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_STYLE = Path(__file__).with_name("inbox.css").read_text(encoding="utf-8")
_URL = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)]")


def document(title: str, body: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><title>{escape(title)}</title><style>{_STYLE}</style></head>
<body><main>{body}</main></body></html>
"""


def moment(at: datetime) -> str:
    return f'<time datetime="{at.isoformat()}">{at:%Y-%m-%d %H:%M:%S} UTC</time>'


def counted(count: int) -> str:
    return "1 message" if count == 1 else f"{count} messages"


def linked(text: str) -> str:
    """The escaped text with its addresses made links."""
    parts, end = [], 0
    for found in _URL.finditer(text):
        url = escape(found[0])
        parts += [
            escape(text[end : found.start()]),
            f'<a href="{url}" target="_blank" rel="noreferrer">{url}</a>',
        ]
        end = found.end()
    return "".join([*parts, escape(text[end:])])


def filter_form(reader: str, *, kind: str, example: str) -> str:
    """The field by which one reader's messages are found."""
    clear = '<a href="/">Show all</a>' if reader else ""
    return f"""<form method="get" action="/" role="search"><label for="to">Sent to</label>
<input type="{kind}" id="to" name="to" value="{escape(reader)}" placeholder="{example}">
<button>Filter</button>{clear}</form>"""


def listed(rows: str, *, otherwise: str) -> str:
    """The rows as a list, or the line that is shown when there are none."""
    return f'<ul class="letters">{rows}</ul>' if rows else f'<p class="empty">{otherwise}</p>'


def facts(rows: list[tuple[str, str]]) -> str:
    """Names and what is to be said of each; the latter is HTML already."""
    return "<dl>" + "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows) + "</dl>"
