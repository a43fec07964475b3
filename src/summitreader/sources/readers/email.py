"""Mail: letters (.eml), mailboxes (.mbox), and pages saved as one file with their pictures (.mhtml).

What a letter quotes of an earlier one, and its signature, are boilerplate, so that nobody's words count twice; a letter
that is forwarded is a source of its own, with its own sender.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32
from email.utils import parseaddr
from typing import Any

from summitreader.counting import counted
from summitreader.sources.decoding import charset_of_page, decode
from summitreader.sources.isolation import reader_failed
from summitreader.sources.model import Document, Skipped, UnreadableFile
from summitreader.sources.readers.markup import read_markup
from summitreader.text import Block, BlockKind
from summitreader.text.dates import read_date
from summitreader.text.gate import shown_line

MOST_PARTS = 10_000
MOST_LETTERS = 10_000
LONGEST_HEADER = 1_000
"""Characters of a header that are read."""

_DEEPEST = 5
"""Letters forwarded in letters that are told apart."""

_FEW_WORDS = 5
"""A plain part with fewer words than a fifth of the HTML beside it only says that there is HTML."""

_FROM = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\n]{0,200}\d{4}[^\n]{0,40}\r?\n(?=[!-9;-~]{1,80}:)")
_WROTE = re.compile(
    r"(?:on|am|le|el|il|em|op|den|på|w dniu)\b.{4,300}?\b(?:wrote|writes|schrieb\b.{0,80}|a écrit|escribió|ha scritto|"
    r"escreveu|schreef|skrev|napisał\w*)\s*:?\s*(?:>.*)?|.{1,200}\b(?:wrote|schrieb|a écrit|escribió|skrev)\s*:",
    re.IGNORECASE | re.DOTALL,
)
_ORIGINAL = re.compile(
    r"\W{0,3}-{2,}\s*(?:original message|original-nachricht|ursprüngliche nachricht|message d'origine|message original|"
    r"mensaje original|messaggio originale|oorspronkelijk bericht|opprinnelig melding)\s*-{2,}.*|_{20,}",
    re.IGNORECASE | re.DOTALL,
)
_FORWARDED = re.compile(
    r"\W{0,3}-{2,}\s*(?:forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado|"
    r"videresendt melding)\s*-{2,}|begin forwarded message:|anfang der weitergeleiteten nachricht:",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"[>*\s]*(from|von|de|fra|date|datum|sent|gesendet|subject|betreff|objet|asunto|emne|to|an|cc)\*?\s*:\*?\s*(.*)",
    re.IGNORECASE,
)
_MEANINGS = {
    **dict.fromkeys(("from", "von", "de", "fra"), "from"),
    **dict.fromkeys(("date", "datum", "sent", "gesendet"), "date"),
    **dict.fromkeys(("subject", "betreff", "objet", "asunto", "emne"), "subject"),
}
_NEXT_PART = "\f"
_ENRICHED = re.compile(r"<param>[^<]{0,1000}</param>|</?[a-z-]{1,60}>", re.IGNORECASE)


class _Short(Compat32):
    """The policy that reads headers as they are, each cut: no parser of structured headers, which grow with them."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse([line[: 4 * LONGEST_HEADER] for line in sourcelines[:50]])
        return name[:200], value[:LONGEST_HEADER]

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value


@dataclass(frozen=True, slots=True)
class _Text:
    """Paragraphs, separated by empty lines, and what was odd in decoding them."""

    text: str
    notices: tuple[str, ...] = ()


def read_email(data: bytes, name: str) -> Iterator[Document | Skipped]:
    """The words of a letter, then the letters that it forwards; other attachments are not opened."""
    message = _parsed(data)
    letters = list(_letters(message, name, 0))
    if not letters:
        raise UnreadableFile("there is no text in this letter.")
    for number, letter in enumerate(letters, 1):
        yield replace(letter, name=str(number)) if len(letters) > 1 else letter


def read_mbox(data: bytes, name: str) -> Iterator[Document | Skipped]:
    """The letters of a mailbox, each a source; one that cannot be read is skipped."""
    starts = [(found.start(), found.end()) for found in _FROM.finditer(data)]
    if not starts:
        raise UnreadableFile("it is not a mailbox: no line in it begins a letter.")
    ends = [start for start, _ in starts[1:]] + [len(data)]
    for number, ((_, start), end) in enumerate(zip(starts, ends, strict=True), 1):
        if number > MOST_LETTERS:
            yield Skipped(shown_line(name), f"only its first {MOST_LETTERS:,} letters were read.")
            return
        try:
            letter = re.sub(rb"(?m)^>(>*From )", rb"\1", data[start:end])
            for document in read_email(letter, name):
                own = getattr(document, "name", None)
                yield (
                    replace(document, name=str(number) if own is None else f"{number}.{own}")
                    if isinstance(document, Document)
                    else document
                )
        except UnreadableFile as error:
            yield Skipped(shown_line(f"{name}#{number}"), str(error))
        except MemoryError:
            raise
        except Exception as error:
            yield Skipped(shown_line(f"{name}#{number}"), str(reader_failed(error)))


def read_mhtml(data: bytes, name: str) -> Iterator[Document]:
    """The article of a page that was saved with its pictures."""
    from summitreader.sources.readers.web import page_document

    message = _parsed(data)
    part = next((p for p in message.walk() if p.get_content_type() in ("text/html", "application/xhtml+xml")), None)
    if part is None:
        raise UnreadableFile("there is no web page in it.")
    found = _decoded(part)
    url = _header(part, "content-location") or _header(message, "snapshot-content-location")
    yield page_document(found.text, url=url if url and re.match(r"https?://", url) else None, notices=found.notices)


def _parsed(data: bytes) -> Message:
    if data.count(b"\n--") > MOST_PARTS:
        raise UnreadableFile(f"it is a letter of more than {MOST_PARTS:,} parts.")
    try:
        message = BytesParser(policy=_Short()).parsebytes(data.lstrip(b"\r\n"))
    except Exception as error:  # the parser meets malformed letters with exceptions of many kinds
        raise UnreadableFile("it is a letter that cannot be parsed.") from error
    if not message.keys():
        raise UnreadableFile("it is not a letter: it has no headers.")
    return message


def _letters(message: Message, name: str, depth: int) -> Iterator[Document]:
    forwarded: list[Message] = []
    attached: list[str] = []
    texts = list(_texts(message, forwarded, attached))
    text = f"\n{_NEXT_PART}\n".join(part.text.strip() for part in texts if part.text.strip())
    notices = tuple(dict.fromkeys(notice for part in texts for notice in part.notices))
    if attached:
        were = "was" if len(attached) == 1 else "were"
        notices = (*notices, f"{counted(len(attached), 'attachment')} {were} not opened.")
    subject, sender, sent = (_header(message, key) for key in ("subject", "from", "date"))
    if text:
        yield from _split(text, subject, sender, sent, notices)
    for inner in forwarded if depth < _DEEPEST else ():
        yield from _letters(inner, name, depth + 1)


def _split(
    text: str, subject: str | None, sender: str | None, sent: str | None, notices: tuple[str, ...], depth: int = 0
) -> Iterator[Document]:
    """The letter, and the letter that its text forwards."""
    paragraphs = [paragraph for paragraph in re.split(r"\n[^\S\n\f]*\n", text) if paragraph.strip()]
    for n, paragraph in enumerate(paragraphs if depth < _DEEPEST else ()):
        line, _, rest = paragraph.partition("\n")
        if _FORWARDED.match(line.strip(" >*")) is None:
            continue
        said, body = _forwarded_head([*rest.splitlines(), *"\n\n".join(paragraphs[n + 1 :]).splitlines()])
        if said and body:
            if n:
                yield _document("\n\n".join(paragraphs[:n]), subject, sender, sent, notices)
            yield from _split(
                body, said.get("subject") or subject, said.get("from"), said.get("date"), notices, depth + 1
            )
            return
    yield _document(text, subject, sender, sent, notices)


def _forwarded_head(lines: list[str]) -> tuple[dict[str, str], str]:
    """What the first lines of a forwarded letter say of it, and the rest, without the marks of a quotation."""
    said: dict[str, str] = {}
    n = 0
    while n < len(lines):
        found = _FIELD.match(lines[n][:LONGEST_HEADER])
        if found is None and lines[n].strip(" >"):
            break
        if found is not None and (meaning := _MEANINGS.get(found[1].lower())):
            said.setdefault(meaning, found[2].strip())
        n += 1
    rest = lines[n:]
    if rest and all(line.startswith(">") or not line.strip() for line in rest):
        rest = [line[1:].removeprefix(" ") for line in rest]
    return said, "\n".join(rest).strip()


def _document(
    text: str, subject: str | None, sender: str | None, sent: str | None, notices: tuple[str, ...]
) -> Document:
    moment = read_date(sent or "")
    title = " ".join((subject or "").split()) or None
    parts: list[tuple[str, BlockKind | None]] = [(title, BlockKind.TITLE)] if title else []
    parts += _paragraphs(text)
    at, blocks = 0, []
    for words, kind in parts:
        if kind is not None:
            blocks.append(Block(kind, at, at + len(words)))
        at += len(words) + 2
    return Document(
        "\n\n".join(words for words, _ in parts) + "\n",
        title=title,
        author=parseaddr(sender or "")[0] or None,
        published=moment.iso() if moment else None,
        notices=notices,
        blocks=tuple(blocks),
    )


def _paragraphs(text: str) -> list[tuple[str, BlockKind | None]]:
    """The paragraphs of a letter; what it quotes of an earlier one, and its signature, as boilerplate."""
    found: list[tuple[str, bool]] = []
    lines: list[str] = []
    quoting = signed = earlier = marked = False

    def end() -> None:
        words = "\n".join(lines).strip()
        lines.clear()
        if words:
            found.append((words, quoting or signed or earlier))

    for line in text.split("\n"):
        quoted = line.startswith(">")
        if line == _NEXT_PART or not line.strip(" >\t") or quoted != quoting:
            end()
        signed = signed and line != _NEXT_PART
        if not quoted and re.fullmatch(r"--\s?", line):
            end()
            signed = True
            continue
        if not quoted and _ORIGINAL.fullmatch(line.strip()):
            end()
            earlier = True
        quoting = quoted
        marked = marked or quoted
        if line != _NEXT_PART:
            lines.append(re.sub(r"\A(?:>\s?)+", "", line).rstrip())
    end()
    paragraphs: list[tuple[str, BlockKind | None]] = []
    earlier = False
    for n, (words, boilerplate) in enumerate(found):
        if not boilerplate and len(words) < 400 and _WROTE.fullmatch(" ".join(words.split())):
            boilerplate = not marked or (n + 1 < len(found) and found[n + 1][1])
            earlier = earlier or not marked  # as in HTML: what follows bears no marks
        paragraphs.append((words, BlockKind.BOILERPLATE if boilerplate or earlier else None))
    return paragraphs


def _texts(part: Message, forwarded: list[Message], attached: list[str], depth: int = 0) -> Iterator[_Text]:
    """The texts of a part in order; of alternatives the one that has the words."""
    kind = part.get_content_type()
    children: Any = part.get_payload() if part.is_multipart() else None
    if kind == "message/rfc822" and children:
        forwarded.append(children[0])
    elif children and depth < 50:
        if kind == "multipart/alternative":
            offered = [(p.get_content_type(), list(_texts(p, forwarded, attached, depth + 1))) for p in children]
            yield from _best(offered)
        else:
            for child in children:
                yield from _texts(child, forwarded, attached, depth + 1)
    elif kind in ("text/plain", "text/html", "text/enriched", "text/richtext", "application/xhtml+xml"):
        found = _decoded(part)
        text = found.text
        if kind in ("text/html", "application/xhtml+xml"):
            text = read_markup(text).text
        elif kind != "text/plain":
            text = _ENRICHED.sub("", re.sub(r"\n(\n*)", r"\1", text.replace("\n\n", "\n\n\n"))).replace("<<", "<")
        elif "flowed" in str(part.get_param("format", "")).lower():
            text = re.sub(r"(?<=[^\s>-]) \n(?![>\s]|-- ?\n)", " ", text)
        yield _Text(text, found.notices)
    elif part.get_content_maintype() not in ("multipart", "message"):
        named = part.get_filename()
        inline = part.get("content-id") is not None and "attachment" not in str(part.get("content-disposition", ""))
        if not inline or named:
            attached.append(named or kind)


def _best(offered: list[tuple[str, list[_Text]]]) -> list[_Text]:
    """The plain text, unless it has few of the words of another form."""
    counts = [sum(len(text.text.split()) for text in texts) for _, texts in offered]
    if not counts:
        return []
    most = max(counts)
    plain = next((n for n, (kind, _) in enumerate(offered) if kind == "text/plain"), None)
    if plain is not None and counts[plain] and counts[plain] * _FEW_WORDS >= most:
        return offered[plain][1]
    return offered[max(range(len(offered)), key=lambda n: (counts[n], n))][1]


def _decoded(part: Message) -> _Text:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return _Text("")
    declared = part.get_content_charset()
    if not payload.strip():
        return _Text("")
    if declared is None and part.get_content_subtype() == "html":
        declared = charset_of_page(payload)
    decoded = decode(payload, declared)
    return _Text(decoded.text, decoded.notices)


def _header(message: Message, key: str) -> str | None:
    value = message.get(key)
    if value is None:
        return None
    raw = str(value)[:LONGEST_HEADER]
    if not raw.isascii():  # bytes that are not ASCII, which no header may have: UTF-8 mostly
        return " ".join(decode(raw.encode("utf-8", "surrogateescape")).text.split()) or None
    words = ""
    try:
        for part, charset in decode_header(raw):
            words += (
                part if isinstance(part, str) else decode(part, charset).text if charset else part.decode("latin-1")
            )
    except (ValueError, UnreadableFile):
        words = raw
    return " ".join(words.split()) or None
