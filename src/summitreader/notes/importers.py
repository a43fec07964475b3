"""Annotations from files: W3C JSON-LD, JSON-lines, Hypothesis, Readium, CSV, whichever a file is.

A record that is not what it should be is refused with a sentence, and the others are taken. Nothing that a record
names is opened or fetched.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from summitreader.errors import SummitreaderError
from summitreader.notes.documents import ABOUT, Document, placement_document
from summitreader.notes.model import Decision, State, decision_of, key_of

JSON_LINES = "summitreader.annotations/"
FAR = 1 << 40
LONG = 4_000_000


class InvalidRecord(ValueError):
    """A record is not what it should be; the message says why, after its place in the file."""


@dataclass(frozen=True, slots=True)
class ParsedImport:
    """What a file holds: documents for `Store.bring_in`, the texts that came along, and why records were refused."""

    kind: str
    documents: tuple[Document, ...]
    texts: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()


def read_annotations(data: bytes) -> ParsedImport:
    """What the bytes of a file hold. Raises `SummitreaderError` where they are none of the kinds that are known."""
    from summitreader.notes import web_importers

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SummitreaderError("This is no text in UTF-8; annotations come as JSON, JSON-lines or CSV.") from None
    head = text.lstrip()[:1]
    if head not in ("{", "["):
        if is_table(text):
            return read_table(text)
        raise SummitreaderError("This is neither JSON nor CSV with the columns of an export; nothing was taken in.")
    try:
        first = json.loads(text.splitlines()[0])
    except (ValueError, RecursionError):
        first = None
    if isinstance(first, dict) and str(first.get("schema", "")).startswith(JSON_LINES):
        return _read_lines(text)
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SummitreaderError(
            f"This is no JSON that can be read ({type(error).__name__}: {str(error)[:80]})."
        ) from None
    return web_importers.read_web(whole)


def _read_lines(text: str) -> ParsedImport:
    documents: list[Document] = []
    texts: list[str] = []
    decisions: list[Decision] = []
    refused: list[str] = []
    for number, line in enumerate(text.split("\n")[1:], start=2):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if not isinstance(record, dict):
                raise InvalidRecord("it is no object")
            if "annotation" in record:
                documents.append(own_document(record["annotation"]))
            elif isinstance(record.get("decision"), dict):
                decisions.append(_decided(record["decision"]))
            elif isinstance(record.get("text"), str):
                if sha256_of(record["text"]) != record.get("sha256"):
                    raise InvalidRecord("the text is not the one with that hash")
                texts.append(record["text"])
        except InvalidRecord as error:
            refused.append(f"line {number}: {error}.")
        except (ValueError, TypeError, RecursionError) as error:
            refused.append(f"line {number}: it cannot be read ({type(error).__name__}).")
    return ParsedImport("JSON-lines", *unique(documents, refused), tuple(texts), tuple(refused), tuple(decisions))


def _decided(document: dict[str, object]) -> Decision:
    try:
        found = decision_of(document)
    except (KeyError, TypeError, ValueError):
        raise InvalidRecord("it is no decision") from None
    if found.key != key_of(found.kind, found.words):
        raise InvalidRecord("the decision is not on the words that it names")
    return found


def unique(documents: list[Document], refused: list[str]) -> tuple[tuple[Document, ...]]:
    """The documents, the first of each id; the others are refused."""
    seen: set[str] = set()
    kept = []
    for document in documents:
        name = document.get("iri") or document.get("id")
        if name is not None and name in seen:
            refused.append(f"{name}: it stands in the file twice; the first was taken.")
            continue
        if name is not None:
            seen.add(name)
        kept.append(document)
    return (tuple(kept),)


def own_document(value: Any) -> Document:
    """A document of ours, each value of it checked (`notes.own_records`). Raises `InvalidRecord`."""
    from summitreader.notes import own_records

    document = own_records.checked(value)
    document |= {"created": time(document["created"]), "modified": time(document["modified"])}
    return document | {"iri": name(document["iri"])}


def foreign_target(number: int, exact: str, prefix: str, suffix: str, start: int | None, source: Document) -> Document:
    """A target that another program made: its words are known, the text that they were taken from is not."""
    if not exact.strip():
        raise InvalidRecord("it quotes no words, and without them it has no place")
    at = start if start is not None else 0
    return {
        "id": str(number),
        "source": source,
        "origin": "",
        "exact": exact,
        "prefix": prefix,
        "suffix": suffix,
        "start": at,
        "end": at + len(exact),
        "place": "",
        "decided": [],
        "placed": placement_document("", None, None, State.ORPHAN, 0.0, "", "reader"),
    }


def foreign_source(name: str, title: str | None = None, outlet: str | None = None) -> Document:
    """A source that another program names by an address; only one of the web is kept as such."""
    web = name.startswith(("http://", "https://"))
    about = dict.fromkeys(ABOUT) | {"title": title, "outlet": outlet, "url": name if web else None}
    return {"id": name, "location": None, "sha256": "", "about": about}


def string(value: Any, what: str) -> str:
    """Text of a length that can be kept."""
    if not isinstance(value, str) or len(value) > LONG:
        raise InvalidRecord(f"its {what} is no text")
    return value


def optional(value: Any, what: str) -> str | None:
    """The same, or nothing."""
    return None if value is None else string(value, what)


def name(value: Any) -> str | None:
    """The name that an annotation has elsewhere, or nothing; without lone surrogates, which no name has."""
    found = optional(value, "name")
    if found is not None and any("\ud800" <= c <= "\udfff" for c in found):
        raise InvalidRecord("its name is not Unicode text")
    return found


def span(start: Any, end: Any) -> tuple[int, int]:
    """Offsets that run forward."""
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= FAR:
        raise InvalidRecord("its offsets are none")
    return start, end


def identifier(value: Any) -> str:
    """An id of ours, which stands in markdown too."""
    if not isinstance(value, str) or not value.isascii() or not value.isalnum() or len(value) > 64:
        raise InvalidRecord("its id is not one of ours")
    return value


def digest(value: Any) -> str:
    """A SHA-256 in hexadecimal, or empty where the text is not known."""
    if not isinstance(value, str) or (value and (len(value) != 64 or set(value) - set("0123456789abcdef"))):
        raise InvalidRecord("its hash is none")
    return value


def time(value: Any) -> str:
    """A time as ISO 8601 in UTC with milliseconds; the time of import where there is none."""
    if value is None:
        found = datetime.now(UTC)
    else:
        try:
            found = datetime.fromisoformat(string(value, "time"))
            found = found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
        except (ValueError, OverflowError):
            raise InvalidRecord("its time is none") from None
    return found.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def sha256_of(text: str) -> str:
    """The hash by which texts are kept: of UTF-8, lone surrogates included."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


NEEDED = ("id", "note", "tags", "quote", "start", "sha256", "path")
_FORMULA = r"[=+\-@\t\r\n＝＋－＠']"
_CELL = r"(\A|[;\t\r\n])"
_GUARD, _GUARDED = re.compile(f'{_CELL}(?="*{_FORMULA})'), re.compile(f"{_CELL}'(?=\"*{_FORMULA})")
_DELIMITERS = (",", ";", "\t")


def guarded(cell: str) -> str:
    """A cell of which no spreadsheet takes any part for a formula, whether it parts cells at commas, semicolons (as in
    many countries) or tabs: an apostrophe comes before whatever a formula could begin with."""
    return _GUARD.sub(r"\1'", cell)


def unguarded(cell: str) -> str:
    """The cell as it was before `guarded`."""
    return _GUARDED.sub(r"\1", cell)


def is_table(text: str) -> bool:
    """Whether the first line names the columns of an export as CSV."""
    return _delimiter(text) is not None


def _delimiter(text: str) -> str | None:
    """What parts the names in the first line: a comma, or what a spreadsheet wrote in place of it."""
    first = text.partition("\n")[0].strip()
    rows = {delimiter: next(csv.reader([first], delimiter=delimiter), []) for delimiter in _DELIMITERS}
    return next((d for d, names in rows.items() if set(NEEDED) <= set(names)), None)


def read_table(text: str) -> ParsedImport:
    """The annotations of such a table; a line that is none of ours is refused with the reason."""
    documents: dict[str, Document] = {}
    refused: list[str] = []
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text) or ",")
    try:
        for row in reader:
            try:
                _add(documents, {k: unguarded(v or "") for k, v in row.items() if isinstance(k, str)})
            except ValueError as error:
                refused.append(f"line {reader.line_num}: {error}.")
    except csv.Error as error:
        refused.append(f"line {reader.line_num}: {error}.")
    return ParsedImport("CSV", *unique(list(documents.values()), refused), (), tuple(refused))


def _add(documents: dict[str, Document], row: dict[str, str]) -> None:
    id = identifier(row["id"])
    document = documents.get(id) or {
        "id": id,
        "note": row["note"],
        "tags": [tag for tag in row["tags"].split("\n") if tag],
        "colour": row.get("colour") or None,
        "created": time(row.get("created") or None),
        "modified": time(row.get("modified") or None),
        "iri": None,
        "creator": None,
        "targets": [],
    }
    path = row["path"]
    about = {name: row.get(name) or None for name in ABOUT}
    source = {"id": path, "location": path if Path(path).is_absolute() else None, "sha256": "", "about": about}
    try:
        start = int(row["start"])
    except ValueError:
        raise InvalidRecord("its start is no number") from None
    if not 0 <= start < 1 << 40:
        raise InvalidRecord("its start is none")
    number = len(document["targets"])
    target = foreign_target(number, row["quote"], row.get("prefix", ""), row.get("suffix", ""), start, source)
    digest(row["sha256"])
    documents[id] = document | {"targets": [*document["targets"], target]}
