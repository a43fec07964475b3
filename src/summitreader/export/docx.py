"""A source as a Word document: its text, with the counterparts in other sources and the reader's notes as comments.
(`docx_notes` makes the notes alone into a document with footnotes.)

Needs python-docx (the extra `docx`). Bookmarks say which words are which: `sp_START_END` is a passage of the source,
`sn_ID_SUM` the words of a note, with a checksum of the note as it went out. So `read_docx` finds what somebody wrote
into a comment, or commented anew, and `verify` finds words that were changed.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from summitreader.comparison import Report
from summitreader.errors import SummitreaderError
from summitreader.export.briefing import date_in_words, marked, place_in_words
from summitreader.export.escaping import visible
from summitreader.export.outline import outline
from summitreader.notes.model import Annotation
from summitreader.text import BlockKind, Source

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.run import Run

MADE = "summitreader.docx/1"
AUTHOR = "summitreader"
"""Who the comments with counterparts are by; they are never read back."""
_LARGEST = 64 * 1024 * 1024
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_ASIDE = frozenset(f"{_W}{name}" for name in ("pPr", "rPr", "sectPr", "del", "moveFrom"))
_PASSAGE = re.compile(r"sp_(\d{1,9})_(\d{1,9})\Z")
CITED = "{urn:summitreader}cited"
"""The part of a document of notes with a data line for each quotation, which is in the bookmark `sq_NUMBER`."""
_CUSTOM = re.compile(r"customXml/item\d+\.xml\Z")
_NOTE = re.compile(r"sn_(\w+)_([0-9a-f]{8})\Z")


def sum_of(note: str) -> str:
    """The checksum of a note as it is shown."""
    return f"{zlib.crc32(visible(note).encode('utf-8', 'surrogatepass')):08x}"


def docx(report: Report, base: str, notes: Sequence[Annotation] = (), path: str | None = None) -> bytes:
    """The document of the source with id `base`; `path` is where its file is from the document.

    Notes on other sources follow the text. The same input gives the same bytes. Raises `SummitreaderError` where
    python-docx is not installed, and `ValueError` for a base that is not in the report.
    """
    source = next((s for s in report.sources if s.id == base), None)
    if source is None:
        raise ValueError(f"there is no source {base}")
    document = new_document(source.title or "")
    properties = document.core_properties
    properties.author = visible(source.author or "")[:255]
    properties.subject, properties.identifier = visible(path or "")[:255], source.sha256
    writer = _Writer(document)
    writer.legend(report, source)
    writer.text(report, source, notes)
    writer.others(report, source, notes)
    writer.mark()
    return saved(document)


def new_document(title: str) -> Document:
    """An empty document that is known as ours. Raises `SummitreaderError` where python-docx is not installed."""
    try:
        import docx as library
    except ImportError as error:
        raise SummitreaderError(
            "A Word document needs python-docx, which is not installed: pip install 'summitreader[docx]'."
        ) from error
    document: Document = library.Document()
    document.core_properties.title = visible(title)[:255]
    document.core_properties.keywords = MADE
    return document


def bookmark(name: str, number: int, first: Any, last: Any) -> None:
    """Set a bookmark around two elements and what is between them."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    first.addprevious(start)
    last.addnext(end)


class _Writer:
    """Writes runs in order, and remembers which of them each bookmark and comment is on."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._runs: list[Run] = []
        self._bookmarks: dict[str, tuple[int, int]] = {}
        self._comments: list[tuple[int, int, str, str]] = []

    def legend(self, report: Report, base: Source) -> None:
        o = outline(report)
        self._heading(" ".join((base.title or base.id).split()), 1)
        self._add_run(self._document.add_paragraph(), "Sources:")
        for entry in o.sources:
            words = ", ".join(filter(None, (entry.name, date_in_words(entry), entry.title, entry.url)))
            self._add_run(self._document.add_paragraph(style="List Bullet"), f"{entry.letter} {visible(words)}")

    def text(self, report: Report, base: Source, notes: Sequence[Annotation]) -> None:
        on = [
            (t.start, t.end, note)
            for note in notes
            for t in note.targets
            if t.source == base.id and t.sha256 == base.sha256 and t.start is not None and t.end is not None
        ]
        bounds = sorted(
            {at for p in base.passages for at in (p.start, p.end)} | {at for a, b, _ in on for at in (a, b)}
        )
        first: dict[int, int] = {}
        last: dict[int, int] = {}
        for block in base.blocks:
            inside = [at for at in bounds if block.start < at < block.end]
            heading = block.kind in (BlockKind.TITLE, BlockKind.HEADING)
            paragraph = self._document.add_paragraph()
            for start, end in zip([block.start, *inside], [*inside, block.end], strict=True):
                n = self._add_run(paragraph, visible(base.text[start:end]), bold=heading)
                first[start], last[end] = n, n
        for p in base.passages:
            self._bookmarks[f"sp_{p.start}_{p.end}"] = first[p.start], last[p.end]
        for n, words in _counterparts(report, base).items():
            p = base.passages[n]
            self._comments.append((first[p.start], last[p.end], words, AUTHOR))
        for start, end, note in on:
            begun = min((n for at, n in first.items() if at >= start), default=None)
            ended = max((n for at, n in last.items() if at <= end), default=None)
            if begun is not None and ended is not None and begun <= ended:
                self._note(note, begun, ended)

    def others(self, report: Report, base: Source, notes: Sequence[Annotation]) -> None:
        """The notes on other sources, each below the words that it is on."""
        placed = [(n, t) for n in notes if all(t.source != base.id for t in n.targets) for t in n.targets]
        if placed:
            self._heading("Notes on other sources", 2)
        for note, target in placed:
            known = ", ".join(filter(None, (target.about.outlet or target.source, place_in_words(target.place))))
            n = self._add_run(self._document.add_paragraph(style="Quote"), visible(target.quote))
            self._add_run(self._document.add_paragraph(), f"— {visible(known)}")
            self._note(note, n, n)

    def _note(self, note: Annotation, first: int, last: int) -> None:
        """The comment of a note, once; a highlight without words, and a note's further places, are highlighted."""
        name = f"sn_{note.id}_{sum_of(note.note)}"
        if note.note and name not in self._bookmarks:
            self._bookmarks[name] = first, last
            self._comments.append((first, last, visible(note.note), visible(note.creator or "Reader")))
            return
        from docx.enum.text import WD_COLOR_INDEX

        for run in self._runs[first : last + 1]:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW

    def _heading(self, words: str, level: int) -> None:
        self._runs += self._document.add_heading(visible(words), level).runs

    def _add_run(self, paragraph: Any, words: str, *, bold: bool = False) -> int:
        run = paragraph.add_run(words)
        run.bold = bold or None
        self._runs.append(run)
        return len(self._runs) - 1

    def mark(self) -> None:
        """Set the bookmarks around their runs, then the comments."""
        from docx.oxml.ns import qn

        elements = list(self._document.element.body.iter(qn("w:r")))
        for number, (name, (first, last)) in enumerate(self._bookmarks.items()):
            bookmark(name, number, elements[first], elements[last])
        for first, last, words, author in self._comments:
            initials = "".join(word[0] for word in author.split())[:3]
            runs = [self._runs[first], self._runs[last]]
            self._document.add_comment(runs, text=words, author=author, initials=initials)


def _counterparts(report: Report, base: Source) -> dict[int, str]:
    """By passage of the base what other sources have for it: one line a source, the best linked passage of each."""
    o = outline(report)
    names = {s.id: f"{s.letter} {s.name}" for s in o.sources}
    texts = {s.id: s for s in report.sources}
    best: dict[int, dict[str, tuple[float, int]]] = defaultdict(dict)
    for link in report.links:
        for here, there in ((link.a, link.b), (link.b, link.a)):
            if here.source == base.id and link.score > best[here.passage].get(there.source, (-1.0, 0))[0]:
                best[here.passage][there.source] = link.score, there.passage
    found = {}
    for n, others in best.items():
        lines = []
        for id in (s.id for s in report.sources if s.id in others):
            passage = others[id][1]
            words = " ".join(texts[id].passage_text(passage).split())
            lines.append(f"{names[id]}, {place_in_words(texts[id].place_name(passage))}: {marked(words)}")
        found[n] = visible("\n".join(lines))
    return found


def saved(document: Document) -> bytes:
    """The document without times: those of the archive and of the comments."""
    whole, out = io.BytesIO(), io.BytesIO()
    document.save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/comments.xml":
                part = re.sub(rb'(<w:comment [^>]*?) w:date="[^"]*"', rb"\1", part)
            new.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


# Reading back


@dataclass(frozen=True, slots=True)
class DocxComment:
    """A comment as it is now. Of a note that went out, `note` is its id and `changed` says that its words are others
    than then; of a new one `note` is empty. `span` is where it is in the source, where that is known for certain."""

    words: str
    author: str
    note: str
    sum: str
    quote: str
    span: tuple[int, int] | None

    @property
    def changed(self) -> bool:
        return self.sum != sum_of(self.words)


@dataclass(frozen=True, slots=True)
class DocxContent:
    """What a document that the program made has now: its source, the passages (start, end, words), and the comments;
    of a document of notes the quotations, each with the data line that cites it."""

    path: str
    sha256: str
    passages: tuple[tuple[int, int, str], ...]
    comments: tuple[DocxComment, ...]
    quotations: tuple[tuple[str, str], ...] = ()


def read_docx(data: bytes) -> DocxContent:
    """Raises `SummitreaderError` where that is not a document that the program made, or cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            core = _xml(archive, "docProps/core.xml")
            if (core.findtext(f"{_CP}keywords") or "") != MADE:
                raise SummitreaderError("This Word document was not made by summitreader.")
            body = _xml(archive, "word/document.xml")
            names = archive.namelist()
            noted = _xml(archive, "word/comments.xml") if "word/comments.xml" in names else None
            cited = [_xml(archive, name) for name in names if _CUSTOM.match(name)]
        text = _Body()
        text.read(body)
    except (zipfile.BadZipFile, zlib.error, KeyError, ElementTree.ParseError, NotImplementedError, EOFError) as error:
        raise SummitreaderError(f"This Word document cannot be read ({error}).") from error
    except RecursionError as error:
        raise SummitreaderError("This Word document is nested too deep to be read.") from error
    passages = []
    spans: list[tuple[int, int, int]] = []
    for name, (start, end) in text.bookmarks.items():
        if found := _PASSAGE.match(name):
            passages.append((int(found[1]), int(found[2]), text.words[start:end]))
            spans.append((start, end, int(found[1])))
    notes: dict[tuple[int, int], list[re.Match[str]]] = defaultdict(list)
    for name, place in text.bookmarks.items():
        if found := _NOTE.match(name):
            notes[place].append(found)
    comments = []
    for comment in noted.iter(f"{_W}comment") if noted is not None else ():
        start, end = text.comments.get(comment.get(f"{_W}id", ""), (0, 0))
        author = comment.get(f"{_W}author", "")
        if author == AUTHOR or start >= end:
            continue
        own = notes[start, end].pop(0) if notes[start, end] else None
        inside = next((at + start - a for a, b, at in spans if a <= start < b), None)
        span = None if inside is None else (inside, inside + end - start)
        words = "\n".join(_paragraph(p) for p in comment.iter(f"{_W}p"))
        note, sum = (own[1], own[2]) if own else ("", "")
        comments.append(DocxComment(words, author, note, sum, text.words[start:end], span))
    lines = [line.text or "" for part in cited if part.tag == CITED for line in part]
    quoted = [(line, text.bookmarks.get(f"sq_{n}", (0, 0))) for n, line in enumerate(lines)]
    quotations = tuple((line, text.words[start:end]) for line, (start, end) in quoted)
    path, sha256 = core.findtext(f"{_DC}subject") or "", core.findtext(f"{_DC}identifier") or ""
    return DocxContent(path, sha256, tuple(passages), tuple(comments), quotations)


@dataclass(slots=True)
class _Body:
    """The words of a body, and where in them each bookmark and each comment is."""

    words: str = ""
    bookmarks: dict[str, tuple[int, int]] = field(default_factory=dict)
    comments: dict[str, tuple[int, int]] = field(default_factory=dict)

    def read(self, body: ElementTree.Element) -> None:
        parts: list[str] = []
        at = 0
        names: dict[str, str] = {}
        begun: dict[str, int] = {}
        for element in _walk(body):
            tag, id = element.tag.removeprefix(_W), element.get(f"{_W}id", "")
            if tag == "bookmarkStart":
                names[id] = element.get(f"{_W}name", "")
                begun[f"b{id}"] = at
            elif tag == "bookmarkEnd" and id in names:
                self.bookmarks[names[id]] = begun[f"b{id}"], at
            elif tag == "commentRangeStart":
                begun[f"c{id}"] = at
            elif tag == "commentRangeEnd" and f"c{id}" in begun:
                self.comments[id] = begun[f"c{id}"], at
            else:
                piece = _piece(element) if tag != "p" else "\n" if parts else ""
                parts.append(piece)
                at += len(piece)
        self.words = "".join(parts)


def _walk(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """What is part of the text, in order: not the properties of paragraphs and runs, nor what was deleted."""
    yield element
    for child in element:
        if child.tag not in _ASIDE:
            yield from _walk(child)


def _piece(element: ElementTree.Element) -> str:
    tag = element.tag.removeprefix(_W)
    return element.text or "" if tag == "t" else {"tab": "\t", "br": "\n", "cr": "\n"}.get(tag, "")


def _paragraph(paragraph: ElementTree.Element) -> str:
    return "".join(map(_piece, _walk(paragraph)))


def _xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if archive.getinfo(name).file_size > _LARGEST:
        raise SummitreaderError("This Word document is too large to be read.")
    data = archive.read(name)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise SummitreaderError("This Word document declares entities, which none needs; it was not read.")
    return ElementTree.fromstring(data)
