"""Files, pages and feeds in: one reader a format, one registry, and the corpus that they make.

The readers are loaded when something is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from summitreader.sources.corpus import Corpus
from summitreader.sources.files import Found
from summitreader.sources.model import Document, Refusal, Refused

if TYPE_CHECKING:
    from summitreader.sources.reading import read_corpus, read_sources

__all__ = ["Corpus", "Document", "Found", "Refusal", "Refused", "read_corpus", "read_sources"]


def __getattr__(name: str) -> Any:
    if name in ("read_corpus", "read_sources"):
        from summitreader.sources import reading

        return getattr(reading, name)
    raise AttributeError(f"module 'summitreader.sources' has no attribute {name!r}")
