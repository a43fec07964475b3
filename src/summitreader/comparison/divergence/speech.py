"""One utterance in several accounts: said by different mouths, carried by different messengers, worded otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from summitreader.comparison.divergence.confidence import confidence
from summitreader.comparison.divergence.names import BODIES, key_of, one_name
from summitreader.comparison.divergence.rewording import content, differs
from summitreader.comparison.divergence.story import Story, made, quoted
from summitreader.comparison.divergence.verbs import SAYING
from summitreader.comparison.divergence.words import words_of
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
            found.extend(_attribution(story, quotations))
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


def _attribution(story: Story, quotations: list[Quotation]) -> list[Divergence]:
    """Speakers that are two persons by their full names; an office, a body or a relay of the other is none."""
    groups: list[list[int]] = []
    keys: list[tuple[str, ...]] = []
    for n, quotation in enumerate(quotations):
        key = _person(quotation.speaker.name if quotation.speaker else None)
        guessed = quotation.speaker is not None and quotation.speaker.inferred
        if guessed or len(key) < 2 or len(content(quotation.text).words) < _WORDS:
            continue
        home = next((g for g, k in enumerate(keys) if one_name(k, key)), None)
        if home is None:
            groups.append([n])
            keys.append(key)
        else:
            groups[home].append(n)
    if len(groups) < 2:
        return []
    first, second = quotations[groups[0][0]], quotations[groups[1][0]]
    if first.source == second.source or _relays(story, first, keys[1]) or _relays(story, second, keys[0]):
        return []
    spans, sides = _sides(quotations, groups)
    parts = [f"{story.labels[q.source]} gives {quoted(q.text)} to {_speaker(q)}" for q in _firsts(quotations, groups)]
    return [
        made(
            story, "attribution", spans, sides=sides, confidence=confidence("attribution", 1.0),
            summary="; ".join(parts) + ".", reason="the same words are said by different mouths",
        )
    ]  # fmt: skip


def _person(name: str | None) -> tuple[str, ...]:
    """The key of a name that may be a person's; empty for a body."""
    key = key_of(name) if name else ()
    return () if BODIES & set(key) else key


def _relays(story: Story, quotation: Quotation, other: tuple[str, ...]) -> bool:
    """Whether the passage of a quotation says that the other speaker said something, or names them as a messenger."""
    source = story.sources[quotation.source]
    passage = source.passages[source.passage_at(quotation.start)]
    words = words_of(source.text[passage.start : passage.end])
    saying = any(w.low in other and after.low in SAYING for w, after in pairwise(words))
    return saying or any(one_name(key_of(m.name), other) for m in quotation.via if m.name)


def _speaker(quotation: Quotation) -> str:
    return quotation.speaker.name or "" if quotation.speaker else ""


def _firsts(quotations: Sequence[Quotation], groups: list[list[int]]) -> list[Quotation]:
    return [quotations[g[0]] for g in groups]


def _sides(quotations: Sequence[Quotation], groups: list[list[int]]) -> tuple[list[SourceSpan], list[int]]:
    spans, sides = [], []
    for side, group in enumerate(groups):
        for n in group:
            q = quotations[n]
            spans.append(SourceSpan(q.source, q.start, q.end))
            sides.append(side)
    return spans, sides


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
    spans, sides = _sides(quotations, kept)
    parts = [f"{story.labels[q.source]} quotes {quoted(q.text)}" for q in _firsts(quotations, kept[:3])]
    return [
        made(
            story, "quotation", spans, sides=sides, confidence=confidence("quotation", best[0]),
            summary="; ".join(parts) + ".", reason="one utterance, in words that are not the same",
        )
    ]  # fmt: skip
