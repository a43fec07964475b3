"""Whether the quotations of a document that the program made are still in their sources: unchanged, moved, changed,
gone.

The words are read from the markdown or the page itself, so that a quotation that was altered there is found too. Where
the source is the text that was cited, its words at the cited place decide; where it is another version, the words are
followed as annotations are, and an unchanged quotation is one whose words are there to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from summitreader.export.citation import Citation, read_data_line
from summitreader.export.escaping import visible
from summitreader.notes.anchoring import reanchor
from summitreader.notes.model import Placement, Selection, State

if TYPE_CHECKING:
    from summitreader.export.docx import DocxContent

_CALLOUT = "[!quote]"


class Verdict(StrEnum):
    """What became of a quotation's words in its source."""

    UNCHANGED = "unchanged"
    MOVED = "moved"
    """The words are in the source, but among other words, or in a text that has little left of the one cited."""
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation as a document has it: the id of its note (of a page, letter and place: `A 120-188`), the number
    of the target, the words, the citation."""

    note: str
    target: int
    words: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Checked:
    """`now` is what the source has there today, where that is not the words; `why` is a sentence."""

    quotation: Quotation
    verdict: Verdict
    why: str
    now: str | None = None


def quotations(markdown: str) -> list[Quotation]:
    """Every quotation of an export, in order. Never raises: what is not a quotation of ours is skipped."""
    from markdown_it import MarkdownIt

    found: list[Quotation] = []
    cited: tuple[str, int, Citation] | None = None
    depth = 0
    paragraphs: list[str] = []
    for token in MarkdownIt("commonmark").parse(markdown):
        if token.type == "html_block" and depth == 0:
            lines = [read_data_line(line) for line in token.content.splitlines()]
            cited = next((line for line in reversed(lines) if line is not None), cited)
        elif token.type == "blockquote_open":
            depth += 1
        elif token.type == "blockquote_close":
            depth -= 1
            if depth == 0 and cited is not None:
                note, target, citation = cited
                words = "\n\n".join(paragraphs).removeprefix(f"{_CALLOUT}\n")
                found.append(Quotation(note, target, words, citation))
                cited = None
            if depth == 0:
                paragraphs = []
        elif token.type == "inline" and depth:
            paragraphs.append("".join(_text(token.children or [])))
    return found


_CONTEXT = 32
_SPAN = re.compile(r"(\d{1,12})-(\d{1,12})\Z")


def is_page(document: str) -> bool:
    """Whether a document is a page that `summitreader report` or `summitreader check` made."""
    return re.search(r'data-generator="summitreader\.(?:report|check)/', document[:2000]) is not None


def page_quotations(document: str) -> list[Quotation]:
    """Every quotation of a page, each once, in order. Never raises: what is not a quotation of ours is skipped."""
    reader = _PageReader()
    reader.feed(document)
    reader.close()
    texts: dict[str, list[str]] = {}
    for letter, start, end, words in reader.found:
        text = texts.setdefault(letter, [])
        if len(words) == end - start and end < len(document):
            text.extend("\n" * (end - len(text)))
            text[start:end] = words
    found: dict[tuple[str, int, int, str], Quotation] = {}
    for letter, start, end, words in reader.found:
        path, sha256 = reader.sources.get(letter, (None, ""))
        text = texts[letter]
        prefix, suffix = "".join(text[max(0, start - _CONTEXT) : start]), "".join(text[end : end + _CONTEXT])
        citation = Citation("", path, sha256, start, end, "", prefix, suffix)
        found.setdefault((letter, start, end, words), Quotation(f"{letter} {start}-{end}", 0, words, citation))
    return list(found.values())


def docx_quotations(content: DocxContent) -> list[Quotation]:
    """Every passage of the source that a Word document has, or every quotation of a document of notes."""
    cited = [(words, read_data_line(line)) for line, words in content.quotations]
    return [Quotation(line[0], line[1], words, line[2]) for words, line in cited if line is not None] + [
        Quotation(f"{start}-{end}", 0, words, Citation("", content.path or None, content.sha256, start, end, ""))
        for start, end, words in content.passages
    ]


class _PageReader(HTMLParser):
    """Collects the sources of a page by letter (path and hash), and its quotations with their words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sources: dict[str, tuple[str | None, str]] = {}
        self.found: list[tuple[str, int, int, str]] = []
        self._letter, self._sha256 = "", ""
        self._span: tuple[str, int, int] | None = None
        self._in_path = False
        self._depth = 0
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if self._span is not None or self._in_path:
            self._depth += tag == "span"
        elif tag == "tr" and "data-sha256" in known:
            self._letter, self._sha256 = known.get("data-letter", ""), known["data-sha256"]
        elif tag == "span" and known.get("class") == "path":
            self._in_path, self._words = True, []
        elif tag == "span" and (span := _SPAN.match(known.get("data-span", ""))):
            self._span, self._words = (known.get("data-source", ""), int(span[1]), int(span[2])), []

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag != "span":
            return
        if self._depth:
            self._depth -= 1
        elif self._in_path:
            self.sources[self._letter] = "".join(self._words), self._sha256
            self._in_path = False
        elif self._span is not None:
            self.found.append((*self._span, "".join(self._words)))
            self._span = None


def check(
    quotation: Quotation, texts: Sequence[str] | None, hash_of: Callable[[str], str], old_text: str | None = None
) -> Checked:
    """The verdict on one quotation. `texts` are those of its source's file today, None where the file is gone.

    `old_text` is the text that was cited, where it was kept.
    """
    cited = quotation.citation
    if texts is None:
        return Checked(quotation, Verdict.GONE, "its source is not there any more")
    for text in texts:
        if hash_of(text) == cited.sha256:
            there = text[cited.start : cited.end]
            if _same_words(visible(there), quotation.words):
                return Checked(quotation, Verdict.UNCHANGED, "the source is the same")
            return Checked(quotation, Verdict.CHANGED, "the words in the document are not those of the source", there)
    best: Checked | None = None
    for text in texts:
        placed = _followed(quotation, text, old_text)
        if placed.start is None or placed.end is None:
            continue
        there = text[placed.start : placed.end]
        if _same_words(visible(there), quotation.words):
            if placed.state is State.SURE:
                return Checked(quotation, Verdict.UNCHANGED, "the source changed, these words did not")
            best = Checked(quotation, Verdict.MOVED, "the source has these words, but among other words", there)
        best = best or Checked(quotation, Verdict.CHANGED, "the source now reads otherwise", there)
    return best or Checked(quotation, Verdict.GONE, "the source no longer has these words")


def _same_words(a: str, b: str) -> bool:
    """Whether the words are the same; white space never counts (a formatter wraps lines, a typesetter joins words)."""
    return a == b or a.split() == b.split()


def _followed(quotation: Quotation, text: str, old_text: str | None) -> Placement:
    cited = quotation.citation
    there = "" if old_text is None else old_text[cited.start : cited.end]
    if old_text is not None and there and _same_words(visible(there), quotation.words):
        return reanchor(Selection.of(old_text, cited.start, cited.end), text, old_text=old_text)
    selection = Selection(quotation.words, cited.prefix, cited.suffix, cited.start, cited.end)
    return reanchor(selection, text)


def _text(children: Sequence[object]) -> Iterator[str]:
    for child in children:
        kind = getattr(child, "type", "")
        if kind in ("softbreak", "hardbreak"):
            yield "\n"
        else:
            yield getattr(child, "content", "")
