"""Quotations and reported speech of a source, and which of them are one utterance across sources."""

from __future__ import annotations

from summitreader.compare.quoting.find import find_quotations
from summitreader.compare.quoting.utterances import cuts, match_utterances

__all__ = ["cuts", "find_quotations", "match_utterances"]
