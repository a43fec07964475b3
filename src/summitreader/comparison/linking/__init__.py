"""Which passages of different sources report the same thing, how likely that is, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import TYPE_CHECKING

from summitreader.comparison.collector import collector_resting
from summitreader.comparison.model import Alone, Link, LinkKind, PassageRef, Shared, Strength, Thread
from summitreader.text import Source

if TYPE_CHECKING:
    from summitreader.comparison.encoders import Encoder
    from summitreader.comparison.linking.analysis import Analyse
    from summitreader.comparison.linking.scoring import Table
    from summitreader.comparison.linking.story import Story

_MOST_CANDIDATES = 50
"""So many pairs of a passage and another source are listed where candidates are asked for."""
_BEST = 2
"""A possible link is among the best so many of either passage in the source of the other."""


@dataclass(frozen=True, slots=True)
class Linking:
    """`comparable` and `alone` run parallel to the sources; likely links, possible ones and threads as in `Report`.
    `candidates` are the pairs that `min_score` asked for, the links among them; none where it was not given."""

    comparable: tuple[bool, ...]
    alone: tuple[tuple[Alone, ...], ...]
    links: tuple[Link, ...]
    possible: tuple[Link, ...]
    threads: tuple[Thread, ...]
    candidates: tuple[Link, ...]


def link_sources(
    sources: Sequence[Source],
    *,
    min_score: float | None = None,
    progress: Callable[[float], None] = lambda share: None,
    check: Callable[[], None] = lambda: None,
    words: Analyse | None = None,
    encoder: Encoder | None = None,
) -> Linking:
    """Link the passages of `sources`; `check` raises where the caller wants the work stopped, `words` gives the words
    of a source where they are cached, `encoder` has a say in the scores."""
    with collector_resting():
        return _link(sources, min_score, progress, check, words, encoder)


def prepare(
    sources: Sequence[Source], check: Callable[[], None], words: Analyse | None = None
) -> tuple[Story, tuple[bool, ...]]:
    """The story of `sources`, and for each whether it can be compared with the others."""
    from summitreader.comparison.linking import analysis
    from summitreader.comparison.linking.story import gather

    language = analysis.story_language(sources)
    fitting = analysis.one_language(sources, language)
    found = []
    for source, fits in zip(sources, fitting, strict=True):
        check()
        empty = analysis.SourceWords((), language, source.id)
        found.append((words or analysis.analyse)(source, language, check) if fits else empty)
    said = [sum(len(p.words) for p in words.passages) for words in found]
    comparable = tuple(a and b for a, b in zip(fitting, analysis.long_enough(said), strict=True))
    return gather(found, check), comparable


def score_story(
    story: Story, progress: Callable[[float], None] = lambda share: None, check: Callable[[], None] = lambda: None
) -> tuple[Table, Table]:
    """How alike the pairs of passages are that are worth asking about, and the log-odds that each is a link."""
    from summitreader.comparison.linking.candidates import score_candidates
    from summitreader.comparison.linking.order import add_order
    from summitreader.comparison.linking.scoring import log_odds

    like = score_candidates(story, progress, check)
    return like, add_order(story, like, log_odds(story, like, check), check)


def _link(
    sources: Sequence[Source],
    min_score: float | None,
    progress: Callable[[float], None],
    check: Callable[[], None],
    words: Analyse | None,
    encoder: Encoder | None,
) -> Linking:
    from summitreader.comparison.linking.candidates import wider_candidates
    from summitreader.comparison.linking.explain import Evidence, link_kind, shared_words
    from summitreader.comparison.linking.scoring import curve_of, log_odds, weights
    from summitreader.comparison.linking.threads import make_threads, opposed
    from summitreader.comparison.linking.uniqueness import surely_alone

    story, comparable = prepare(sources, check, words)
    progress(0.1)
    like, odds = score_story(story, lambda share: progress(0.1 + 0.7 * share), check)
    grade = _grade_by(encoder, story, sources)
    odds = [{j: value + grade(i, j) for j, value in row.items()} for i, row in enumerate(odds)] if grade else odds
    probability = curve_of(story).probability
    scores: Table = [{j: probability(value) for j, value in row.items()} for row in odds]
    check()
    shown = _shown(story, scores)
    refs = [PassageRef(sources[s].id, p) for s, p in zip(story.source, story.passage, strict=True)]
    limit = weights().likely

    def shared(i: int, j: int) -> tuple[Shared, ...]:
        return shared_words(story, i, j, sources[story.source[i]], sources[story.source[j]])

    links: list[Link] = []
    possible: list[Link] = []
    strength: dict[tuple[int, int], float] = {}
    for i, here in enumerate(shown):
        if not i & 63:
            check()
            progress(0.8 + 0.1 * i / len(shown))
        for j in sorted(j for j in here if j > i):
            score = round(scores[i][j], 4)
            likely = scores[i][j] >= limit
            link = Link(
                refs[i],
                refs[j],
                score,
                link_kind(story, i, j),
                Evidence(shared, i, j),
                strength=Strength.LIKELY if likely else Strength.POSSIBLE,
                opposed=opposed(story, i, j),
            )
            (links if likely else possible).append(link)
            if likely:
                strength[i, j] = strength[j, i] = score
    check()
    alone = [[Alone.UNSURE] * len(s.passages) for s in sources]
    if sum(comparable) > 1:
        unique = surely_alone(story, odds, comparable, check)
        for i, here in enumerate(shown):
            if comparable[story.source[i]]:
                linked = any((i, j) in strength for j in here)
                state = Alone.NO if linked else Alone.SURE if unique[i] and not here else Alone.UNSURE
                alone[story.source[i]][story.passage[i]] = state
    threads = make_threads(story, strength, refs, check)
    candidates: list[Link] = []
    if min_score is not None:
        wider = wider_candidates(story, like, check, _MOST_CANDIDATES)
        wanted = log_odds(story, wider, check)
        known = {(link.a, link.b): link for link in links + possible}
        for i, asked in enumerate(_best_of_each(story, wanted)):
            for j in sorted(j for j in asked | shown[i] if j > i):
                score = round(
                    scores[i][j] if j in scores[i] else probability(wanted[i][j] + (grade(i, j) if grade else 0.0)), 4
                )
                pair = refs[i], refs[j]
                if pair in known:
                    candidates.append(known[pair])
                elif score >= min_score:
                    candidates.append(Link(*pair, score, LinkKind.RESTATED, strength=Strength.POSSIBLE))
    progress(1.0)
    return Linking(comparable, tuple(map(tuple, alone)), tuple(links), tuple(possible), threads, tuple(candidates))


def _grade_by(encoder: Encoder | None, story: Story, sources: Sequence[Source]) -> Callable[[int, int], float] | None:
    """What an encoder adds to the log-odds of a pair."""
    if encoder is None:
        return None
    from summitreader.comparison.encoders import closeness
    from summitreader.comparison.linking.scoring import weights

    texts = [sources[s].passage_text(p) for s, p in zip(story.source, story.passage, strict=True)]
    cosine, weight = closeness(encoder, texts), weights().encoder
    return lambda i, j: weight * cosine(i, j)


def _shown(story: Story, scores: Table) -> list[set[int]]:
    """For each passage those that it is linked with: all that are likely, and of what is possible the best two that
    either passage has in the source of the other."""
    from summitreader.comparison.linking.scoring import weights

    least, limit = weights().possible, weights().likely
    shown: list[set[int]] = [set() for _ in scores]
    source = story.source
    for i, row in enumerate(scores):
        rank: dict[int, int] = {}
        for negative, j in sorted((-value, j) for j, value in row.items() if value >= least):
            before = rank.get(source[j], 0)
            if before < _BEST or -negative >= limit:
                shown[i].add(j)
                shown[j].add(i)
            rank[source[j]] = before + 1
    return shown


def _best_of_each(story: Story, scores: Table) -> list[set[int]]:
    """For each passage its best in every other source, and those whose best it is."""
    asked: list[set[int]] = [set() for _ in scores]
    for i, row in enumerate(scores):
        per: dict[int, list[tuple[float, int]]] = {}
        for j, value in row.items():
            per.setdefault(story.source[j], []).append((-value, j))
        for found in per.values():
            for _, j in nsmallest(_MOST_CANDIDATES, found):
                asked[i].add(j)
                asked[j].add(i)
    return asked
