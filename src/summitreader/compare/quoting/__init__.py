"""Quotations and reported speech of a source, and which of them are one utterance across sources."""

from __future__ import annotations

from summitreader.compare.model import Quotation, Report, Utterance
from summitreader.text import Source


def find_quotations(source: Source) -> tuple[Quotation, ...]:
    """The quotations of one source, in order of the text."""
    return ()


def match_utterances(report: Report) -> tuple[Utterance, ...]:
    """The quotations of several sources that are one act of speech."""
    return ()
