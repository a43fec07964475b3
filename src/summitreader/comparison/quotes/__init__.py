"""Quotations and reported speech of a source, and which of them are one utterance across sources."""

from __future__ import annotations

from summitreader.comparison.quotes.find import find_quotations
from summitreader.comparison.quotes.utterances import cuts, match_utterances

__all__ = ["cuts", "find_quotations", "match_utterances"]
