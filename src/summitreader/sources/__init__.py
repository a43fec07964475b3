"""From files, pages and feeds to sources: discovery, a reader for each format, and the loader."""

from summitreader.sources.model import Corpus, Document, Skipped, UnreadableFile

__all__ = ["Corpus", "Document", "Skipped", "UnreadableFile"]
