"""From scores to what is shown: the links, the threads, and which passages surely have no counterpart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import nsmallest
from itertools import chain

from summitreader.comparison.linking.alone import surely_alone
from summitreader.comparison.linking.analysis import Analyse, SourceWords, analyse
from summitreader.comparison.linking.candidates import (
    Scores,
    letters_where_short,
    score_candidates,
    score_within,
    wider_candidates,
)
from summitreader.comparison.linking.evidence import Evidence, link_kind, placed_words, shared_words
from summitreader.comparison.linking.languages import long_enough, one_language, story_language
from summitreader.comparison.linking.letters import Letters
from summitreader.comparison.linking.order import add_order
from summitreader.comparison.linking.scoring import likeness, sureness_by, weights
from summitreader.comparison.linking.story import Story, gather
from summitreader.comparison.linking.support import add_support
from summitreader.comparison.linking.threads import Pairs, group_passages, representative
from summitreader.comparison.model import Alone, Link, LinkKind, PassageRef, Quotation, Shared, Strength, Thread
from summitreader.text import Source

_MOST_CANDIDATES = 50
"""So many pairs of a passage and another source are told where candidates are asked for."""
_LIKELY = 0.5
_BEST = 2


def decide(
    sources: Sequence[Source],
    quotations: Sequence[Quotation],
    min_score: float | None,
    progress: Callable[[float], None],
    check: Callable[[], None],
    words_of: Analyse = analyse,
) -> tuple[
    tuple[bool, ...],
    tuple[tuple[Alone, ...], ...],
    tuple[Link, ...],
    tuple[Link, ...],
    tuple[Thread, ...],
    tuple[Link, ...],
]:
    """`comparable`, `alone`, likely and possible links and threads, as `Report` has them, and the candidates."""
    language = story_language(sources)
    fitting = one_language(sources, language)
    by_source: dict[str, list[Quotation]] = {}
    for q in quotations:
        by_source.setdefault(q.source, []).append(q)
    analysed = []
    for source, fits in zip(sources, fitting, strict=True):
        check()
        analysed.append(
            words_of(source, by_source.get(source.id, ()), language, check) if fits else SourceWords((), language)
        )
    told = [sum(len(p.words) for p in words.passages) for words in analysed]
    comparable = tuple(a and b for a, b in zip(fitting, long_enough(told), strict=True))
    progress(0.1)
    story = gather(analysed, check)
    letters = letters_where_short(story, check)
    scores = score_story(story, letters, lambda share: progress(0.2 + 0.7 * share), check)
    sure = _sureness(story, scores, letters is not None, check)
    check()
    shown = _shown(story, sure)
    check()
    wanted: Scores = []
    if min_score is not None:
        wider = wider_candidates(story, lambda i, j: likeness(story, letters, i, j), scores, check, _MOST_CANDIDATES)
        wanted = _sureness(story, wider, letters is not None, check)

    alone = [[Alone.UNSURE] * len(s.passages) for s in sources]
    links: list[Link] = []
    possible: list[Link] = []
    limit = weights().likely
    linked = {i for i, row in enumerate(sure) if any(row[j] >= limit for j in shown[i])}
    candidates: list[Link] = []
    strength: dict[tuple[int, int], float] = {}
    several = sum(comparable) > 1
    only = surely_alone(story, sure, comparable, check) if several else []
    refs = [PassageRef(sources[s].id, p) for s, p in zip(story.source, story.passage, strict=True)]
    asked = _best_of_each(story, wanted)

    def shared(i: int, j: int) -> tuple[Shared, ...]:
        left, right = (placed_words(story, n, sources[story.source[n]]) for n in (i, j))
        return shared_words(story, i, j, left, right)

    for i, row in enumerate(sure):
        if not i & 63:
            check()
            progress(0.9 + 0.1 * i / len(sure))
        if several and comparable[story.source[i]]:
            state = Alone.NO if i in linked else Alone.SURE if only[i] and not shown[i] else Alone.UNSURE
            alone[story.source[i]][story.passage[i]] = state
        here = shown[i]
        for j in sorted(here | asked[i] if asked else here):
            if j < i:
                continue
            if j in here:
                score = round(row[j], 4)
                likely = row[j] >= limit
                if likely:
                    strength[i, j] = strength[j, i] = score
                grade = Strength.LIKELY if likely else Strength.POSSIBLE
                link = Link(refs[i], refs[j], score, link_kind(story, i, j), Evidence(shared, i, j), strength=grade)
                (links if likely else possible).append(link)
                candidates.append(link)
            elif wanted[i][j] >= (min_score or 0.0):
                score = round(row[j] if j in row else wanted[i][j], 4)
                candidates.append(Link(refs[i], refs[j], score, LinkKind.RESTATED, strength=Strength.POSSIBLE))
    check()
    threads = _threads(story, strength, refs, check)
    progress(1.0)
    asked_for = () if min_score is None else tuple(candidates)
    return comparable, tuple(tuple(a) for a in alone), tuple(links), tuple(possible), threads, asked_for


def _threads(
    story: Story, strength: Pairs, refs: Sequence[PassageRef], check: Callable[[], None]
) -> tuple[Thread, ...]:
    """The threads in order of their first passage."""
    rank = [0] * len(refs)
    by_id = sorted([(refs[r.start].source, r.start, r.stop) for r in story.passages_of if r])
    for n, i in enumerate(chain.from_iterable([range(start, stop) for _, start, stop in by_id])):
        rank[i] = n
    groups = sorted(group_passages(strength, story.source, rank, check))
    return tuple(
        Thread(f"t{n}", tuple(refs[m] for m in members), refs[representative(members, strength, rank)])
        for n, members in enumerate(groups, 1)
    )


def score_story(
    story: Story, letters: Letters | None, progress: Callable[[float], None], check: Callable[[], None]
) -> Scores:
    """How alike the pairs of passages are that are worth asking about, third sources and order heard."""
    scores = score_candidates(story, letters, progress, check)
    scores = add_support(story, scores, score_within(story, letters, check), check)
    return add_order(story, scores, lambda i, j: likeness(story, letters, i, j), check)


def _shown(story: Story, sure: Scores) -> list[set[int]]:
    """For each passage those that it is shown to be linked with.

    What is more likely right than not is shown, and down to `shown` what is also among the best two that either passage
    has in the source of the other.
    """
    least = weights().shown
    shown: list[set[int]] = [set() for _ in sure]
    source = story.source
    for i, row in enumerate(sure):
        likely = [(-value, j) for j, value in row.items() if value >= least]
        likely.sort()
        rank: dict[int, int] = {}
        for negative, j in likely:
            before = rank.get(source[j], 0)
            if before < _BEST or -negative >= _LIKELY:
                shown[i].add(j)
                shown[j].add(i)
            rank[source[j]] = before + 1
    return shown


def behind_best(story: Story, scores: Scores) -> Callable[[int, int], tuple[float, float]]:
    """How far a pair is behind the best that either passage has in the source of the other: two numbers, 0 or less."""
    best = _best(story, scores)
    source = story.source

    def behind(i: int, j: int) -> tuple[float, float]:
        value = scores[i][j]
        return value - best[i][source[j]], value - best[j][source[i]]

    return behind


def _best(story: Story, scores: Scores) -> list[dict[int, float]]:
    """For each passage how like the nearest of each other source is."""
    best: list[dict[int, float]] = []
    source = story.source
    for row in scores:
        per: dict[int, float] = {}
        for j, value in row.items():
            s = source[j]
            if value > per.get(s, -1e9):
                per[s] = value
        best.append(per)
    return best


def _sureness(story: Story, scores: Scores, letters: bool, check: Callable[[], None]) -> Scores:
    sure_of = sureness_by(letters)
    source = story.source
    best = _best(story, scores) if letters else []  # in long texts what stands beside a pair says nothing more about it
    sure: Scores = [{} for _ in scores]
    for i, row in enumerate(scores):
        if not i & 63:
            check()
        mine, here = best[i] if best else {}, source[i]
        into = sure[i]
        for j, value in row.items():
            if j > i:
                behind = (value - mine[source[j]]) + (value - best[j][here]) if best else 0.0
                into[j] = sure[j][i] = sure_of(value, behind)
    return sure


def _best_of_each(story: Story, sure: Scores) -> list[set[int]]:
    """For each passage its best in every other source, and those whose best it is."""
    asked: list[set[int]] = [set() for _ in sure]
    for i, row in enumerate(sure):
        per: dict[int, list[tuple[float, int]]] = {}
        for j, value in row.items():
            per.setdefault(story.source[j], []).append((-value, j))
        for found in per.values():
            for _, j in nsmallest(_MOST_CANDIDATES, found):
                asked[i].add(j)
                asked[j].add(i)
    return asked
