"""Files, pages and feeds in: one reader a format, one registry, and the corpus that they make."""

from summitreader.sources.corpus import Corpus, read_corpus, read_sources
from summitreader.sources.files import Found
from summitreader.sources.model import Document, Refusal, Refused

__all__ = ["Corpus", "Document", "Found", "Refusal", "Refused", "read_corpus", "read_sources"]
