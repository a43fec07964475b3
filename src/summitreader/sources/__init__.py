"""Files, pages and feeds in: one reader a format, one registry, and the corpus that they make."""

from summitreader.sources.corpus import Corpus, Refusal

__all__ = ["Corpus", "Refusal"]
