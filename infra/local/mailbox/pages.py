"""What do the list of mail and one message look like?"""

import re
from datetime import datetime
from html import escape
from pathlib import Path
from urllib.parse import quote

from infra.local.mailbox.letters import Letter

_STYLE = Path(__file__).with_name("mailbox.css").read_text(encoding="utf-8")
_URL = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)]")


def overview(letters: list[Letter], *, reader: str) -> str:
    rows = "".join(_row(letter) for letter in letters)
    clear = '<a href="/">Show all</a>' if reader else ""
    empty = f"No mail to {escape(reader)}." if reader else "No mail yet. What the shop sends shows up here."
    found = f'<ul class="letters">{rows}</ul>' if rows else f'<p class="empty">{empty}</p>'
    body = f"""<header><h1>Mailbox</h1><p class="soft">{_counted(len(letters))}</p></header>
<form method="get" action="/" role="search"><label for="to">Sent to</label>
<input type="email" id="to" name="to" value="{escape(reader)}" placeholder="hanna@example.et">
<button>Filter</button>{clear}</form>
{found}"""
    return _document("Mailbox", body)


def message(letter: Letter) -> str:
    address = f"/messages/{quote(letter.id, safe='')}"
    html = text = ""
    if letter.html:
        html = f"""<section aria-labelledby="html"><h2 id="html">HTML part</h2>
<iframe title="HTML part of the message" src="{escape(address)}/html" referrerpolicy="no-referrer"
 sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe></section>"""
    if letter.text:
        text = f"""<section aria-labelledby="text"><h2 id="text">Text part</h2>
<pre>{_linked(letter.text)}</pre></section>"""
    body = f"""<p class="back"><a href="/">All mail</a></p>
<header><h1>{escape(letter.subject) or "(no subject)"}</h1></header>
<dl>{_facts(letter)}</dl>
{html}{text}"""
    return _document(letter.subject or "(no subject)", body)


def html_part(html: str) -> str:
    """The message as sent, with its links opening in a new tab: its frame is too small for a page."""
    base = '<base target="_blank">'
    headed, count = re.subn(r"<head[^>]*>", lambda found: found[0] + base, html, count=1, flags=re.IGNORECASE)
    return headed if count else base + html


def trouble(title: str, text: str) -> str:
    body = f'<header><h1>{escape(title)}</h1></header><p>{escape(text)}</p><p><a href="/">All mail</a></p>'
    return _document(title, body)


def _document(title: str, body: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><title>{escape(title)}</title><style>{_STYLE}</style></head>
<body><main>{body}</main></body></html>
"""


def _row(letter: Letter) -> str:
    return f"""<li><a href="/messages/{escape(quote(letter.id, safe=""))}">
<span class="subject">{escape(letter.subject) or "(no subject)"}</span>
<span class="soft">To {escape(", ".join(letter.to))}</span>
<span class="soft when">{_moment(letter.sent_at)}</span></a></li>"""


def _facts(letter: Letter) -> str:
    facts = {"From": [letter.sender], "To": letter.to, "Copy": letter.cc, "Blind copy": letter.bcc}
    rows = [(name, escape(", ".join(values))) for name, values in facts.items() if any(values)]
    rows += [("Sent", _moment(letter.sent_at)), ("Account", escape(letter.account))]
    return "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows)


def _moment(at: datetime) -> str:
    return f'<time datetime="{at.isoformat()}">{at:%Y-%m-%d %H:%M:%S} UTC</time>'


def _counted(count: int) -> str:
    return "1 message" if count == 1 else f"{count} messages"


def _linked(text: str) -> str:
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
