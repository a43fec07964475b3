"""Reports, quotations and words as they are kept: looked up by all that they depend on, worked out where they are not
there, and written after. Two runs with one key would work out the same."""

from __future__ import annotations

import sys
import unicodedata
from array import array
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from summitreader.comparison.cache import folder
from summitreader.comparison.encoders import Encoder, Vector
from summitreader.comparison.linking.analysis import SourceWords, WordType, analyse, word_types
from summitreader.comparison.model import Quotation, Report
from summitreader.comparison.quotes import find_quotations
from summitreader.text import Source

_ROOMS = ("text", "comparison")
"""The rooms whose code and tables decide what a comparison says."""
_PACKAGES = ("rapidfuzz", "regex", "sentencex", "simplemma", "snowballstemmer")
"""The packages whose code and tables do."""


@lru_cache(maxsize=1)
def engine_key() -> str | None:
    """Of the program's code and tables, and of what it is built on; None where the code cannot be read as files.

    The code itself is read (4 ms for 0.6 MB), since a version number stays the same while someone works on it.
    """
    root = Path(__file__).parents[2]
    said = sha256(f"{sys.version_info[:3]} {unicodedata.unidata_version}".encode())
    try:
        for room in _ROOMS:
            found = [f for f in (root / room).rglob("*") if f.is_file() and "__pycache__" not in f.parts]
            if not found:
                return None
            for file in sorted(found):
                content = file.read_bytes()
                said.update(f"{file.relative_to(root).as_posix()} {len(content)}\n".encode())
                said.update(content)
    except OSError:
        return None
    for package in _PACKAGES:
        try:
            said.update(f"{package} {metadata.version(package)}\n".encode())
        except metadata.PackageNotFoundError:
            return None
    return said.hexdigest()


def source_key(source: Source) -> str | None:
    """Of all that is known of `source`; None where its text has no form in UTF-8."""
    try:
        return sha256(msgspec.msgpack.encode([getattr(source, f.name) for f in fields(source)])).hexdigest()
    except UnicodeEncodeError:
        return None


def key_of(kind: str, parts: Iterable[str]) -> str:
    """The key of a result of that kind, which depends on `parts` in their order."""
    return sha256("\n".join((kind, *parts)).encode("utf-8", "surrogatepass")).hexdigest()


_Kind = TypeVar("_Kind")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a source, and what they stand for: to find that out anew would cost more than all the rest."""

    source: SourceWords
    types: dict[str, WordType]


class Kept:
    """What is kept in the folder `where`, for one comparison. Nothing is written before `write`."""

    def __init__(self, where: Path) -> None:
        self._where = where
        self._engine = engine_key()
        self._sources: dict[int, tuple[Source, str | None]] = {}
        self._pending: dict[str, Callable[[], Any]] = {}

    def report(self, sources: Sequence[Source], kinds: Collection[str], encoder: str = "") -> Report | None:
        """The whole report of `sources` with divergences of `kinds`, graded by the encoder of that name, if it is
        kept."""
        found = self._read(self._key("report", sources, encoder, *sorted(kinds)), Report)
        if found is None or len(found.alone) != len(sources):
            return None
        links, possible = (
            tuple([replace(link, shared=tuple(link.shared)) for link in row])
            for row in (found.links, found.possible_links)
        )
        return replace(found, sources=tuple(sources), links=links, possible_links=possible)

    def keep_report(self, report: Report, kinds: Collection[str], encoder: str = "") -> None:
        key = self._key("report", report.sources, encoder, *sorted(kinds))
        if key is not None:
            self._pending[key] = lambda: replace(report, sources=())

    def quotations(self, source: Source) -> Sequence[Quotation]:
        """The quotations of `source`: kept ones, or found now."""
        key = self._key("quotations", (source,))
        found: Sequence[Quotation] | None = self._read(key, tuple[Quotation, ...])
        if found is None:
            found = found_now = find_quotations(source)
            if key is not None:
                self._pending[key] = lambda: found_now
        return found

    def words(self, source: Source, language: str, check: Callable[[], None]) -> SourceWords:
        """The words of `source`: cached ones, or found now."""
        key = self._key("words", (source,), language)
        kept = self._read(key, _Words)
        if kept is not None:
            types = word_types(language)
            for word, stands_for in kept.types.items():
                types.setdefault(word, stands_for)
            return kept.source
        found = analyse(source, language, check)
        if key is not None:
            self._pending[key] = lambda: _Words(found, _types_of(found))
        return found

    def encoder(self, encoder: Encoder, name: str) -> Encoder:
        """`encoder`, which is only asked for the vectors of texts that are not cached under its `name`."""
        return _Cached(self, encoder, name)

    def vectors(self, name: str, texts: list[str], encode: Callable[[list[str]], Sequence[Vector]]) -> list[Vector]:
        """The vectors of `texts`: cached ones, or those that `encode` gives now."""
        key = key_of("vectors", (name, *texts))
        packed = self._read(key, list[bytes])
        if packed is None:
            found = packed = [array("f", vector).tobytes() for vector in encode(texts)]
            self._pending[key] = lambda: found
        return [memoryview(vector).cast("f") for vector in packed]

    def write(self) -> None:
        """Write what was found anew, and see that not too much is kept."""
        if not self._pending:
            return
        for key, content in self._pending.items():
            try:
                folder.write(self._where, key, msgspec.msgpack.encode(content(), enc_hook=tuple))
            except UnicodeEncodeError:  # a lone surrogate, which has no form in UTF-8
                continue
        self._pending.clear()
        folder.tidy(self._where)

    def _key(self, kind: str, sources: Sequence[Source], *options: str) -> str | None:
        if self._engine is None:
            return None
        keys = []
        for source in sources:
            at = self._sources.get(id(source))
            if at is None:
                at = self._sources[id(source)] = (source, source_key(source))
            if at[1] is None:
                return None
            keys.append(at[1])
        return key_of(kind, (self._engine, *options, *keys))

    def _read(self, key: str | None, kind: type[_Kind]) -> _Kind | None:
        if key is None:
            return None
        content = folder.read(self._where, key)
        if content is None:
            return None
        try:
            return msgspec.msgpack.decode(content, type=kind)
        except ValueError:  # msgspec's own errors are ValueErrors, too
            folder.discard(self._where, key)
            return None


@dataclass(frozen=True, slots=True)
class _Cached:
    kept: Kept
    encoder: Encoder
    name: str

    def encode(self, texts: list[str], /) -> Sequence[Vector]:
        return self.kept.vectors(self.name, texts, self.encoder.encode)


def _types_of(words: SourceWords) -> dict[str, WordType]:
    types = word_types(words.language)
    met = {w for p in words.passages for w in p.words}
    return {w: types[w] for w in sorted(met)}
