"""A comparison as one HTML file that opens in any browser, prints, and needs nothing else: no request, no other file.

It is complete without script; the script lights up counterparts, filters, changes the base and copies with citation.
A Content-Security-Policy with hashes lets only the page's own style and script in. Words of sources are text between
tags that the templates escape: no element, attribute or link comes from a source. Every quotation says its source and
its offsets, so that `verify` can check it.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from summitreader.comparison import Report
from summitreader.export.briefing import agreed_heading, copied_in_words, date_in_words, place_in_words
from summitreader.export.escaping import visible
from summitreader.export.outline import outline
from summitreader.export.outline_model import Check, Excerpt, Outline
from summitreader.notes.model import Annotation, Target
from summitreader.text import BlockKind, Source

SCHEMA = "summitreader.report/1"
_TEMPLATES = Path(__file__).with_name("templates")
_LANGUAGE = re.compile(r"[a-z]{2,3}\Z")


def page(
    report: Report,
    *,
    title: str | None = None,
    base: str | None = None,
    notes: Sequence[Annotation] = (),
    paths: Mapping[str, str] | None = None,
    given: Outline | None = None,
) -> str:
    """The page. `base` is the id of the source whose order the texts follow (the first that can be compared), `paths`
    say by id where each source's file is, relative to the page, for `verify`. `notes` are shown where any are given.

    `given` is the outline, where it is known already. Raises `ValueError` for a base that is not in the report.
    """
    shown = given or outline(report)
    known = {s.id: s.letter for s in shown.sources}
    first = base or next((s.id for s in shown.sources if s.comparable), report.sources[0].id if report.sources else "")
    if first and first not in known:
        raise ValueError(f"there is no source {first}")
    located = paths or {}
    view = {
        "schema": SCHEMA,
        "title": title or f"{len(shown.sources)} sources compared",
        "o": shown,
        "agreed": agreed_heading(shown.agreed, shown) if shown.agreed else "",
        "base": known.get(first, ""),
        "sources": [
            {
                "entry": entry,
                "date": date_in_words(entry),
                "path": located.get(entry.id) or entry.path or entry.id,
                "sha256": source.sha256,
                "lang": _language(source),
            }
            for entry, source in zip(shown.sources, report.sources, strict=True)
        ],
        "copied": [(row, copied_in_words(row.share, row.by, row.of, row.likelihood)) for row in shown.copied],
        "rows": [_row(row, report, known) for row in align(report, first)] if report.sources else [],
        "texts": _Texts(report, shown, known),
        "notes": [_note(note, known, report) for note in notes],
    }
    return rendered("report.html", view, script="report.js")


# The texts side by side


@dataclass(slots=True, eq=False)
class Row:
    """One thread, or passages in a row of one source that nothing is linked to; `cells` are passages by source id."""

    thread: int | None
    cells: dict[str, list[int]] = field(default_factory=dict)
    after: Row | None = None


def align(report: Report, base: str) -> list[Row]:
    """All passages of all sources in rows: those of a thread share one, in the order of the source `base`; what is not
    in it follows what its own source has before it, and never comes before the base begins. The script does the same
    for another base."""
    threads = {member: n for n, thread in enumerate(report.threads) for member in thread.members}
    at = {(ref.source, ref.passage): n for ref, n in threads.items()}
    head = Row(None)
    rows: dict[int, Row] = {}
    for source in sorted(report.sources, key=lambda s: s.id != base):
        cursor = head if source.id == base else head.after or head
        for n in range(len(source.passages)):
            thread = at.get((source.id, n))
            own = cursor.cells.get(source.id)
            if thread is not None and thread in rows:
                if source.id in rows[thread].cells:  # said once more, further down: what follows stays down there
                    rows[thread].cells[source.id].append(n)
                    continue
                cursor = rows[thread]
            elif not (thread is None and cursor.thread is None and own and _together(source, own[-1], n)):
                cursor.after = row = Row(thread, after=cursor.after)
                cursor = row
                if thread is not None:
                    rows[thread] = row
            cursor.cells.setdefault(source.id, []).append(n)
    found = []
    next_row = head.after
    while next_row is not None:
        found.append(next_row)
        next_row = next_row.after
    return found


def _together(source: Source, before: int, n: int) -> bool:
    """Whether two passages that nothing is linked to share a row: of one paragraph, or both no part of the account."""
    same = source.passages[before].block == source.passages[n].block
    return before == n - 1 and (same or not (source.is_told(before) or source.is_told(n)))


def _row(row: Row, report: Report, letters: Mapping[str, str]) -> dict[str, Any]:
    return {
        "thread": row.thread,
        "cells": [(letters[s.id], [(s, n) for n in row.cells.get(s.id, ())]) for s in report.sources],
    }


class _Texts:
    """What the template asks of a passage: where it is, of what kind, and its words with what is to check in them."""

    def __init__(self, report: Report, o: Outline, letters: Mapping[str, str]) -> None:
        self._letters = letters
        self._marks: dict[tuple[str, int], list[tuple[int, int, Check]]] = {}
        for check in o.to_check:
            for side in check.sides:
                for e in side.excerpts:
                    start, end = e.mark or (0, len(e.words))
                    source = next(s for s in report.sources if s.id == e.source)
                    for n in range(e.passage, source.passage_at(max(e.start, e.end - 1)) + 1):
                        self._marks.setdefault((e.source, n), []).append((e.start + start, e.start + end, check))

    def id(self, source: Source, n: int) -> str:
        return f"{self._letters[source.id]}-{n}"

    def place(self, source: Source, n: int) -> str:
        return place_in_words(source.place_name(n))

    def kind(self, source: Source, n: int) -> str:
        kind = source.blocks[source.passages[n].block].kind
        return {BlockKind.TITLE: "headline", BlockKind.HEADING: "subheading"}.get(
            kind, "text" if source.is_told(n) else "furniture"
        )

    def pieces(self, source: Source, n: int) -> Iterator[tuple[str, tuple[int, ...]]]:
        """The words of a passage in pieces, each with the numbers of the checks that mark it."""
        passage = source.passages[n]
        marks = [(max(a, passage.start), min(b, passage.end), c) for a, b, c in self._marks.get((source.id, n), ())]
        bounds = sorted({passage.start, passage.end, *(at for a, b, _ in marks if a < b for at in (a, b))})
        for start, end in pairwise(bounds):
            numbers = tuple(dict.fromkeys(c.number for a, b, c in marks if a <= start and end <= b))
            yield source.text[start:end], numbers


# Notes


def _note(note: Annotation, letters: Mapping[str, str], report: Report) -> dict[str, Any]:
    sources = {s.id: s for s in report.sources}
    return {
        "id": note.id,
        "note": note.note,
        "tags": note.tags,
        "targets": [_target(t, letters, sources.get(t.source)) for t in note.targets],
    }


def _target(target: Target, letters: Mapping[str, str], source: Source | None) -> dict[str, Any]:
    """A target in its source as it is in the report, else the words as they were selected, with no place."""
    if source is None or target.start is None or target.end is None or target.sha256 != source.sha256:
        return {"words": target.quote, "letter": letters.get(target.source, ""), "place": "", "span": "", "passage": 0}
    n = source.passage_at(target.start)
    return {
        "words": source.text[target.start : target.end],
        "letter": letters[source.id],
        "place": place_in_words(source.place_name(n)),
        "span": f"{target.start}-{target.end}",
        "passage": n,
    }


def written_paths(sources: Iterable[Source], root: Path, folder: Path) -> dict[str, str]:
    """By id, where the file of each of `sources` (their paths are relative to `root`) is from a page in `folder`, with
    forward slashes; absolute where the two have no drive in common."""
    found = {}
    for source in sources:
        if source.path:
            file = (root / source.path).resolve()
            try:
                found[source.id] = Path(os.path.relpath(file, folder.resolve())).as_posix()
            except ValueError:
                found[source.id] = file.as_posix()
    return found


# Rendering


def rendered(template: str, view: Mapping[str, object], *, script: str = "") -> str:
    """A page from a template in `templates/`, with the one style and perhaps a script, and a policy that lets only
    these in."""
    style, code = _asset("report.css"), _asset(script) if script else ""
    scripts = f"script-src {_hash(code)}; " if code else ""
    policy = f"default-src 'none'; style-src {_hash(style)}; {scripts}base-uri 'none'; form-action 'none'"
    return _environment().get_template(template).render({**view, "css": style, "js": code, "policy": policy})


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: visible(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["parts"] = _parts
    environment.filters["place"] = place_in_words
    environment.filters["letters"] = _letters
    return environment


def _parts(excerpt: Excerpt) -> tuple[str, str, str]:
    """The words before the mark, those marked, and those after it; without a mark all are before it."""
    start, end = excerpt.mark or (len(excerpt.words), len(excerpt.words))
    return excerpt.words[:start], excerpt.words[start:end], excerpt.words[end:]


def _letters(letters: Iterable[str]) -> str:
    return ", ".join(letters)


def _language(source: Source) -> str:
    return source.language if source.language and _LANGUAGE.match(source.language) else ""


def _asset(name: str) -> str:
    return (_TEMPLATES / name).read_text("utf-8")


def _hash(asset: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(asset.encode()).digest()).decode()}'"
