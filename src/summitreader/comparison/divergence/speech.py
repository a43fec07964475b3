"""One utterance in several accounts: said by different mouths, carried by different messengers, worded otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from summitreader.comparison.divergence.confidence import confidence
from summitreader.comparison.divergence.rewording import differs
from summitreader.comparison.divergence.story import Story, made, quoted
from summitreader.comparison.model import Divergence, Quotation, SourceSpan

_WORDS = 2
"""Words that carry meaning that each quotation needs before two speakers of it are a divergence."""

_MARKED = frozenset({"speech", "fragment"})


def find_speech(story: Story) -> list[Divergence]:
    """What differs between the quotations of each utterance: the speaker, or words that carry meaning.

    Only words between quotation marks are held against each other; a report of them is anyone's wording.
    """
    by_id = {q.id: q for q in story.report.quotations}
    found: list[Divergence] = []
    for utterance in story.report.utterances:
        quotations = [by_id[id] for id in utterance.quotations if id in by_id]
        quotations = [q for q in quotations if q.kind in _MARKED and story.told_at(q.source, q.start)]
        if len({q.source for q in quotations}) > 1:
            found.extend(_wording(story, quotations))
    return _once(found)


def _once(found: list[Divergence]) -> list[Divergence]:
    """Without a second one whose quotations stand in an earlier one of its kind: utterances may overlap."""
    kept: list[Divergence] = []
    for divergence in found:
        mine = {(s.source, s.start) for s in divergence.spans[:2]}
        if not any(d.kind == divergence.kind and mine <= {(s.source, s.start) for s in d.spans} for d in kept):
            kept.append(divergence)
    return kept


def _firsts(quotations: Sequence[Quotation], groups: list[list[int]]) -> list[Quotation]:
    return [quotations[g[0]] for g in groups]


def _sides(quotations: Sequence[Quotation], groups: list[list[int]]) -> list[list[SourceSpan]]:
    spans = [SourceSpan(q.source, q.start, q.end) for q in quotations]
    return [[spans[n] for n in group] for group in groups]


def _wording(story: Story, quotations: list[Quotation]) -> list[Divergence]:
    """Quotations of one utterance in which words that carry meaning stand on both sides alone."""
    groups: list[list[int]] = []
    for n, q in enumerate(quotations):
        home = next((g for g in groups if all(differs(quotations[m].text, q.text) == 0.0 for m in g)), None)
        if home is None:
            groups.append([n])
        else:
            home.append(n)
    best: tuple[float, int, int] | None = None
    for a, b in combinations(groups, 2):
        for n, m in ((n, m) for n in a for m in b if quotations[n].source != quotations[m].source):
            degree = differs(quotations[n].text, quotations[m].text)
            if degree > (best[0] if best else 0.0):
                best = degree, n, m
    if best is None:
        return []
    ahead = [sorted(g, key=lambda n: n not in best[1:]) for g in groups if set(g) & set(best[1:])]
    kept = [*ahead, *(g for g in groups if not set(g) & set(best[1:]))]
    parts = [f"{story.labels[q.source]} quotes {quoted(q.text)}" for q in _firsts(quotations, kept[:3])]
    return [
        made(
            story, "quotation", _sides(quotations, kept), confidence=confidence("quotation", best[0]),
            summary="; ".join(parts) + ".", reason="one utterance, in words that are not the same",
        )
    ]  # fmt: skip
