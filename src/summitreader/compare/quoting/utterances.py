"""Which quotations of several sources are one act of speech, and how their wordings differ."""

from __future__ import annotations

from summitreader.compare.model import Report, Utterance


def match_utterances(report: Report) -> tuple[Utterance, ...]:
    """The quotations of several sources that are one act of speech."""
    return ()
