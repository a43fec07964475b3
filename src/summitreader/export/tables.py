"""Annotations as CSV, a row a target (RFC 4180, UTF-8).

A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@` (in some countries also in their wide forms), a tab or a
return for a formula: such a cell gets an apostrophe before it, and so does one that begins with an apostrophe, so that
`unguarded` takes exactly one off.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from summitreader.export.citation import cite
from summitreader.export.escaping import visible
from summitreader.notes.model import Annotation

COLUMNS = (
    *("id", "target", "note", "tags", "colour", "created", "modified", "quote", "state", "confidence", "place"),
    *("start", "end", "sha256", "prefix", "suffix", "path"),
    *("title", "outlet", "author", "published", "url", "language"),
)
_GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
MARK = "\ufeff"
"""Before the first cell of a file, and not of what goes to a pipe: by it a spreadsheet knows that this is UTF-8."""


def table(annotations: Iterable[Annotation]) -> str:
    """The rows under a row of names. Tags are parted by line feeds inside their cell; what a terminal could take for
    a command is made visible."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for a in annotations:
        for n, target in enumerate(a.targets):
            cited = cite(target)
            about = target.about
            selection = target.selection
            row: list[object] = [a.id, n, a.note, "\n".join(a.tags), a.colour, a.created, a.modified, cited.quote]
            row += [target.state, target.confidence, cited.place, cited.start, cited.end, cited.sha256]
            row += [selection.prefix, selection.suffix, target.source_path or target.source]
            row += [about.title, about.outlet, about.author, about.published, about.url, about.language]
            writer.writerow([guarded(visible("" if cell is None else str(cell))) for cell in row])
    return out.getvalue()


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_GUARDED) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before `guarded`."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_GUARDED) else cell
