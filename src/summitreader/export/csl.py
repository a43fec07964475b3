"""The sources of notes for reference managers: CSL-JSON (Zotero, pandoc) and RIS, with keys for `[@key, ¶ 4]`.

A key is made of what is known of a source (author or outlet, year, first word of the title), in ASCII, so that it
stays the same from one export to the next; sources that would share one get a letter after it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from summitreader.comparison.model import letter_of
from summitreader.export.escaping import visible
from summitreader.notes.model import About, Annotation, Target
from summitreader.text import Source
from summitreader.text.vocabulary import stop_words

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?!\d)")
_AUTHORS = re.compile(r"\s*(?:;|,|\band\b|&|\bund\b|\bet\b|\by\b)\s*")
_BY = re.compile(r"\A(?:by|von|par|por)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """A source as it is cited: `of` names it (see `source_of`), `key` is its citation key."""

    of: str
    key: str
    about: About


def source_of(target: Target) -> str:
    """The unique name of the source of a target: the path of its file, else its id."""
    return target.source_path or target.source


def references(annotations: Iterable[Annotation], sources: Sequence[Source] = ()) -> tuple[Reference, ...]:
    """One for each source that is quoted, and for each of `sources`, in that order."""
    abouts: dict[str, About] = {}
    ids: dict[str, str] = {}
    for annotation in annotations:
        for target in annotation.targets:
            abouts.setdefault(source_of(target), target.about)
            ids[target.source] = source_of(target)
    for s in sources:
        if s.id not in ids:
            abouts[s.id] = About(s.title, s.outlet, s.author, s.published, s.url, s.language)
    wanted = {of: _key(of, about) for of, about in abouts.items()}
    often = Counter(wanted.values())
    met: Counter[str] = Counter()
    found = {}
    for of in sorted(abouts):
        key = wanted[of]
        found[of] = key if often[key] == 1 else key + letter_of(met[key]).lower()
        met[key] += 1
    return tuple(Reference(of, found[of], about) for of, about in abouts.items())


def keys_of(found: Iterable[Reference]) -> Mapping[str, str]:
    """The citation keys by `source_of`."""
    return {reference.of: reference.key for reference in found}


def csl_json(found: Iterable[Reference]) -> str:
    """A list of items in CSL-JSON, as readable ASCII."""
    return json.dumps([_item(r) for r in found], ensure_ascii=True, indent=1) + "\n"


def ris(found: Iterable[Reference]) -> str:
    """The same in RIS, a tag a line."""
    return "".join(_record(r) for r in found)


def _item(reference: Reference) -> dict[str, Any]:
    about = reference.about
    item: dict[str, Any] = {"id": reference.key, "type": _type(about)}
    known = {"title": about.title, "container-title": about.outlet, "URL": about.url, "language": about.language}
    item |= {name: line for name, value in known.items() if (line := _line(value))}
    if authors := _authors(about.author):
        item["author"] = [{"literal": author} for author in authors]
    if date := _date(about):
        item["issued"] = {"date-parts": [list(date)]}
    return item


def _record(reference: Reference) -> str:
    about = reference.about
    kind = {"article-newspaper": "NEWS", "webpage": "ELEC"}.get(_type(about), "GEN")
    date = _date(about)
    fields = [
        ("TY", kind),
        ("ID", reference.key),
        ("TI", about.title),
        *(("AU", author) for author in _authors(about.author)),
        ("T2", about.outlet),
        ("PY", str(date[0]) if date else None),
        ("DA", "/".join(f"{part:02d}" for part in date) if date else None),
        ("UR", about.url),
        ("LA", about.language),
    ]
    lines = [f"{tag}  - {line}\r\n" for tag, value in fields if (line := _line(value))]
    return "".join(lines) + "ER  - \r\n"


def _type(about: About) -> str:
    return "article-newspaper" if about.outlet else "webpage" if about.url else "document"


def _authors(author: str | None) -> list[str]:
    return [name for part in _AUTHORS.split(_BY.sub("", (author or "").strip())) if (name := _line(part))]


def _date(about: About) -> tuple[int, ...]:
    """Year, month and day, as far as they are known."""
    found = _DATE.match(about.published or "")
    return tuple(int(part) for part in found.groups() if part) if found else ()


def _line(value: str | None) -> str:
    return " ".join(visible(value or "").split())


def _key(of: str, about: About) -> str:
    authors = _authors(about.author)
    who = _plain(authors[0].split()[-1]) if authors else ""
    who = who or _plain(about.outlet or "") or _plain(PurePath(of).stem) or "source"
    year = str(_date(about)[0]) if _date(about) else ""
    title = [
        w for word in (about.title or "").split() if (w := _plain(word)) and w not in stop_words(about.language or "en")
    ]
    return f"{who[:30]}{year}{title[0][:20] if title else ''}"


def _plain(words: str) -> str:
    """The ASCII letters and digits of some words, small."""
    folded = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return "".join(c for c in folded.lower() if c.isalnum())
