"""One utterance in several accounts: said by different mouths, carried by different messengers, worded otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from summitreader.compare.diverging.names import key_of, one_name
from summitreader.compare.diverging.polarity import denies_anything
from summitreader.compare.diverging.story import Story, made, quoted
from summitreader.compare.diverging.words import STOP_WORDS, stem, words_of
from summitreader.compare.model import Divergence, Quotation, SourceSpan

_LOOSE_ENOUGH = 4
"""Words that an utterance needs before two speakers of it are a divergence: anyone may say two words."""


def find_speech(story: Story) -> list[Divergence]:
    """What differs between the quotations of each utterance: speaker, messenger, words that carry meaning."""
    by_id = {q.id: q for q in story.report.quotations}
    found: list[Divergence] = []
    for utterance in story.report.utterances:
        quotations = [by_id[id] for id in utterance.quotations if id in by_id]
        quotations = [q for q in quotations if story.told_at(q.source, q.start)]
        if len({q.source for q in quotations}) < 2:
            continue
        found.extend(_attribution(story, quotations))
        found.extend(_messenger(story, quotations))
        found.extend(_wording(story, quotations))
    return found


def _clusters(quotations: Sequence[Quotation], names: Sequence[str | None]) -> list[list[int]]:
    """The indexes of quotations by who they are ascribed to; those ascribed to no proper name stand in none."""
    groups: list[list[int]] = []
    keys: list[tuple[str, ...]] = []
    for n, name in enumerate(names):
        key = key_of(name) if name else ()
        if not key:
            continue
        home = next((g for g, k in enumerate(keys) if one_name(k, key)), None)
        if home is None:
            groups.append([n])
            keys.append(key)
        else:
            groups[home].append(n)
    return groups


def _attribution(story: Story, quotations: list[Quotation]) -> list[Divergence]:
    if max(len(q.text.split()) for q in quotations) < 2:
        return []
    groups = _clusters(quotations, [q.speaker.name if q.speaker else None for q in quotations])
    if len(groups) < 2 or len({quotations[g[0]].source for g in groups}) < 2:
        return []
    guessed = any(q.speaker is not None and q.speaker.inferred for g in groups for q in [quotations[g[0]]])
    short = min(len(quotations[g[0]].text.split()) for g in groups) < _LOOSE_ENOUGH
    spans, sides = _sides(quotations, groups)
    parts = [f"{story.labels[q.source]} gives {quoted(q.text)} to {_speaker(q)}" for q in _firsts(quotations, groups)]
    return [
        made(
            story, "attribution", spans, sides=sides, confidence=0.75 - 0.15 * guessed - 0.15 * short,
            summary="; ".join(parts) + ".", reason="the same words are said by different mouths",
        )
    ]  # fmt: skip


def _speaker(quotation: Quotation) -> str:
    return quotation.speaker.name or "" if quotation.speaker else ""


def _messenger(story: Story, quotations: list[Quotation]) -> list[Divergence]:
    """Different messengers for the same speaker's words: finer than another speaker, and less sure."""
    groups = _clusters(quotations, [q.via[-1].name if q.via else None for q in quotations])
    if len(groups) < 2 or len({quotations[g[0]].source for g in groups}) < 2:
        return []
    spans, sides = _sides(quotations, groups)
    parts = [f"{story.labels[q.source]} has it through {q.via[-1].name}" for q in _firsts(quotations, groups)]
    summary = f"Of {quoted(quotations[0].text)}: " + "; ".join(parts) + "."
    return [
        made(
            story, "attribution", spans, sides=sides, confidence=0.5, summary=summary,
            reason="the same words came through different messengers",
        )
    ]  # fmt: skip


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
    """Marked quotations of one utterance in which words that carry meaning stand on both sides alone."""
    marked = [q for q in quotations if q.kind in {"speech", "fragment"}]
    groups: list[list[int]] = []
    for n, q in enumerate(marked):
        home = next((g for g in groups if _differs(marked[g[0]].text, q.text) == 0.0), None)
        if home is None:
            groups.append([n])
        else:
            home.append(n)
    best: tuple[float, int, int] | None = None
    for a, b in ((a, b) for n, a in enumerate(groups) for b in groups[n + 1 :]):
        first, second = marked[a[0]], marked[b[0]]
        if first.source != second.source:
            degree = _differs(first.text, second.text)
            if best is None or degree > best[0]:
                best = degree, a[0], b[0]
    if best is None:
        return []
    spans, sides = _sides(marked, groups)
    parts = [f"{story.labels[q.source]} quotes {quoted(q.text)}" for q in _firsts(marked, groups)]
    return [
        made(
            story, "quotation", spans, sides=sides, confidence=min(0.8, 0.35 + 0.5 * best[0]),
            summary="; ".join(parts) + ".", reason="one utterance, in words that are not the same",
        )
    ]  # fmt: skip


def _differs(a: str, b: str) -> float:
    """How far two wordings differ in words that carry meaning, 0 to 1; 0 where one has all that the other has.

    A denial or a number on one side only makes it 1.
    """
    content_a, content_b = _content(a), _content(b)
    missing_a, missing_b = content_b - content_a, content_a - content_b
    if (
        denies_anything(a) is not denies_anything(b)
        and len(content_a & content_b) > 1
        and not (missing_a and missing_b)
    ):
        return 1.0 if min(len(content_a), len(content_b)) > 2 else 0.0
    if not missing_a or not missing_b:
        return 0.0
    return (len(missing_a) + len(missing_b)) / len(content_a | content_b)


def _content(text: str) -> frozenset[str]:
    words = (w for w in words_of(text) if w.sort != "sign" and w.low not in STOP_WORDS)
    return frozenset(stem(w.low) for w in words)
