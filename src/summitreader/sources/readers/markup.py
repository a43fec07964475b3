"""Words and paragraphs of marked-up text (HTML, XHTML), in time that grows with its length.

For content that is known to be the account: the body of a feed's item, of a letter, a chapter. What is page and what is
article is the business of the reader of web pages. Tags are found as the HTML standard has it; the parser of the
standard library takes quadratic time on some texts (CVE-2025-6069).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_BLOCKS = frozenset(
    """address article aside blockquote body br center dd div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody td tfoot th thead title tr
    ul""".split()  # noqa: SIM905, a list to read
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_DROPPED = frozenset(
    """script style head template noscript svg iframe object select button textarea rt rp del s strike""".split()  # noqa: SIM905
)
_RAW = frozenset(("script", "style", "textarea", "iframe", "noembed", "noframes", "xmp"))
_VOID = frozenset(("br", "hr", "img", "input", "meta", "link", "col", "embed", "source", "wbr", "area", "base"))
_MAY_HIDE = frozenset(("div", "span", "td", "table", "section", "p", "a", "aside"))
_TAG = re.compile(r"<(?:p|div|br|b|i|em|strong|a|ul|ol|li|h[1-6]|blockquote|span|table|img)\b[^<>]*/?>", re.IGNORECASE)
_QUOTED = re.compile(r"\s*[\"“”„«»‘’'「『]")

_START = re.compile(r"<([a-zA-Z][^\s/>]{0,100}+)((?:[^>=]|=\s*+(?:\"[^\"]*\"|'[^']*')?)*+)>")
_END = re.compile(r"</([a-zA-Z][^\s/>]{0,100}+)[^>]*+>")
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|mso-hide\s{0,3}:\s{0,3}all|\shidden(?=\s|\Z)", re.IGNORECASE)
_NOTE_MARK = re.compile(r"noteref|footnote-ref|fn-ref", re.IGNORECASE)
_MARK = re.compile(r"(?:epub:type|role|class)\s*=\s*[\"']?[^\"'>]*(?:noteref|footnote-ref|fn-ref)", re.IGNORECASE)
_MARK = re.compile(r"\s*[\[(]?\s*(?:\d{1,3}|[*†‡§]{1,3})\s*[\])]?\s*")
_BEFORE_MARK = re.compile(r"(?:[^\W\d_]{4,}|[.,;:!?”’\"')\]])\s*\Z")
_LONGEST_TAG = 2_000
"""Characters of a tag's attributes that are looked at."""


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
    reader = _Paragraphs()
    for kind, words, attributes in _pieces(text):
        if kind == "start":
            reader.start(words, attributes)
        elif kind == "end":
            reader.end(words)
        else:
            reader.add(words)
    reader.end_paragraph()
    return MarkedUp(tuple(reader.paragraphs), reader.heading, reader.title)


def _pieces(text: str) -> Iterator[tuple[str, str, str]]:
    """`("start", tag, attributes)`, `("end", tag, "")` and `("words", words, "")`, in order.

    What a tag or comment that is never closed begins is left out, as browsers do; so each step goes on from where the
    one before ended.
    """
    at = 0
    while at < len(text):
        opened = text.find("<", at)
        if opened < 0:
            opened = len(text)
        if opened > at:
            yield "words", unescape(text[at:opened]), ""
        at = opened
        if (found := _START.match(text, at)) is not None:
            tag = found[1].lower()
            yield "start", tag, found[2][:_LONGEST_TAG]
            at = found.end()
            if tag in _RAW:
                closing = re.compile(rf"</{tag}(?=[\s/>])", re.IGNORECASE).search(text, at)
                at = closing.start() if closing else len(text)
        elif (found := _END.match(text, at)) is not None:
            yield "end", found[1].lower(), ""
            at = found.end()
        elif text.startswith("<![CDATA[", at) and (closed := text.find("]]>", at)) >= 0:
            yield "words", text[at + 9 : closed], ""
            at = closed + 3
        elif text.startswith(("<!", "<?", "</"), at) or text[at + 1 : at + 2].isalpha():
            mark = "-->" if text.startswith("<!--", at) else ">"
            closed = text.find(mark, at + 2)
            at = closed + len(mark) if closed >= 0 and not text[at + 1].isalpha() else len(text)
        elif at < len(text):
            yield "words", "<", ""
            at += 1


class _Paragraphs:
    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self.heading: str | None = None
        self.title: str | None = None
        self._words: list[str] = []
        self._dropping: list[str] = []  # the tags of open elements without words for a reader
        self._count = Counter[str]()  # how often each is among them
        self._marks: list[tuple[int, bool]] = []  # where the words of an open <sup> begin, and whether they are a link
        self._links = 0
        self._heading = False
        self._in_title = False
        self._quotes = 0

    def start(self, tag: str, attributes: str) -> None:
        if tag in _BLOCKS:
            self.end_paragraph()
        if tag == "title":
            self._in_title = True
        elif tag == "q":
            self._words.append("“")
        elif tag == "blockquote":
            self._quotes += 1
        elif tag in _HEADINGS:
            self._heading = True
        elif tag == "a":
            self._links += 1
            self._marks = [(at, True) for at, _ in self._marks[-1:]]
        elif tag == "sup":
            self._marks.append((len(self._words), self._links > 0))
        elif tag in ("rt", "rp", "rb", "rtc"):
            self._close("rt", "rp")
        hides = attributes and tag in _MAY_HIDE and (_NOTE_MARK if tag == "a" else _HIDDEN).search(attributes)
        if (tag in _DROPPED or hides) and tag not in _VOID:
            self._dropping.append(tag)
            self._count[tag] += 1

    def end(self, tag: str) -> None:
        if tag == "q":
            self._words.append("”")
        elif tag == "title":
            self._in_title = False
        elif tag == "blockquote":
            self.end_paragraph()
            self._quotes = max(0, self._quotes - 1)
        elif tag == "a":
            self._links = max(0, self._links - 1)
        elif tag == "sup" and self._marks:
            self._end_mark(*self._marks.pop())
        elif tag == "ruby":
            self._close("rt", "rp")
        if tag in _BLOCKS:
            self.end_paragraph()
        if tag in _HEADINGS:
            self._heading = False
        if self._count[tag]:
            while self._close_last() != tag:
                pass

    def _close(self, *tags: str) -> None:
        while self._dropping and self._dropping[-1] in tags:
            self._close_last()

    def _close_last(self) -> str:
        tag = self._dropping.pop()
        self._count[tag] -= 1
        return tag

    def _end_mark(self, at: int, linked: bool) -> None:
        """Take out the number of a note; an exponent (km²) and an ordinal stay."""
        words = "".join(self._words[at:])
        if _MARK.fullmatch(words) and (linked or _BEFORE_MARK.search("".join(self._words[max(0, at - 5) : at])[-40:])):
            del self._words[at:]

    def add(self, words: str) -> None:
        if self._in_title and self.title is None and words.strip():
            self.title = " ".join(words.split())
        elif not self._dropping:
            self._words.append(words)

    def end_paragraph(self) -> None:
        words = " ".join("".join(self._words).split())
        self._words = []
        self._marks = []
        if not words:
            return
        if self._quotes and not _QUOTED.match(words):
            words = f"“{words}”"
        if self._heading and self.heading is None:
            self.heading = words
        self.paragraphs.append(words)
