"""Where the accounts part: what cannot both be right, what one tells alone, who leaves what out, what stands where.

Candidates to check, ranked, each with its words and the reason; never a verdict.
"""

from __future__ import annotations

from summitreader.comparison.divergence.coverage import Cell, Row, Telling, coverage, ordered, unmatched
from summitreader.comparison.divergence.ledes import Mark, Opening, openings
from summitreader.comparison.divergence.pipeline import find_divergences
from summitreader.comparison.divergence.story import labels
from summitreader.comparison.divergence.terms import Form, Saying, Term, sayings, terms
from summitreader.comparison.model import ALL, CONFLICTS, KINDS, Kind
from summitreader.comparison.summary import Counts, counts, sources_in_words, summary_line

__all__ = [
    "ALL",
    "CONFLICTS",
    "KINDS",
    "Cell",
    "Counts",
    "Form",
    "Kind",
    "Mark",
    "Opening",
    "Row",
    "Saying",
    "Telling",
    "Term",
    "counts",
    "coverage",
    "find_divergences",
    "labels",
    "openings",
    "ordered",
    "sayings",
    "sources_in_words",
    "summary_line",
    "terms",
    "unmatched",
]
