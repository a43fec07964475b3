"""Word documents (.docx) and OpenDocument texts (.odt): paragraphs, with what their styles and properties say.

Each paragraph is read once, in the order in which it begins: what stands in a text box is a paragraph of its own. Of
tracked changes the latest text counts; hidden text, comments, headers and footers are left out.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from summitreader.counting import counted
from summitreader.sources.model import Document, UnreadableFile
from summitreader.sources.readers.archives import PROTECTED, member, opened, optional_member
from summitreader.sources.readers.xml import local, parse_xml, walk
from summitreader.text import Block, BlockKind

_FILE_NAME = re.compile(r".*\.(?:docx?|dotx?|odt|ott|rtf|pdf|pages|wpd|txt)\Z|Microsoft Word\b.*", re.IGNORECASE)
_NO_TITLES = frozenset(("", "untitled", "document", "title", "titel", "word document", "powerpoint presentation"))
_NO_NAMES = frozenset(
    ("", "user", "windows user", "microsoft office user", "admin", "administrator", "author", "owner")
)
_DOCX_SIGNS = {"tab": " ", "br": " ", "cr": " ", "ptab": " ", "nobreakhyphen": "-", "sym": ""}
_DOCX_SKIPPED = frozenset(("del", "movefrom", "ppr", "rpr", "instrtext", "deltext", "rt"))
_SYMBOLS = {
    **{0x41 + n: c for n, c in enumerate("ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ")},
    **{0x61 + n: c for n, c in enumerate("αβχδεφγηιϕκλμνοπθρστυϖωξψζ")},
    0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥",
    0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈",
}  # fmt: skip
"""Letters of the font Symbol."""


@dataclass
class _Paragraphs:
    """Paragraphs as they begin; `words` go to the innermost that is open."""

    texts: list[list[str]] = field(default_factory=list)
    kinds: list[BlockKind | None] = field(default_factory=list)
    open: list[int] = field(default_factory=list)
    continued: list[str] = field(default_factory=list)

    def begin(self, kind: BlockKind | None) -> None:
        self.open.append(len(self.texts))
        self.texts.append(self.continued)
        self.kinds.append(kind)
        self.continued = []

    def add(self, words: str | None) -> None:
        if self.open and words:
            self.texts[self.open[-1]].append(words)

    def end(self, joined: bool = False) -> None:
        """End the innermost; `joined` where its end was deleted, so that the next one continues it."""
        number = self.open.pop()
        if joined:
            self.continued, self.texts[number] = self.texts[number], []

    def document(self, about: dict[str, str], author: str | None, notices: tuple[str, ...]) -> Document:
        if self.continued:
            self.texts.append(self.continued)
            self.kinds.append(None)
        lines = [" ".join("".join(words).split()) for words in self.texts]
        pairs = [(words, kind) for words, kind in zip(lines, self.kinds, strict=True) if words]
        if not pairs:
            raise UnreadableFile("there is no text in this document.")
        if all(kind is not BlockKind.TITLE for _, kind in pairs) and pairs[0][1] is BlockKind.HEADING:
            pairs[0] = (pairs[0][0], BlockKind.TITLE)
        at, blocks = 0, []
        for words, kind in pairs:
            if kind is not None:
                blocks.append(Block(kind, at, at + len(words)))
            at += len(words) + 2
        title = next((words for words, kind in pairs if kind is BlockKind.TITLE), None)
        said = about.get("title", "")
        if title is None and said.lower().rstrip(" 0123456789") not in _NO_TITLES and not _FILE_NAME.match(said):
            title = said
        return Document(
            "\n\n".join(words for words, _ in pairs) + "\n",
            title=title,
            author=None if (author or "").lower() in _NO_NAMES else author,
            language=about.get("language"),
            notices=notices,
            blocks=tuple(blocks),
        )


def read_docx(data: bytes, name: str) -> Iterator[Document]:
    """The paragraphs of a Word document, transitional or strict; notes and comments are counted in a notice."""
    with opened(data, "a Word document") as archive:
        part = next(iter(_related(archive, "", "officedocument")), "word/document.xml")
        root, _ = parse_xml(member(archive, part))
        styles = _docx_styles(next(iter(_parts(archive, part, "styles")), b""))
        paragraphs, left_out = _Paragraphs(), Counter[str]()
        _read_docx_body(root, styles, paragraphs, left_out)
        properties = next(iter(_related(archive, "", "core-properties")), "docProps/core.xml")
        about = _properties(optional_member(archive, properties))
        yield paragraphs.document(about, about.get("creator"), _not_read(left_out))


def _read_docx_body(root: Any, styles: dict[str, BlockKind], paragraphs: _Paragraphs, left_out: Counter[str]) -> None:
    skipping: Any = None
    choices: list[bool] = []  # of each open thing in two forms, whether words of it were read
    for begins, element in walk(root):
        if skipping is not None:
            if not begins and element is skipping:
                skipping = None
            continue
        name = local(element)
        if not begins:
            _end_docx(name, element, paragraphs, choices)
            continue
        if name == "p" and _is_word(element):
            paragraphs.begin(_docx_kind(element, styles))
        elif name in _DOCX_SKIPPED or (name == "fallback" and choices and choices[-1]) or _vanishes(element):
            skipping = element
        elif name == "t":
            paragraphs.add(element.text)
            choices[-1:] = [True] if choices else []
        elif name in _DOCX_SIGNS:
            paragraphs.add(_DOCX_SIGNS[name] or _symbol(element))
        elif name == "alternatecontent":  # one thing in two forms; the second counts where the first has no words
            choices.append(False)
        elif name in ("footnotereference", "endnotereference", "commentreference"):
            left_out[name.removesuffix("reference")] += 1


def _end_docx(name: str, element: Any, paragraphs: _Paragraphs, choices: list[bool]) -> None:
    if name == "p" and _is_word(element):
        paragraphs.end(_has(element, "ppr", "rpr", ("del", "movefrom")))
    elif name == "num":  # of a fraction
        paragraphs.add("/")
    elif name == "alternatecontent" and choices.pop() and choices:
        choices[-1] = True


def _vanishes(element: Any) -> bool:
    """Whether it is a run of hidden text."""
    return local(element) == "r" and _is_word(element) and _has(element, "rpr", "vanish")


def _is_word(element: Any) -> bool:
    return "wordprocessingml" in str(element.tag)


def _value(element: Any) -> str:
    return next((value for key, value in element.items() if key.rpartition("}")[2].lower() == "val"), "")


def _has(element: Any, *path: str | tuple[str, ...]) -> bool:
    """Whether there is a child, its child … of these names, the last one not switched off."""
    found = [element]
    for names in path:
        wanted = (names,) if isinstance(names, str) else names
        found = [child for one in found for child in one if local(child) in wanted]
    return any(_value(one).lower() not in ("0", "false", "off") for one in found)


def _docx_kind(paragraph: Any, styles: dict[str, BlockKind]) -> BlockKind | None:
    properties = next(iter(paragraph), None)
    for child in properties if properties is not None and local(properties) == "ppr" else ():
        if local(child) == "pstyle":
            return styles.get(_value(child))
        if local(child) == "outlinelvl" and _value(child).isdecimal() and int(_value(child)) < 9:
            return BlockKind.HEADING
    return None


def _docx_styles(data: bytes) -> dict[str, BlockKind]:
    """The styles that are a title or heading by their built-in names, which are English in every language."""
    kinds = {f"{name}{n}": BlockKind.HEADING for name in ("Heading", "heading") for n in range(1, 10)}
    kinds["Title"] = BlockKind.TITLE
    if not data:
        return kinds
    for style in (e for e in parse_xml(data)[0].iter() if local(e) == "style"):
        id = next((value for key, value in style.items() if key.rpartition("}")[2].lower() == "styleid"), "")
        named = next((_value(e).lower() for e in style if local(e) == "name"), "")
        if named == "title":
            kinds[id] = BlockKind.TITLE
        elif re.fullmatch(r"heading [1-9]", named):
            kinds[id] = BlockKind.HEADING
    return kinds


def _symbol(element: Any) -> str:
    said = {key.rpartition("}")[2].lower(): value for key, value in element.items()}
    try:
        code = int(said.get("char", ""), 16)
    except ValueError:
        return ""
    if 0xF000 <= code <= 0xF0FF:
        code -= 0xF000
        if said.get("font", "").lower() != "symbol":
            return chr(code) if said.get("font", "").isalpha() and 0x20 < code < 0x7F else " "
    if said.get("font", "").lower() == "symbol":
        return _SYMBOLS.get(code, chr(code) if 0x20 <= code < 0x7F else " ")
    return chr(code) if 0x20 <= code < 0xD800 else " "


def _related(archive: zipfile.ZipFile, part: str, kind: str) -> list[str]:
    """The parts that `part` (or the package itself) names as its `kind`, by the end of the relationship's type."""
    folder, _, file = part.rpartition("/")
    data = optional_member(archive, posixpath.join(folder, "_rels", f"{file}.rels"))
    if not data:
        return []
    return [
        posixpath.normpath(posixpath.join("/", folder, e.get("Target") or "")).lstrip("/")
        for e in parse_xml(data)[0].iter()
        if (e.get("Type") or "").lower().endswith(f"/{kind}") and e.get("TargetMode") != "External"
    ]


def _parts(archive: zipfile.ZipFile, part: str, kind: str) -> list[bytes]:
    return [optional_member(archive, name) for name in _related(archive, part, kind)]


def _not_read(left_out: Counter[str]) -> tuple[str, ...]:
    return tuple(
        f"{counted(count, kind)} {'was' if count == 1 else 'were'} not read."
        for kind, count in sorted(left_out.items(), reverse=True)
    )


_ODT_SKIPPED = frozenset(
    ("annotation", "tracked-changes", "ruby-text", "note-citation", "binary-data", "title", "desc", "forms",
     "sequence-decls", "variable-decls", "footnote-citation", "endnote-citation", "table-of-content-source", "script")
)  # fmt: skip


def read_odt(data: bytes, name: str) -> Iterator[Document]:
    """The paragraphs and headings of an OpenDocument text, or of one of OpenOffice 1; notes are at its end."""
    with opened(data, "an OpenDocument text") as archive:
        manifest = optional_member(archive, "META-INF/manifest.xml")
        if b"encryption-data" in manifest or "encrypted-package" in archive.namelist():
            raise UnreadableFile(PROTECTED)
        root, _ = parse_xml(member(archive, "content.xml"))
        about = _properties(optional_member(archive, "meta.xml"))
        paragraphs, notes, left_out = _Paragraphs(), _Paragraphs(), Counter[str]()
        _read_odt_body(root, _odt_titles(root), paragraphs, notes, left_out)
        paragraphs.texts += notes.texts
        paragraphs.kinds += notes.kinds
        yield paragraphs.document(about, about.get("initial-creator") or about.get("creator"), _not_read(left_out))


def _odt_titles(root: Any) -> frozenset[str]:
    """The names of the style Title, and of those that a document makes from it."""
    titles = {"Title"}
    for style in (e for e in root.iter() if local(e) == "style"):
        said = {key.rpartition("}")[2]: value for key, value in style.items()}
        if said.get("parent-style-name") in titles:
            titles.add(said.get("name", ""))
    return frozenset(titles)


def _read_odt_body(
    root: Any, titles: frozenset[str], paragraphs: _Paragraphs, notes: _Paragraphs, left_out: Counter[str]
) -> None:
    skipping: Any = None
    depth = 0  # of notes
    for begins, element in walk(root):
        name = local(element)
        if skipping is not None:
            if not begins and element is skipping:
                skipping = None
                (notes if depth else paragraphs).add(element.tail)
            continue
        own = notes if depth else paragraphs
        if begins:
            if name in _ODT_SKIPPED or _hidden(element):
                left_out["comment"] += name == "annotation"
                skipping = element
            elif name in ("note", "footnote", "endnote"):
                depth += 1
            elif name in ("p", "h"):
                style = next((v for key, v in element.items() if key.rpartition("}")[2] == "style-name"), "")
                kind = BlockKind.HEADING if name == "h" else BlockKind.TITLE if style in titles else None
                own.begin(kind)
                own.add(element.text)
            elif name in ("s", "tab", "line-break", "tab-stop"):
                own.add(" ")
            elif own.open:
                own.add(element.text)
            continue
        if name in ("note", "footnote", "endnote"):
            depth -= 1
            own = notes if depth else paragraphs
        elif name in ("p", "h"):
            own.end()
        own.add(element.tail)


def _hidden(element: Any) -> bool:
    name = local(element)
    said = {key.rpartition("}")[2]: value for key, value in element.items()}
    if name == "section":
        return said.get("display") == "none"
    return name in ("hidden-text", "hidden-paragraph") and said.get("is-hidden") == "true"


def _properties(data: bytes) -> dict[str, str]:
    """What a document says of itself, by the local names of the elements."""
    if not data:
        return {}
    try:
        root, _ = parse_xml(data)
    except UnreadableFile:
        return {}
    return {local(e): " ".join(text.split()) for e in root.iter() if (text := (e.text or "").strip())}
