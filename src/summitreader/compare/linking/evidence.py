"""Why two passages are linked: the words that made the link, and what kind of link they make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from summitreader.compare.linking.analysis import WordType, word_type, word_types
from summitreader.compare.linking.story import UNIT, Story
from summitreader.compare.model import LinkKind, Shared
from summitreader.text import Source, Span
from summitreader.text.words import lemma, word_spans


def _typed(source: Source, passage: int, language: str) -> list[tuple[Span, WordType]]:
    p = source.passages[passage]
    types = word_types(language)
    out = []
    for span in word_spans(source.text, p.start, p.end):
        word = source.text[span.start : span.end]
        if word not in types:
            types[word] = word_type(word, language)
        out.append((span, types[word]))
    return out


def shared_words(story: Story, i: int, j: int, a: Source, b: Source, language: str) -> tuple[Shared, ...]:
    """The spans of words that both passages have, in order of `a`, each with the share of the evidence it gives."""
    left, right = _typed(a, story.passage[i], language), _typed(b, story.passage[j], language)
    weight_of = story.weight_of
    places: dict[str, list[Span]] = defaultdict(list)
    for span, t in right:
        if t.term:
            places[t.term].append(span)
    plain_at = {(s.start, s.end): t for s, t in right}
    found: list[tuple[Span, Span, str, int]] = []
    for span, t in left:
        if not t.term or not places.get(t.term):
            continue
        other = places[t.term].pop(0)
        twin = plain_at[(other.start, other.end)]
        if t.term.startswith("#"):
            reason = "number"
        elif t.plain == twin.plain:
            reason = "name" if t.capital and twin.capital and weight_of(t.term) in story.names[i] else "word"
        else:
            reason = "spelling" if lemma(t.plain, language) == lemma(twin.plain, language) else "word"
        found.append((span, other, reason, story.weight[weight_of(t.term)] or UNIT // 10))
    total = sum(w for *_, w in found) or 1
    return tuple(Shared(s, o, reason, round(w / total, 4)) for s, o, reason, w in sorted(found))


def link_kind(story: Story, i: int, j: int, a: Source, b: Source) -> LinkKind:
    from rapidfuzz.distance import Levenshtein

    words_a, words_b = story.plain[i], story.plain[j]
    if words_a == words_b:
        return LinkKind.SAME
    if Levenshtein.normalized_similarity(words_a, words_b) >= 0.7:
        return LinkKind.NEAR
    small, large = sorted((story.mass[i], story.mass[j]))
    shared = sum(story.weight[t] for t in story.terms[i] & story.terms[j])
    if small < 0.55 * large and shared >= 0.4 * small:
        return LinkKind.PARTIAL
    return LinkKind.RESTATED


def plain_sequence(entries: Sequence[WordType]) -> tuple[str, ...]:
    return tuple(t.plain for t in entries if t.plain)
