"""The tables of the store.

`event` is the history: everything that was ever done, in order, from which every other table can be made anew (and
is, by `replay`: a store of an older schema becomes one of today in this way). The other tables are what the history
comes to. Each row bears a checksum of its own, since SQLite
does not notice a changed byte inside a value.
"""

from __future__ import annotations

import re
import sqlite3
import zlib

from summitreader.notes.errors import StoreDamaged

APPLICATION_ID = 0x53554D52  # "SUMR"
SCHEMA = 6

TABLES = """
CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    does TEXT NOT NULL,
    payload TEXT NOT NULL,
    done INTEGER NOT NULL,
    sum INTEGER NOT NULL
) STRICT;
CREATE INDEX event_done ON event (done, seq) WHERE does = 'action';
CREATE TABLE decision (
    key TEXT PRIMARY KEY,
    doc TEXT NOT NULL,
    sum INTEGER NOT NULL
) STRICT;
CREATE TABLE snapshot (
    sha256 TEXT PRIMARY KEY,
    text BLOB NOT NULL
) STRICT;
CREATE TABLE source (
    key TEXT PRIMARY KEY,
    location TEXT,
    url TEXT,
    sha256 TEXT NOT NULL,
    doc TEXT NOT NULL,
    sum INTEGER NOT NULL
) STRICT;
CREATE INDEX source_url ON source (url) WHERE url IS NOT NULL;
CREATE UNIQUE INDEX source_location ON source (location) WHERE location IS NOT NULL;
CREATE TABLE version (
    sha256 TEXT NOT NULL,
    source TEXT NOT NULL REFERENCES source (key),
    PRIMARY KEY (sha256, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX version_source ON version (source);
CREATE TABLE annotation (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    iri TEXT,
    deleted INTEGER NOT NULL,
    doc TEXT NOT NULL,
    sum INTEGER NOT NULL,
    kind TEXT NOT NULL DEFAULT 'note'
) STRICT;
CREATE INDEX annotation_kind ON annotation (kind) WHERE kind <> 'note';
CREATE INDEX annotation_iri ON annotation (iri) WHERE iri IS NOT NULL;
CREATE TABLE words (
    number INTEGER PRIMARY KEY,
    folded TEXT NOT NULL,
    sum INTEGER NOT NULL
) STRICT;
CREATE TABLE target (
    annotation TEXT NOT NULL REFERENCES annotation (id),
    id TEXT NOT NULL,
    source TEXT NOT NULL REFERENCES source (key),
    basis TEXT NOT NULL,
    doc TEXT NOT NULL,
    sum INTEGER NOT NULL,
    PRIMARY KEY (annotation, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX target_source ON target (source);
CREATE TABLE tag (
    tag TEXT NOT NULL,
    annotation TEXT NOT NULL REFERENCES annotation (id),
    used INTEGER NOT NULL,
    PRIMARY KEY (annotation, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_used ON tag (used);
CREATE TABLE draft (
    key TEXT PRIMARY KEY,
    text TEXT NOT NULL,
    saved TEXT NOT NULL,
    sum INTEGER NOT NULL
) STRICT;
"""


NAMES = tuple(re.findall(r"CREATE TABLE (\w+)", TABLES))


def create(db: sqlite3.Connection) -> None:
    """Make the tables in an empty database; the caller holds the transaction."""
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {SCHEMA}")


def checksum(*values: str | int | None) -> int:
    """CRC-32 of the values of a row, each set off from the next."""
    return zlib.crc32("\x1f".join("\x00" if v is None else str(v) for v in values).encode("utf-8", "surrogatepass"))


def check(kept: int, *values: str | int | None) -> None:
    """Raises `StoreDamaged` where a row is not what was written."""
    if checksum(*values) != kept:
        raise StoreDamaged("A row of the notes' file is not what was written; open it again to have it mended.")
