"""Does the mailbox show what the embedded cloud accepted, and nothing that could harm its reader?"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any
from urllib.parse import quote

import boto3
import pytest

from infra.local.mailbox import Mailbox
from tests.simulators.support import Answer, call

LINK = "http://127.0.0.1:8000/confirm?code=abc&x=1"
HTML = f"""<!doctype html><html><head lang="en"><title>Welcome</title></head>
<body><p>Welcome</p><a href="{LINK}">Confirm</a><script>alert(1)</script></body></html>"""


@dataclass(frozen=True)
class Post:
    ses: Any
    mailbox: Mailbox

    def send(self, to: str, subject: str, *, text: str = "", html: str = "") -> str:
        body = {name: {"Data": data} for name, data in (("Text", text), ("Html", html)) if data}
        message = {"Subject": {"Data": subject}, "Body": body}
        destination = {"ToAddresses": [to]}
        sent = self.ses.send_email(Source="shop@nexus.et", Destination=destination, Message=message)
        return str(sent["MessageId"])

    def page(self, path: str) -> Answer:
        return call("GET", self.mailbox.url + path)

    def items(self, query: str = "") -> list[dict[str, Any]]:
        return list(self.page(f"/messages.json{query}").json["items"])


@pytest.fixture
def post(cloud_url: str) -> Iterator[Post]:
    account = str(secrets.randbelow(9 * 10**11) + 10**11)
    ses = boto3.client(
        "ses",
        endpoint_url=cloud_url,
        region_name="us-east-1",
        aws_access_key_id=account,
        aws_secret_access_key="x",
    )
    ses.verify_email_identity(EmailAddress="shop@nexus.et")
    with Mailbox(cloud_url, account=account) as mailbox:
        yield Post(ses, mailbox)


def test_an_empty_mailbox_says_so(post: Post) -> None:
    assert "No mail yet" in post.page("/").text
    assert post.items() == []


def test_mail_is_listed_newest_first(post: Post) -> None:
    post.send("hanna@example.et", "Your order is placed", text="Thank you")
    post.send("hanna@example.et", "Your order is on its way", text="Soon")

    page = post.page("/").text

    assert [item["subject"] for item in post.items()] == ["Your order is on its way", "Your order is placed"]
    assert page.index("on its way") < page.index("is placed")
    assert "2 messages" in page


def test_mail_is_found_by_reader_and_subject(post: Post) -> None:
    post.send("Hanna <hanna@example.et>", "Confirm your address", text="Hello")
    post.send("dawit@example.et", "Confirm your address", text="Hello")
    post.send("hanna@example.et", "Welcome", text="Hello")

    assert [item["to"] for item in post.items("?to=HANNA@example.et&subject=confirm")] == [["Hanna <hanna@example.et>"]]
    assert "1 message<" in post.page("/?to=dawit@example.et").text
    assert "No mail to sara@example.et" in post.page("/?to=sara@example.et").text


def test_a_message_tells_its_text_and_its_links(post: Post) -> None:
    post.send("hanna@example.et", "Confirm", text=f"Please open {LINK}.", html=HTML.replace("code=abc", "code=xyz"))

    (item,) = post.items()

    assert item["text"] == f"Please open {LINK}."
    assert item["sender"] == "shop@nexus.et"
    assert item["links"] == [LINK, LINK.replace("abc", "xyz")]


def test_the_html_part_is_framed_without_any_rights(post: Post) -> None:
    message_id = quote(post.send("hanna@example.et", "Confirm", html=HTML))

    page, part = post.page(f"/messages/{message_id}"), post.page(f"/messages/{message_id}/html")

    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page.text
    assert "<script>" not in page.text
    policy = part.headers["content-security-policy"]
    assert policy.startswith("sandbox ")
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy
    assert "default-src 'none'" in policy
    assert part.text.startswith('<!doctype html><html><head lang="en"><base target="_blank">')
    assert part.headers["x-content-type-options"] == "nosniff"


def test_everything_from_the_mail_is_escaped(post: Post) -> None:
    hostile = "\"'><script>alert(1)</script>"
    message_id = quote(post.send("x@example.et", hostile, text=f"</pre>{hostile} {LINK}"))

    for path in ("/", f"/messages/{message_id}", f"/?to={quote(hostile)}"):
        page = post.page(path)
        assert "<script" not in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]
    text = post.page(f"/messages/{message_id}").text
    assert "&lt;/pre&gt;" in text
    assert '<a href="http://127.0.0.1:8000/confirm?code=abc&amp;x=1" target="_blank"' in text


def test_a_raw_message_is_shown_too(post: Post) -> None:
    message = EmailMessage()
    message["From"], message["To"] = "Nexus <shop@nexus.et>", "Hanna <hanna@example.et>"
    message["Subject"] = "ደረሰኝ"
    message.set_content("ሰላም Hanna")
    message.add_alternative("<p>ሰላም <b>Hanna</b></p>", subtype="html")
    post.ses.send_raw_email(RawMessage={"Data": message.as_bytes()})

    (item,) = post.items("?to=hanna@example.et")

    assert (item["subject"], item["text"].strip()) == ("ደረሰኝ", "ሰላም Hanna")
    assert "ደረሰኝ" in post.page(f"/messages/{quote(item['id'])}").text


def test_an_unknown_message_is_not_found(post: Post) -> None:
    text_only = quote(post.send("hanna@example.et", "Plain", text="Hello"))

    assert post.page("/messages/none").status == 404
    assert post.page(f"/messages/{text_only}/html").status == 404
    assert "iframe" not in post.page(f"/messages/{text_only}").text.split("</style>")[1]


def test_a_silent_cloud_is_named() -> None:
    with Mailbox("http://127.0.0.1:9") as mailbox:
        page, document = call("GET", mailbox.url + "/"), call("GET", mailbox.url + "/messages.json")

    assert (page.status, document.status) == (502, 502)
    assert "The embedded cloud does not answer" in page.text
