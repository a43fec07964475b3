"""The citation of an exported quotation: the words and exactly where they are, for readers and for `verify`.

A quotation is cited in the text that has it to the letter: in the source as it is now where the words are still
the same there, else in the text in which they were selected, with what the source says now beside them.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from summitreader.export.escaping import inline
from summitreader.notes.importers import digest, identifier, optional, span, string
from summitreader.notes.model import State, Target

CONTEXT = 32
_DATA = re.compile(r"^<!-- summitreader-quotation (\{.*\}) -->$")
_WEB = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+\Z")


@dataclass(frozen=True, slots=True)
class Citation:
    """`[start, end)` of the text with the hash `sha256` is `quote`. `path` is as it is to be written, or None."""

    quote: str
    path: str | None
    sha256: str
    start: int
    end: int
    place: str
    prefix: str = ""
    suffix: str = ""


def cite(target: Target, base: Path | None = None) -> Citation:
    """The citation of a target's words; paths are written relative to `base` where that is given."""
    selection = target.selection
    if target.start is not None and target.end is not None and target.now is None:
        sha256, start, end, place = target.sha256, target.start, target.end, target.place
    else:
        sha256, start, end, place = target.origin, selection.start, selection.end, target.first_place
    return Citation(
        selection.exact,
        written_path(target, base),
        sha256,
        start,
        end,
        place,
        selection.prefix[-CONTEXT:],
        selection.suffix[:CONTEXT],
    )


def written_path(target: Target, base: Path | None) -> str | None:
    """The path of a target's source with forward slashes; absolute where the two have no folder in common."""
    if target.source_path is None:
        return None
    path = Path(target.source_path)
    if base is None:
        return path.as_posix()
    base = base.resolve()
    try:
        common = os.path.commonpath([path, base])
    except ValueError:
        return path.as_posix()
    return path.as_posix() if len(Path(common).parts) < 2 else Path(os.path.relpath(path, base)).as_posix()


def citation_line(
    target: Target, citation: Citation, *, clean: bool = False, written: Callable[[str], str] = inline
) -> str:
    """What a reader sees below the words: outlet, title, date, paragraph, offsets, file, address, and what is amiss;
    `clean` leaves out offsets, file and hash. `written` escapes a word of a source, for markdown unless it is given."""
    about = target.about
    address = about.url or ""
    parts = [
        written(about.outlet or ""),
        _titled(written(about.title or "")),
        written(about.author or ""),
        written(about.published or ""),
        written(citation.place),
        "" if clean else f"characters {citation.start}–{citation.end}",
        "" if clean and (about.outlet or about.title) else written(citation.path or target.source),
        f"<{address}>" if written is inline and _WEB.match(address) else written(address),
        f"SHA-256 {citation.sha256[:12]}" if citation.sha256 and not clean else "",
    ]
    said = ", ".join(part for part in parts if part)
    if not target.was_sought:
        return f"{said}. Not yet looked for in the source."
    if target.state is State.ORPHAN:
        return f"{said}. The source no longer has these words."
    if target.state is State.UNSURE:
        return f"{said}. The place in the source as it is now is not confirmed."
    return said


def pandoc_citation(key: str, citation: Citation) -> str:
    """` [@key, ¶ 4]`, as pandoc and Zotero read it."""
    place = re.sub(r"¶(?=\d)", "¶ ", inline(citation.place))
    return f" [@{key}, {place}]" if place else f" [@{key}]"


def _titled(title: str) -> str:
    """A title in quotation marks, unless it brings some of its own."""
    return title if not title or set(title) & set('“”„«»"') else f"“{title}”"


def data_line(note: str, index: int, citation: Citation) -> str:
    """The same for `verify`, as a comment that no markdown ends early and no page shows."""
    document = {
        "note": note,
        "target": index,
        "path": citation.path,
        "sha256": citation.sha256,
        "start": citation.start,
        "end": citation.end,
        "prefix": citation.prefix,
        "suffix": citation.suffix,
    }
    written = json.dumps(document, ensure_ascii=True, separators=(", ", ": "))
    written = written.replace("<", "\\u003c").replace(">", "\\u003e").replace("--", "-\\u002d")
    return f"<!-- summitreader-quotation {written} -->"


def read_data_line(line: str) -> tuple[str, int, Citation] | None:
    """The note, the number of the target and the citation (without its words) of a data line; None for another."""
    found = _DATA.match(line)
    if found is None:
        return None
    try:
        d = json.loads(found[1])
        note, target, path = identifier(d["note"]), d["target"], optional(d["path"], "path")
        start, end = span(d["start"], d["end"])
        sha256, prefix, suffix = digest(d["sha256"]), string(d["prefix"], "prefix"), string(d["suffix"], "suffix")
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return (note, target, Citation("", path, sha256, start, end, "", prefix, suffix)) if type(target) is int else None
