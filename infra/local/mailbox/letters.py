"""Which mail has the embedded cloud accepted?"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import getaddresses
from html.parser import HTMLParser
from http.client import HTTPException
from urllib.parse import urlencode
from urllib.request import urlopen

_URL = re.compile(r"https?://[^\s<>\"']+")


class CloudSilentError(Exception):
    """The cloud does not answer, or not with mail."""


@dataclass(frozen=True)
class Letter:
    id: str
    sender: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    bcc: tuple[str, ...]
    subject: str
    text: str
    html: str
    sent_at: datetime
    account: str

    @property
    def links(self) -> list[str]:
        """Every address that the reader could follow, in order, once."""
        reader = _Links()
        reader.feed(self.html)
        in_text = [url.rstrip(".,;:!?)") for url in _URL.findall(self.text)]
        return list(dict.fromkeys([*in_text, *reader.found]))

    def is_for(self, address: str) -> bool:
        readers = getaddresses([*self.to, *self.cc, *self.bcc])
        return address.casefold() in (found.casefold() for _, found in readers)


def letters_at(cloud_url: str, *, account: str | None) -> list[Letter]:
    """All accepted letters, newest first."""
    query = f"?{urlencode({'account': account})}" if account else ""
    try:
        with urlopen(f"{cloud_url}/_ministack/ses/messages{query}", timeout=5) as answer:
            by_account = json.load(answer)["messages"]
    except (OSError, HTTPException, ValueError, KeyError, TypeError) as error:
        raise CloudSilentError(str(error)) from error
    found = [_letter(record, owner) for owner, records in by_account.items() for record in records]
    return sorted(found, key=lambda letter: letter.sent_at, reverse=True)


def _letter(record: dict[str, object], account: str) -> Letter:
    return Letter(
        id=_text(record, "MessageId"),
        sender=_text(record, "Source"),
        to=_texts(record, "To"),
        cc=_texts(record, "CC"),
        bcc=_texts(record, "BCC"),
        subject=_text(record, "Subject"),
        text=_text(record, "BodyText"),
        html=_text(record, "BodyHtml"),
        sent_at=datetime.fromtimestamp(float(_text(record, "Timestamp")), UTC),
        account=account,
    )


def _text(record: dict[str, object], name: str) -> str:
    return str(record.get(name) or "")


def _texts(record: dict[str, object], name: str) -> tuple[str, ...]:
    values = record.get(name)
    return tuple(map(str, values)) if isinstance(values, list) else ()


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = dict(attrs).get("href")
        if tag == "a" and target and _URL.match(target):
            self.found.append(target)
