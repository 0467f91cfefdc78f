"""What of a description reaches a shopper's browser? Form, and nothing that acts, whatever the language."""

import re
import time
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.catalog import rules
from tests.catalog.builders import a_draft, a_product
from tests.support.account import Account
from tests.support.calling import Client

LOCALES = ("en", "am", "om", "ti", "so")
ELEMENTS = {"p", "br", "strong", "em", "ul", "ol", "li", "h2", "h3", "h4", "blockquote", "a"}
HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    '<p onclick="alert(1)" style="position:fixed">ቡና</p>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="java&#10;script:alert(1)">x</a>',
    '<a href="&#x6A;avascript&colon;alert(1)">x</a>',
    '<a href=" \x01javascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="//evil.example">x</a>',
    '<a href="https://ok.example" onmouseover=alert(1) target=_blank rel=opener>x</a>',
    "<svg><script>alert(1)</script><animate onbegin=alert(1)></svg>",
    '<svg><p><style><a id="</style><img src=x onerror=alert(1)>">',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<style>@import 'https://evil.example'</style>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<form action=https://evil.example><input name=password></form>",
    "<base href=https://evil.example><meta http-equiv=refresh content=0>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<plaintext><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<textarea></p><script>alert(1)</script></textarea>",
    "<template><script>alert(1)</script></template>",
    "<p><b><table><tr><td><p><script>alert(1)//",
    '<a href="https://ok.example/&quot;onclick=alert(1)&quot;">x</a>',
    "<\x00script>alert(1)</\x00script>",
    '<p title="ቡና" lang="am" class="x" id="x">ቡና</p>',
]
# Pieces that mean something to a parser of HTML, in the order that chance gives them.
PIECES = [
    *HOSTILE,
    *"<>\"'=&/ \n",
    "<p>",
    "</p>",
    "<a href=",
    "<script>",
    "<svg>",
    "<style>",
    "-->",
    "<!--",
    "onx=",
    "ቡና",
]
markup = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12).map("".join)


class Reader(HTMLParser):
    """Reads markup and remembers every element, with what is said of it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.others: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_decl(self, decl: str) -> None:
        self.others.append(decl)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)


def demand_harmless(text: str) -> None:
    read = Reader(text)
    assert read.others == []
    for tag, said in read.elements:
        assert tag in ELEMENTS
        assert set(said) <= ({"href", "rel"} if tag == "a" else set())
        assert said.get("rel", "noopener nofollow") == "noopener nofollow"
        assert urlsplit(said.get("href") or "https://ok.example").scheme in ("http", "https", "mailto")
    assert re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", text) is None


@given(markup)
@example("<p>x</p>\x0b<script>")
def test_whatever_is_written_is_harmless_and_is_cleaned_once(text: str):
    clean = rules.cleaned(text)

    demand_harmless(clean)
    assert rules.cleaned(clean) == clean


def test_form_is_kept():
    text = (
        "<h2>Gabi</h2><p>Woven <strong>by hand</strong>,<br>in <em>Dorze</em>.</p><ul><li>white</li></ul>"
        "<ol><li>1</li></ol><blockquote>soft</blockquote><h3>a</h3><h4>b</h4>"
        '<a href="mailto:weavers@example.com" rel="noopener nofollow">write</a>'
    )

    assert rules.cleaned(text) == text


def test_what_is_no_markup_reads_as_it_was_written():
    assert rules.cleaned("Coffee & cake < 100 ብር") == "Coffee &amp; cake &lt; 100 ብር"
    assert rules.cleaned("<b>warm</b> <span>and</span> soft") == "warm and soft"


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_markup_is_harmless_in_every_language(staff: Client, shopper: Client, hostile: str):
    sent = {locale: f"{locale}: {hostile}" for locale in LOCALES}

    made = staff.post("/products", a_draft(description=sent)).json

    for locale in LOCALES:
        shown = shopper.get(f"/products/{made['id']}", accept_language=locale).json["description"]
        assert shown == made["description"][locale]
        assert shown.startswith(f"{locale}:")
        demand_harmless(shown)


def test_a_changed_description_is_cleaned_too(shop: Account, staff: Client):
    product = a_product()
    body = {"description": {"so": "<p>Kafee</p><script>alert(1)</script>"}}

    answer = staff.patch(f"/products/{product.product_id}", body, if_match='"1.a"')

    assert answer.json["description"] == {"so": "<p>Kafee</p>"}


def test_a_title_is_plain_text(staff: Client, shopper: Client):
    title = {"en": "<b>Coffee</b> &amp; <script>"}

    made = staff.post("/products", a_draft(title=title)).json

    assert shopper.get(f"/products/{made['id']}").json["title"] == title["en"]


def test_a_language_of_which_nothing_is_left_is_left_out(staff: Client):
    made = staff.post("/products", a_draft(description={"en": "<script>alert(1)</script>", "am": "ቡና"}))

    assert made.json["description"] == {"am": "ቡና"}


def test_what_counts_is_the_length_that_is_left(staff: Client):
    pasted = "<span style='mso-bidi'>x</span>" * 500
    assert staff.post("/products", a_draft(description={"en": pasted})).json["description"] == {"en": "x" * 500}

    refused = staff.post("/products", a_draft(description={"om": "&" * 1_001}))

    assert refused.status == 422
    assert refused.json["errors"][0] | {"detail": ""} == {
        "pointer": "/description/om",
        "code": "string_too_long",
        "detail": "",
    }


def test_markup_that_would_keep_a_parser_busy_is_refused(staff: Client):
    # Each paragraph opens again what is open: the work is the product of both numbers.
    def nested(number: int) -> str:
        return "<p>" + "".join(f"<b i{each}>" for each in range(number)) + "<p>a" * number

    refused = staff.post("/products", a_draft(description={"ti": nested(600)}))
    assert refused.json["errors"][0]["code"] == "too_many_elements"

    started = time.process_time()
    rules.cleaned(nested(499))
    assert time.process_time() - started < 1


@pytest.mark.parametrize(("asked", "told"), [("om", "om"), ("ti", "en"), ("am-ET, en;q=0.5", "am"), ("fr", "en")])
def test_the_language_that_is_named_is_the_one_that_is_told(shop: Account, shopper: Client, asked: str, told: str):
    product = a_product(title={"om": "Buna", "en": "Coffee", "am": "ቡና"})

    answer = shopper.get(f"/products/{product.product_id}", accept_language=asked)

    assert answer.headers["content-language"] == told


def test_a_product_in_one_language_is_told_in_it(shop: Account, shopper: Client):
    product = a_product(title={"so": "Kafee"})

    answer = shopper.get(f"/products/{product.product_id}", accept_language="am")

    assert (answer.headers["content-language"], answer.json["title"]) == ("so", "Kafee")
