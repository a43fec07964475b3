"""Annotations from CSV, as this program exports it: a row a target, the rows of one id together one annotation."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from summitreader.notes.documents import ABOUT, Document
from summitreader.notes.incoming import Incoming, Unfit, digest, foreign_target, identifier, time, unique

NEEDED = ("id", "note", "tags", "quote", "start", "sha256", "path")
_GUARDS = ("=", "+", "-", "@", "\t", "\r", "'")


def is_table(text: str) -> bool:
    """Whether the first line names the columns of an export as CSV."""
    names = text.partition("\n")[0].strip().split(",")
    return all(name in names for name in NEEDED)


def read_table(text: str) -> Incoming:
    """The annotations of such a table; a line that is none of ours is refused with the reason."""
    documents: dict[str, Document] = {}
    refused: list[str] = []
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        for row in reader:
            try:
                _add(documents, {k: _unguarded(v or "") for k, v in row.items() if isinstance(k, str)})
            except ValueError as error:
                refused.append(f"line {reader.line_num}: {error}.")
    except csv.Error as error:
        refused.append(f"line {reader.line_num}: {error}.")
    return Incoming("CSV", *unique(list(documents.values()), refused), (), tuple(refused))


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
        raise Unfit("its start is no number") from None
    if not 0 <= start < 1 << 40:
        raise Unfit("its start is none")
    number = len(document["targets"])
    target = foreign_target(number, row["quote"], row.get("prefix", ""), row.get("suffix", ""), start, source)
    digest(row["sha256"])
    documents[id] = document | {"targets": [*document["targets"], target]}


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_GUARDS) else cell
