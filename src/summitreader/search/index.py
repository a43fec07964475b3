"""An index of many texts on the disk, so that a search among ten thousand need not read them all.

It holds each text, the text folded as the search folds it, each distinct word once, and which texts have it (SQLite
FTS5 over the numbers of the words). What is sought is held against the words: the texts that have none with these
letters in it cannot have a hit. It only narrows down: every text that it names is searched as the plain search does,
so what it answers is what the plain search answers. Folded texts that were read are kept in memory, up to a limit.

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
from itertools import islice
from pathlib import Path
from typing import Any

from summitreader.errors import SummitreaderError
from summitreader.search.matching import (
    STEPPED_OVER,
    Vocabulary,
    folded,
    has_marks,
    without_ligatures,
    words_like,
    words_of,
)
from summitreader.search.query import Mode, Query
from summitreader.search.required import required

VERSION = 3
_SUFFIX = ".index"
_MOST_FILES = 8
"""Number of indexes kept, one a corpus; the least recently used is deleted first."""
_MOST_WORDS = 300
"""Above this many matching words, all texts are searched: so many words occur in most texts anyway."""
_AT_ONCE = 50
"""Words per lookup; SQLite tests each of them at every text that contains any of them."""
_MOST_KEPT = 150_000_000
"""Size of the cache of folded texts, in characters."""
_TABLES = """
CREATE TABLE texts (id INTEGER PRIMARY KEY AUTOINCREMENT, hash TEXT UNIQUE NOT NULL, text NOT NULL,
                    sum INTEGER NOT NULL);
CREATE TABLE folded (id INTEGER PRIMARY KEY, text TEXT, marked INTEGER NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE words (id INTEGER PRIMARY KEY AUTOINCREMENT, word TEXT UNIQUE NOT NULL);
CREATE VIRTUAL TABLE holding USING fts5(words, content='', detail=none, columnsize=0, tokenize='ascii');
"""
_APART = re.compile(r"\s+")
_OVER = re.compile(f"[{STEPPED_OVER}]")
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
"""Characters that SQLite cannot store as text; a text that contains any is stored as bytes."""
_WORD = re.compile(r"\w+")


class IndexDamaged(SummitreaderError):
    """The index is damaged and must be rebuilt."""


def plain(text: str) -> str:
    """A folded text without what a search steps over, with single spaces and no ligatures."""
    return _APART.sub(" ", without_ligatures(_OVER.sub("", text)))


class Index:
    """Texts by the hash of their content. Methods raise `IndexDamaged` if the file is not a valid index."""

    def __init__(self, path: Path) -> None:
        """Open the index at `path`; create it if it is missing or of another version."""
        self.path = path
        self._numbers: dict[str, int] = {}
        """Each word's number, as far as they were read."""
        self._last_word = 0
        self._vocabulary: Vocabulary | None = None
        self._kept: dict[int, tuple[str, bool]] = {}
        self._characters = 0
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            self._open()
        except (sqlite3.DatabaseError, IndexDamaged):
            self.throw_away()
            self._open()

    def _open(self) -> None:
        self._db = sqlite3.connect(self.path, timeout=10.0, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = OFF")  # what a crash may take can be made anew
        self._db.execute("PRAGMA mmap_size = 1000000000")
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version == VERSION:
            self._db.execute("SELECT * FROM texts, folded, words LIMIT 1").fetchone()
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
            self._numbers, self._last_word, self._vocabulary = {}, 0, None
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
        found = dict(self._rows("SELECT hash, id FROM texts"))
        self._read_words()
        return found

    def add(self, texts: Iterable[tuple[str, str]]) -> None:
        """Take in texts, each with the hash of its content; those that are here already stay as they are."""
        try:
            with self._writing():
                self._read_words()
                for hash, text in texts:
                    self._add(hash, text)
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error

    def _add(self, hash: str, text: str) -> None:
        odd = _UNWRITABLE.search(text) is not None
        kept = text.encode("utf-8", "surrogatepass") if odd else text
        added = self._db.execute(
            "INSERT OR IGNORE INTO texts (hash, text, sum) VALUES (?, ?, ?)", (hash, kept, _sum(text))
        )
        if added.rowcount < 1:
            return
        here = folded.__wrapped__(text, False)
        marked = has_marks.__wrapped__(text)
        self._db.execute(
            "INSERT INTO folded VALUES (?, ?, ?, ?)", (added.lastrowid, None if odd else here, marked, _sum(here))
        )
        words = _words_held(here, marked)
        for word in words.difference(self._numbers):
            number = self._db.execute("INSERT INTO words (word) VALUES (?)", (word,)).lastrowid
            assert number is not None
            self._numbers[word] = self._last_word = number
            self._vocabulary = None
        self._db.execute("INSERT INTO holding (rowid, words) VALUES (?, ?)", (added.lastrowid, self._tokens(words)))

    def _tokens(self, words: Iterable[str]) -> str:
        return " ".join([str(self._numbers[word]) for word in words])

    def _read_words(self) -> None:
        """The words that were added since, here or by another process."""
        new = self._rows("SELECT word, id FROM words WHERE id > ? ORDER BY id", self._last_word)
        if new:
            self._numbers.update(new)
            self._last_word = new[-1][1]
            self._vocabulary = None

    def forget(self, hashes: Iterable[str]) -> None:
        """Leave out texts that are no part of the corpus any more."""
        try:
            with self._writing():
                self._read_words()
                for hash in hashes:
                    row = self._db.execute("SELECT id, text FROM texts WHERE hash = ?", (hash,)).fetchone()
                    if row is not None:
                        id, text = row[0], _as_text(row[1])
                        held = self._tokens(_words_held(folded(text, False), has_marks(text)) & self._numbers.keys())
                        self._db.execute(
                            "INSERT INTO holding (holding, rowid, words) VALUES ('delete', ?, ?)", (id, held)
                        )
                        self._db.execute("DELETE FROM folded WHERE id = ?", (id,))
                        self._db.execute("DELETE FROM texts WHERE id = ?", (id,))
                        self._kept.pop(id, None)
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error

    def candidates(self, query: Query) -> set[int] | None:
        """The numbers of the texts that may have a hit, certainly all that do; None where any text may."""
        if not query.text.strip():
            return None
        if query.mode == Mode.REGEX:
            return self._with_each([self._holding(either) for either in required(query.text)])
        if query.mode == Mode.FUZZY:
            return self._with_each(
                [self.words().alike(word) for word in dict.fromkeys(words_of(folded(query.text, False)))]
            )
        found: set[int] = set()
        for wanted in (query.text, *query.also):
            for form in {unicodedata.normalize(form, wanted.strip()) for form in ("NFC", "NFD")}:
                with_it = self._with(plain(folded(form, False)).strip())
                if with_it is None:
                    return None
                found |= with_it
        return found

    def words(self) -> Vocabulary:
        """The words of all texts, folded, in small letters."""
        if self._vocabulary is None:
            self._vocabulary = Vocabulary(self._numbers)
        return self._vocabulary

    def like(self, query: Query) -> dict[str, frozenset[int]]:
        """For each word here that is like one of the query's, like which."""
        return words_like(words_of(folded(query.text, False)), self.words())

    def _with(self, wanted: str) -> set[int] | None:
        """The texts whose plain form may hold `wanted`: for each of its words, inner ones whole, a word with it."""
        return self._with_each(
            [
                list(
                    islice(
                        self.words().holding(found[0], begins=found.start() > 0, ends=found.end() < len(wanted)),
                        _MOST_WORDS + 1,
                    )
                )
                for found in _WORD.finditer(wanted)
            ]
        )

    def _holding(self, either: Sequence[str]) -> list[str]:
        """Words with any of these letters in them, no more than it takes to see that they are too many."""
        return [word for letters in either for word in islice(self.words().holding(letters), _MOST_WORDS + 1)]

    def _with_each(self, groups: Iterable[Sequence[str]]) -> set[int] | None:
        """The texts with a word of each group, those of too many words left out of account."""
        left: set[int] | None = None
        for group in sorted(groups, key=len):
            if len(group) > _MOST_WORDS or (left is not None and not left):
                break
            here = self._with_any(group)
            left = here if left is None else left & here
        return left

    def _with_any(self, words: Sequence[str]) -> set[int]:
        found: set[int] = set()
        for start in range(0, len(words), _AT_ONCE):
            match = " OR ".join(str(self._numbers[word]) for word in words[start : start + _AT_ONCE])
            found.update(id for (id,) in self._rows("SELECT rowid FROM holding WHERE holding MATCH ?", match))
        return found

    def texts(self, ids: Sequence[int]) -> Iterator[tuple[int, str]]:
        """Number and text of those texts, in their order."""
        for start in range(0, len(ids), 100):
            chunk = ids[start : start + 100]
            rows = {row[0]: row for row in self._some("SELECT id, text, sum FROM texts", chunk)}
            for id in chunk:
                if id in rows:
                    yield id, self._sound(_as_text(rows[id][1]), rows[id][2])

    def folded(self, ids: Sequence[int]) -> Iterator[tuple[int, str, bool]]:
        """Number, text folded in small letters, and whether it has marks, of those texts, in their order."""
        for start in range(0, len(ids), 100):
            chunk = ids[start : start + 100]
            here = {id: self._kept[id] for id in chunk if id in self._kept}
            new = [id for id in chunk if id not in here]
            odd = []
            for id, text, marked, checksum in (
                self._some("SELECT id, text, marked, sum FROM folded", new) if new else ()
            ):
                if text is None:
                    odd.append(id)
                else:
                    here[id] = (self._sound(text, checksum), bool(marked))
            for id, original in self.texts(odd):
                here[id] = (folded(original, False), has_marks(original))
            for id in new:
                if id in here and self._characters < _MOST_KEPT:
                    self._kept[id] = here[id]
                    self._characters += len(here[id][0])
            for id in chunk:
                if id in here:
                    yield id, *here[id]

    def _some(self, statement: str, ids: Sequence[int]) -> list[Any]:
        return self._rows(f"{statement} WHERE id IN ({','.join('?' * len(ids))})", *ids)

    def _sound(self, text: str, checksum: int) -> str:
        if _sum(text) != checksum:
            raise IndexDamaged(f"The index {self.path} holds a text that is not what was put there.")
        return text

    def _rows(self, statement: str, *values: Any) -> list[Any]:
        try:
            return self._db.execute(statement, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> IndexDamaged:
        return IndexDamaged(f"The index {self.path} cannot be read: {error}.")


def _words_held(here: str, marked: bool) -> set[str]:
    """The words by which a folded text is found; with marks also those that it has where they are stepped over."""
    held = set(words_of(here))
    if marked:
        held.update(words_of(plain(here)))
    if "ı" in here:  # an expression that does not mind case takes it for an i
        held.update(words_of(plain(here).replace("ı", "i")), words_of(here.replace("ı", "i")))
    return held


def _as_text(kept: str | bytes) -> str:
    try:
        return kept if isinstance(kept, str) else kept.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise IndexDamaged("The index contains an invalid text.") from error


def _sum(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def index_file(folder: Path, corpus: str) -> Path:
    """Path of the index of the corpus with that name."""
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
