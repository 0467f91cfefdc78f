"""What do the list of texts and one text look like?"""

from html import escape

from infra.local.inbox_pages import counted, document, facts, filter_form, linked, listed, moment
from infra.local.twilio.records import Message


def overview(messages: list[Message], *, reader: str) -> str:
    empty = f"No text to {escape(reader)}." if reader else "No text yet. What the shop sends shows up here."
    body = f"""<header><h1>SMS</h1>
<p class="soft">{counted(len(messages))}. Twilio simulator: no phone rings.</p></header>
{filter_form(reader, kind="tel", example="+251911234567")}
{listed("".join(map(_row, messages)), otherwise=empty)}"""
    return document("SMS", body)


def message(shown: Message) -> str:
    rows = [
        ("From", escape(_sender(shown))),
        ("To", escape(shown.to)),
        ("Taken", moment(shown.created_at)),
        ("Status", escape(_status(shown))),
        ("Segments", f"{shown.segments} ({shown.encoding}, {len(shown.body)} signs)"),
        ("Sid", escape(shown.sid)),
    ]
    body = f"""<p class="back"><a href="/">All texts</a></p>
<header><h1>To {escape(shown.to)}</h1></header>
{facts(rows)}
<section aria-labelledby="text"><h2 id="text">Text</h2><pre>{linked(shown.body)}</pre></section>"""
    return document(f"To {shown.to}", body)


def unknown() -> str:
    body = """<header><h1>No such text</h1></header>
<p>The simulator may have been reset since.</p><p><a href="/">All texts</a></p>"""
    return document("No such text", body)


def _row(shown: Message) -> str:
    return f"""<li><a href="/messages/{escape(shown.sid)}">
<span class="subject">{escape(shown.body)}</span>
<span class="soft">To {escape(shown.to)}, {escape(_status(shown))}</span>
<span class="soft when">{moment(shown.created_at)}</span></a></li>"""


def _status(shown: Message) -> str:
    return f"{shown.status.value} ({shown.error_code})" if shown.error_code else shown.status.value


def _sender(shown: Message) -> str:
    return shown.sender or shown.messaging_service_sid or ""
