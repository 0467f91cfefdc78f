"""What do the list of mail and one message look like?"""

import re
from html import escape
from urllib.parse import quote

from infra.local.inbox_pages import counted, document, facts, filter_form, linked, listed, moment
from infra.local.mailbox.letters import Letter


def overview(letters: list[Letter], *, reader: str) -> str:
    empty = f"No mail to {escape(reader)}." if reader else "No mail yet. What the shop sends shows up here."
    body = f"""<header><h1>Mailbox</h1><p class="soft">{counted(len(letters))}</p></header>
{filter_form(reader, kind="email", example="hanna@example.et")}
{listed("".join(map(_row, letters)), otherwise=empty)}"""
    return document("Mailbox", body)


def message(letter: Letter) -> str:
    address = f"/messages/{quote(letter.id, safe='')}"
    html = text = ""
    if letter.html:
        html = f"""<section aria-labelledby="html"><h2 id="html">HTML part</h2>
<iframe title="HTML part of the message" src="{escape(address)}/html" referrerpolicy="no-referrer"
 sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe></section>"""
    if letter.text:
        text = f"""<section aria-labelledby="text"><h2 id="text">Text part</h2>
<pre>{linked(letter.text)}</pre></section>"""
    body = f"""<p class="back"><a href="/">All mail</a></p>
<header><h1>{escape(letter.subject) or "(no subject)"}</h1></header>
{_facts(letter)}
{html}{text}"""
    return document(letter.subject or "(no subject)", body)


def html_part(html: str) -> str:
    """The message as sent, with its links opening in a new tab: its frame is too small for a page."""
    base = '<base target="_blank">'
    headed, count = re.subn(r"<head[^>]*>", lambda found: found[0] + base, html, count=1, flags=re.IGNORECASE)
    return headed if count else base + html


def trouble(title: str, text: str) -> str:
    body = f'<header><h1>{escape(title)}</h1></header><p>{escape(text)}</p><p><a href="/">All mail</a></p>'
    return document(title, body)


def _row(letter: Letter) -> str:
    return f"""<li><a href="/messages/{escape(quote(letter.id, safe=""))}">
<span class="subject">{escape(letter.subject) or "(no subject)"}</span>
<span class="soft">To {escape(", ".join(letter.to))}</span>
<span class="soft when">{moment(letter.sent_at)}</span></a></li>"""


def _facts(letter: Letter) -> str:
    named = {"From": [letter.sender], "To": letter.to, "Copy": letter.cc, "Blind copy": letter.bcc}
    rows = [(name, escape(", ".join(values))) for name, values in named.items() if any(values)]
    return facts([*rows, ("Sent", moment(letter.sent_at)), ("Account", escape(letter.account))])
