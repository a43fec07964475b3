"""A comparison in which one of the sources is a draft: what to check is then what the other sources have otherwise."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace

from summitreader.checking.check import check_draft
from summitreader.checking.findings import Finding, Verdict
from summitreader.comparison.model import Divergence, Report, Side, SourceSpan
from summitreader.text import Source

_NOT_THERE = {Verdict.PARTLY: "only partly found in these sources", Verdict.NOT_FOUND: "not found in these sources"}
_REASONS = {
    "quotation": "no source has the words in quotation marks",
    "speaker": "the sources have another speaker",
    "figure": "the sources have another figure",
    "time": "the sources have another day or year",
    "name": "the sources have another name",
    "role": "the sources have another role",
    "denial": "the sources have the opposite",
    "reason": "no source has this reason",
}
_DIFFERS, _MISSING = 0.9, 0.6
"""How many of the differences found in five drafts were planted there, and how many of the sentences that were called
not or partly found were so (docs/checking.md)."""


def with_draft(report: Report, draft: str, check: Callable[[], None] = lambda: None) -> Report:
    """`report` with the findings on the source whose id is `draft` in place of its own divergences, in the order of the
    draft, before those between the other sources."""
    own = next((source for source in report.sources if source.id == draft), None)
    if own is None:
        return report
    others = [source for source in report.sources if source.id != draft]
    found = draft_divergences(own, others, check_draft(own, others, check))
    kept = [d for d in report.divergences if all(span.source != draft for span in d.spans)]
    return replace(report, divergences=(*found, *kept))


def draft_divergences(draft: Source, sources: Sequence[Source], findings: Sequence[Finding]) -> list[Divergence]:
    """One for each difference, and for each sentence that is not found, with the nearest sentence of a source; of equal
    ones the first."""
    texts = {source.id: source.text for source in (*sources, draft)}

    def divergence(spans: tuple[SourceSpan, ...], reason: str, confidence: float) -> Divergence:
        sides = tuple(Side((span,), texts[span.source][span.start : span.end]) for span in spans)
        id = f"draft-{zlib.crc32(f'{reason} {sides[0].words}'.encode('utf-8', 'surrogatepass')):08x}"
        return Divergence("draft", sides, (), confidence, sides[0].words, reason, id)

    found = []
    for finding in findings:
        nearest = tuple(evidence.span for evidence in finding.evidence[:1])
        for d in finding.differences:
            there = nearest if d.there is None else (d.there,)
            spans = (SourceSpan(draft.id, d.start, d.end), *there)
            found.append(divergence(spans, _REASONS[d.kind], _DIFFERS))
        if not finding.differences and finding.verdict in _NOT_THERE:
            spans = (SourceSpan(draft.id, finding.start, finding.end), *nearest)
            found.append(divergence(spans, _NOT_THERE[finding.verdict], _MISSING))
    return list({divergence.id: divergence for divergence in reversed(found)}.values())[::-1]
