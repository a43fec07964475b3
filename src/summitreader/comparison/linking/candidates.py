"""Which pairs of passages are worth scoring: those that share words that are rare in the story."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import nlargest
from itertools import combinations

from summitreader.comparison.linking.letters import Letters, letters_of
from summitreader.comparison.linking.scoring import likenesses
from summitreader.comparison.linking.story import Story

_ALL_PAIRS = 60_000
"""Up to so many pairs of passages every pair that shares evidence is scored."""
_LETTERS = 4_000
"""Up to so many passages letter sequences are compared; they cost more than they tell in long texts."""

_COMMON = 500
"""A word that stands in more passages tells little."""
_VISITS = 32
"""How many passages of each source are looked at for a passage, those with its rarest words first."""

_LEAST_WORDS = 0.6
"""Among many sources a pair must share words of this weight (the feature `words`) to be scored: of the pairs of
`links/ecbplus` that are shown two in a thousand share less."""

Scores = list[dict[int, float]]
"""For each passage of the story the passages of other sources that are like it, with how much."""


def letters_where_short(story: Story, check: Callable[[], None] = lambda: None) -> Letters | None:
    """The letter sequences of a story that is not too long to look at them."""
    return letters_of(story, check) if len(story) <= _LETTERS else None


def wider_candidates(
    story: Story, alike: Callable[[int, int], float], scores: Scores, check: Callable[[], None], most: int
) -> Scores:
    """`scores`, and for each passage and other source the `most` best of all that share any evidence."""
    wider = [dict(row) for row in scores]
    postings: dict[int, list[int]] = {}
    evidence = [terms | frames for terms, frames in zip(story.terms, story.frames, strict=True)]
    for i, terms in enumerate(evidence):
        for t in terms:
            postings.setdefault(t, []).append(i)
    source, damp = story.source, story.damp
    enough = 8 * most * max(1, len(story.passages_of) - 1)
    for i, terms in enumerate(evidence):
        check()
        found: dict[int, float] = {}
        for count, t in sorted([(len(postings[t]), t) for t in terms]):
            if count > _COMMON and len(found) >= enough:
                break  # so common a word no longer changes which are the best
            w = story.weight[t]
            for j in postings[t]:
                found[j] = found.get(j, 0) + w
        by_source: dict[int, list[tuple[float, int]]] = {}
        for j, mass in found.items():
            if source[j] != source[i]:
                by_source.setdefault(source[j], []).append((mass * damp[j], -j))
        for rows in by_source.values():
            for _, negative in nlargest(most, rows):
                j = -negative
                if j not in wider[i]:
                    wider[i][j] = wider[j][i] = alike(i, j)
    return wider


def score_candidates(
    story: Story, letters: Letters | None, progress: Callable[[float], None], check: Callable[[], None]
) -> Scores:
    """How alike the pairs are that are worth asking about; every pair stands on both sides."""
    scores: Scores = [{} for _ in range(len(story))]
    sources = [r for r in story.passages_of if len(r)]
    pairs = sum(len(a) * len(b) for a, b in combinations(sources, 2))
    if pairs > _ALL_PAIRS:
        _by_postings(story, letters, scores, progress, check)
        return scores
    done = 0
    for a, b in combinations(sources, 2):
        for i in a:
            check()
            _score_row(story, letters, scores, i, b)
        done += len(a) * len(b)
        progress(done / pairs)
    return scores


def score_within(story: Story, letters: Letters | None, check: Callable[[], None]) -> Scores:
    """How alike the passages of each source are among themselves; empty in a story too long to score every pair."""
    within: Scores = [{} for _ in range(len(story))]
    sources = [r for r in story.passages_of if len(r)]
    if letters is None or sum(len(a) * len(b) for a, b in combinations(sources, 2)) > _ALL_PAIRS:
        return within
    if sum(len(r) ** 2 for r in sources) > 2 * _ALL_PAIRS:
        return within
    for passages in sources:
        for i in passages:
            check()
            _score_row(story, letters, within, i, range(i + 1, passages.stop))
    return within


def _score_row(story: Story, letters: Letters | None, scores: Scores, i: int, others: range) -> None:
    """Score passage `i` with those of `others` that share any evidence with it."""
    all_terms, all_frames = story.terms, story.frames
    terms, frames = all_terms[i], all_frames[i]
    asked = [j for j in others if not terms.isdisjoint(all_terms[j]) or not frames.isdisjoint(all_frames[j])]
    row = scores[i]
    for j, value in zip(asked, likenesses(story, letters, i, asked), strict=True):
        row[j] = scores[j][i] = value


def _by_postings(
    story: Story, letters: Letters | None, scores: Scores, progress: Callable[[float], None], check: Callable[[], None]
) -> None:
    """Score, for each passage and other source, the few that share the most of its rarest words."""
    sources = [r for r in story.passages_of if len(r)]
    two = len(sources) == 2
    asking = min(sources, key=story.shorter_first) if two else range(len(story))
    postings: dict[int, list[int]] = {}
    for i, terms in enumerate(story.terms):
        if not i & 1023:
            check()
        if not two or i not in asking:
            for t in terms:
                postings.setdefault(t, []).append(i)
    most = max(2, min(8, 120 // len(sources))) if letters is not None else 3
    visits = _VISITS * min(16, len(sources))
    source, damp = story.source, story.damp
    rarest_first = sorted(postings, key=lambda t: (len(postings[t]), t))
    rank = {t: n for n, t in enumerate(rarest_first)}
    entries = [(postings[t], story.weight[t]) for t in rarest_first]
    most_damp = max(damp, default=0.0)
    for n, i in enumerate(asking):
        if not n & 63:
            check()
            progress(n / len(asking))
        asking_for = [entries[r] for r in sorted([rank[t] for t in story.terms[i] if t in rank])]
        row = scores[i]
        if two:
            asked = _best_few(_sharing(asking_for, visits, most, 0.0), damp, most)
        else:
            least = _LEAST_WORDS / (most_damp + damp[i]) * (1 - 1e-9)  # with less no passage has enough
            found = _sharing(asking_for, visits, most, least)
            best = _best_of_each_source(found, source, damp, least, i, most)
            asked = [-negative for _, negative in best if -negative not in row]
        for j, value in zip(asked, likenesses(story, letters, i, asked), strict=True):
            row[j] = scores[j][i] = value


def _sharing(words: Sequence[tuple[list[int], int]], visits: int, most: int, least: float) -> dict[int, int]:
    """The weight that passages have of `words`, each given by who has it and its weight, the rarest first.

    So many passages are visited, but `most` at least are found. Who has less than `least` may be left out: once the
    words to come weigh less than that together, nobody new is taken in ("MaxScore", Turtle and Flood 1995).
    """
    found: dict[int, int] = {}
    rest = sum([w for _, w in words])
    closed = False
    for having, w in words:
        visits -= len(having)
        if visits < 0 and (closed or len(found) >= most):
            break
        if not found and not closed:
            found = dict.fromkeys(having, w)
        elif closed:
            for j in found.keys() & having:
                found[j] += w
        elif rest < least and len(found) >= most:
            closed = True
            open_to = least - rest
            found = {j: mass for j, mass in found.items() if mass >= open_to}
            for j in found.keys() & having:
                found[j] += w
        else:
            for j in having:
                found[j] = found.get(j, 0) + w
        rest -= w
    return found


def _best_few(found: dict[int, int], damp: list[float], most: int) -> list[int]:
    """The `most` passages with most of the weight, best first, and none with less than a quarter of the best."""
    worth = [(mass * damp[j], -j) for j, mass in found.items()]
    least = max(worth, default=(0.0, 0))[0]
    worth = [pair for pair in worth if 4 * pair[0] >= least]
    worth.sort(reverse=True)
    return [-negative for _, negative in worth[:most]]


def _best_of_each_source(
    found: dict[int, int], source: list[int], damp: list[float], least: float, i: int, most: int
) -> list[tuple[float, int]]:
    by_source: dict[int, list[tuple[float, int]]] = {}
    mine, own = source[i], damp[i]
    for j, mass in [pair for pair in found.items() if pair[1] >= least]:
        value = mass * damp[j]
        if value + mass * own >= _LEAST_WORDS and source[j] != mine:
            rows = by_source.get(source[j])
            if rows is None:
                by_source[source[j]] = [(value, -j)]
            else:
                rows.append((value, -j))
    best = []
    for rows in by_source.values():
        if len(rows) > most:
            rows.sort(reverse=True)
            del rows[most:]
        best += rows
    return best
