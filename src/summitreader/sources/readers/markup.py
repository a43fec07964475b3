"""Words and paragraphs of marked-up text (HTML, XHTML), by the standard library's own parser.

For content that is known to be the account: the body of a feed's item, of a letter, a chapter. What is page and what is
article is the business of the reader of web pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

_BLOCKS = frozenset(
    """address article aside blockquote body br center dd div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody td tfoot th thead title tr
    ul""".split()  # noqa: SIM905, a list to read
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_DROPPED = frozenset(("script", "style", "head", "template", "noscript", "svg", "iframe", "object", "select", "button"))
_VOID = frozenset(("br", "hr", "img", "input", "meta", "link", "col", "embed", "source", "wbr", "area", "base"))
_TAG = re.compile(r"<(?:p|div|br|b|i|em|strong|a|ul|ol|li|h[1-6]|blockquote|span|table|img)\b[^<>]*/?>", re.IGNORECASE)
_QUOTED = re.compile(r"\s*[\"“”„«»‘’'「『]")


@dataclass(frozen=True, slots=True)
class MarkedUp:
    """The paragraphs, the first heading that was met, and the `<title>`."""

    paragraphs: tuple[str, ...]
    heading: str | None = None
    title: str | None = None

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


def looks_marked_up(text: str) -> bool:
    """Whether a string that may be plain text or HTML is HTML."""
    return _TAG.search(text) is not None


def read_markup(text: str) -> MarkedUp:
    """The paragraphs of `text`. Nothing is fetched, run or followed; unclosed and crossed tags are no fault."""
    parser = _Paragraphs()
    parser.feed(text)
    parser.close()
    parser.end_paragraph()
    return MarkedUp(tuple(parser.paragraphs), parser.heading, parser.title)


class _Paragraphs(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self.heading: str | None = None
        self.title: str | None = None
        self._words: list[str] = []
        self._open: list[str] = []
        self._heading = False
        self._in_title = False
        self._quotes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.end_paragraph()
        if tag == "title":
            self._in_title = True
        if tag == "q":
            self._words.append("“")
        if tag == "blockquote":
            self._quotes += 1
        if tag in _HEADINGS:
            self._heading = True
        if tag in _DROPPED and tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "q":
            self._words.append("”")
        if tag in _BLOCKS:
            self.end_paragraph()
        if tag == "title":
            self._in_title = False
        if tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
        if tag in _HEADINGS:
            self._heading = False
        if tag in self._open:
            while self._open and self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._in_title and self.title is None and data.strip():
            self.title = " ".join(data.split())
        elif not self._open:
            self._words.append(data)

    def end_paragraph(self) -> None:
        words = " ".join("".join(self._words).split())
        self._words = []
        if not words:
            return
        if self._quotes and not _QUOTED.match(words):
            words = f"“{words}”"
        if self._heading and self.heading is None:
            self.heading = words
        self.paragraphs.append(words)
