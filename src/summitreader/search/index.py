"""An index of many texts on the disk, so that a search among ten thousand need not read them all.

It holds each text, folded as the search folds it, and which three letters in a row it has (SQLite FTS5, trigrams; what
they are made of is folded already, so the index finds whatever the plain search finds). It only narrows down: every
text that it names is searched by `find`, so what it answers is what the plain search answers.

It can always be made anew from the texts, and is thrown away where it is of another version or damaged: each text is
kept under the hash of its content, with a checksum. A file has one writer at a time; others wait for it.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from summitreader.errors import SummitreaderError
from summitreader.search.folding import STEPPED_OVER, folded, has_marks
from summitreader.search.fuzzy import alike, vocabulary, words_of
from summitreader.search.query import Mode, Query

VERSION = 1
_SUFFIX = ".index"
_MOST_FILES = 8
"""Indexes kept, each of one corpus; the one that was used longest ago goes first."""
_TRIGRAMS = 12
"""Groups of three letters of a query that are looked up; more would narrow down little and cost as much each."""
_MOST_ALIKE = 300
"""Words like one that is wanted, up to which their texts are looked up."""
_TABLES = """
CREATE TABLE texts (id INTEGER PRIMARY KEY, hash TEXT UNIQUE NOT NULL, text TEXT NOT NULL, folded TEXT,
                    marked INTEGER NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE words (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE trigrams USING fts5(plain, content='', detail=none, columnsize=0,
                                         tokenize='trigram case_sensitive 1');
"""
_APART = re.compile(r"\s+")
_OVER = re.compile(f"[{STEPPED_OVER}]")
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
"""What SQLite cannot hold in a text; one with any of it is kept as bytes."""


class IndexDamaged(SummitreaderError):
    """What the index holds cannot be right: it is to be thrown away and made anew."""


def plain(text: str) -> str:
    """A folded text as its trigrams are made: without what a search steps over, with single spaces."""
    return _UNWRITABLE.sub("\ufffd", _APART.sub(" ", _OVER.sub("", text)))


class Index:
    """Texts by the hash of their content. Methods raise `IndexDamaged` where the file is no index any more."""

    def __init__(self, path: Path) -> None:
        """Open the index at `path`, anew where there is none, or one of another version."""
        self.path = path
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            self._open()
        except (sqlite3.DatabaseError, IndexDamaged):
            self.throw_away()
            self._open()
        self._words: list[str] | None = None

    def _open(self) -> None:
        self._db = sqlite3.connect(self.path, timeout=10.0, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = OFF")  # what a crash may take can be made anew
        self._db.execute("PRAGMA mmap_size = 1000000000")
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version == VERSION:
            self._db.execute("SELECT id, hash, text, folded, marked, sum FROM texts LIMIT 1").fetchone()
            return
        if version or self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise IndexDamaged(f"The index {self.path} is of another version.")
        with self._writing():
            for statement in _TABLES.split(";\n"):
                if statement.strip():
                    self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version = {VERSION}")

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def close(self) -> None:
        self._db.close()

    def throw_away(self) -> None:
        """Remove the file, and what SQLite keeps beside it."""
        with contextlib.suppress(AttributeError, sqlite3.Error):
            self._db.close()
        for suffix in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                self.path.with_name(self.path.name + suffix).unlink()

    def hashes(self) -> dict[str, int]:
        """The texts that are here: their number by the hash of their content."""
        return dict(self._rows("SELECT hash, id FROM texts"))

    def add(self, texts: Iterable[tuple[str, str]]) -> None:
        """Take in texts, each with the hash of its content; those that are here already stay as they are."""
        try:
            with self._writing():
                for hash, text in texts:
                    self._add(hash, text)
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error
        self._words = None

    def _add(self, hash: str, text: str) -> None:
        here = folded.__wrapped__(text, False)
        odd = _UNWRITABLE.search(text) is not None
        kept = text.encode("utf-8", "surrogatepass") if odd else text
        kept_folded = None if here == text else _UNWRITABLE.sub("\ufffd", here)
        marked = odd or has_marks.__wrapped__(text)
        added = self._db.execute(
            "INSERT OR IGNORE INTO texts (hash, text, folded, marked, sum) VALUES (?, ?, ?, ?, ?)",
            (hash, kept, kept_folded, marked, _sum(text)),
        )
        if added.rowcount > 0:
            self._db.execute("INSERT INTO trigrams (rowid, plain) VALUES (?, ?)", (added.lastrowid, plain(here)))
            self._db.executemany("INSERT OR IGNORE INTO words VALUES (?)", ((w,) for w in vocabulary(text)))

    def forget(self, hashes: Iterable[str]) -> None:
        """Leave out texts that are no part of the corpus any more."""
        try:
            with self._writing():
                for hash in hashes:
                    row = self._db.execute("SELECT id, text FROM texts WHERE hash = ?", (hash,)).fetchone()
                    if row is not None:
                        here = plain(folded(_as_text(row[1]), False))
                        self._db.execute(
                            "INSERT INTO trigrams (trigrams, rowid, plain) VALUES ('delete', ?, ?)", (row[0], here)
                        )
                        self._db.execute("DELETE FROM texts WHERE id = ?", (row[0],))
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error

    def candidates(self, query: Query) -> set[int] | None:
        """The numbers of the texts that may have a hit, certainly all that do; None where any text may."""
        if not query.text.strip() or query.mode == Mode.REGEX:
            return None
        if query.mode == Mode.FUZZY:
            return self._with_words_like(query)
        found: set[int] = set()
        for wanted in (query.text, *query.also):
            for form in {unicodedata.normalize(form, wanted.strip()) for form in ("NFC", "NFD")}:
                with_it = self._with(plain(folded(form, False)).strip())
                if with_it is None:
                    return None
                found |= with_it
        return found

    def _with(self, wanted: str) -> set[int] | None:
        """The texts whose plain form may hold `wanted`."""
        if not wanted:
            return None
        if len(wanted) < 3:
            rows = self._rows("SELECT id FROM texts WHERE marked OR instr(coalesce(folded, text), ?)", wanted)
            return {id for (id,) in rows}
        groups = list(dict.fromkeys(wanted[at : at + 3] for at in range(len(wanted) - 2)))
        groups = groups[:: -(-len(groups) // _TRIGRAMS)]
        match = " AND ".join('"' + group.replace('"', '""') + '"' for group in groups)
        return {id for (id,) in self._rows("SELECT rowid FROM trigrams WHERE trigrams MATCH ?", match)}

    def _with_words_like(self, query: Query) -> set[int] | None:
        words = words_of(folded(query.text, False))
        left: set[int] | None = None
        for word in dict.fromkeys(words):
            like = alike(word, self._vocabulary())
            if len(like) > _MOST_ALIKE:
                continue
            here: set[int] | None = set()
            for other in like:
                with_it = self._with(plain(other))
                if with_it is None:
                    here = None
                    break
                assert here is not None
                here |= with_it
            if here is not None:
                left = here if left is None else left & here
        return left

    def _vocabulary(self) -> list[str]:
        if self._words is None:
            self._words = [word for (word,) in self._rows("SELECT word FROM words ORDER BY word")]
        return self._words

    def texts(self, ids: Sequence[int]) -> Iterator[tuple[int, str, str]]:
        """Number, text and folded text (in small letters) of those texts, in their order."""
        for start in range(0, len(ids), 100):
            chunk = ids[start : start + 100]
            marks = ",".join("?" * len(chunk))
            rows = {row[0]: row for row in self._rows(f"SELECT * FROM texts WHERE id IN ({marks})", *chunk)}
            for id in chunk:
                if id in rows:
                    _, _, text, here, _, checksum = rows[id]
                    if isinstance(text, bytes):
                        text = _as_text(text)
                        here = folded(text, False)
                    if _sum(text) != checksum:
                        raise IndexDamaged(f"The index {self.path} holds a text that is not what was put there.")
                    yield id, text, text if here is None else here

    def _rows(self, statement: str, *values: Any) -> list[Any]:
        try:
            return self._db.execute(statement, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> IndexDamaged:
        return IndexDamaged(f"The index {self.path} cannot be read: {error}.")


def _as_text(kept: str | bytes) -> str:
    try:
        return kept if isinstance(kept, str) else kept.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise IndexDamaged("The index holds a text that is none.") from error


def _sum(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def index_file(folder: Path, corpus: str) -> Path:
    """Where the index of the corpus of that name stands."""
    from hashlib import sha256

    return folder / (sha256(corpus.encode("utf-8", "surrogatepass")).hexdigest()[:24] + _SUFFIX)


def tidy(folder: Path, most: int = _MOST_FILES) -> None:
    """Throw away the indexes that were used longest ago until no more than `most` are left."""
    try:
        kept = sorted(folder.glob(f"*{_SUFFIX}"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    except OSError:
        return
    for old in kept[most:]:
        for suffix in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                old.with_name(old.name + suffix).unlink()
