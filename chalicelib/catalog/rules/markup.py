"""What of a description may shoppers' browsers get? A few elements that give it form, and nothing that acts."""

import re

_ELEMENTS = {"p", "br", "strong", "em", "ul", "ol", "li", "h2", "h3", "h4", "blockquote", "a"}
# Elements of which the text goes too: it was never meant to be read.
_UNREAD = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "textarea", "title"}
_SCHEMES = {"http", "https", "mailto"}
# Control characters mean nothing in HTML. Line feeds and tabs are white space.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def cleaned(markup: str) -> str:
    """Return HTML with only the elements that are allowed, well-formed, of http, https and mail links only the address.

    Cleaning what is clean changes nothing. What is no markup is escaped, so that it reads as it was written.
    """
    # Built in Rust, and needed only where somebody writes.
    import nh3

    return nh3.clean(
        _CONTROL.sub("", markup.replace("\r\n", "\n").replace("\r", "\n")),
        tags=_ELEMENTS,
        clean_content_tags=_UNREAD,
        # Of every element a title and a language would be left, were that not said.
        attributes={"a": {"href"}, "*": set()},
        url_schemes=_SCHEMES,
        url_relative="deny",
        link_rel="noopener nofollow",
    ).strip()


def elements_in(markup: str) -> int:
    """Return how many elements there may be at most; a parser's work can grow with the square of it."""
    return markup.count("<")
