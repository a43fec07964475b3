"""Which passages of different sources report the same thing, how likely that is, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from heapq import nsmallest
from typing import TYPE_CHECKING

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
    from summitreader.comparison.linking.candidates import wider_candidates
    from summitreader.comparison.linking.explain import Evidence, link_kind, shared_words
    from summitreader.comparison.linking.scoring import curve_of, log_odds
    from summitreader.comparison.linking.threads import make_threads, opposed
    from summitreader.comparison.linking.uniqueness import surely_alone

    story, comparable = prepare(sources, check, words)
    if encoder is not None:
        add_meaning(story, sources, encoder, check)
    progress(0.1)
    like, odds = score_story(story, lambda share: progress(0.1 + 0.7 * share), check)
    curve = curve_of(story)
    scores: Table = [{j: curve.probability(value) for j, value in row.items()} for row in odds]
    check()
    shown = _shown(story, scores)
    refs = [PassageRef(sources[s].id, p) for s, p in zip(story.source, story.passage, strict=True)]

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
            likely = scores[i][j] >= curve.likely
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
        known = {(link.a, link.b): link for link in links + possible}
        wanted = log_odds(story, wider_candidates(story, like, check, _MOST_CANDIDATES), check)
        for i, j in _best_pairs(story, wanted, shown):
            score = round(scores[i][j] if j in scores[i] else curve.probability(wanted[i][j]), 4)
            pair = refs[i], refs[j]
            if pair in known or score >= min_score:
                other = Link(*pair, score, LinkKind.RESTATED, strength=Strength.POSSIBLE)
                candidates.append(known.get(pair, other))
    progress(1.0)
    return Linking(comparable, tuple(map(tuple, alone)), tuple(links), tuple(possible), threads, tuple(candidates))


def prepare(
    sources: Sequence[Source], check: Callable[[], None] = lambda: None, words: Analyse | None = None
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


def add_meaning(
    story: Story, sources: Sequence[Source], encoder: Encoder, check: Callable[[], None] = lambda: None
) -> None:
    """Let the vectors of `encoder` count in `story`; a story that is too long for letter sequences goes without."""
    from summitreader.comparison.encoders import closeness

    if story.letters:
        texts = [
            [source.passage_text(story.passage[i]) for i in passages]
            for source, passages in zip(sources, story.passages_of, strict=True)
        ]
        story.meaning = closeness(encoder, texts, check)


def score_story(
    story: Story, progress: Callable[[float], None] = lambda share: None, check: Callable[[], None] = lambda: None
) -> tuple[Table, Table]:
    """How alike the pairs of passages are that are worth asking about, and the log-odds that each is a link."""
    from summitreader.comparison.linking.candidates import score_candidates
    from summitreader.comparison.linking.order import add_order
    from summitreader.comparison.linking.scoring import log_odds

    like = score_candidates(story, progress, check)
    return like, add_order(story, like, log_odds(story, like, check), check)


def _shown(story: Story, scores: Table) -> list[set[int]]:
    """For each passage those that it is linked with: all that are likely, and of what is possible the best two that
    either passage has in the source of the other."""
    from summitreader.comparison.linking.scoring import curve_of

    curve = curve_of(story)
    shown: list[set[int]] = [set() for _ in scores]
    source = story.source
    for i, row in enumerate(scores):
        rank: dict[int, int] = {}
        for negative, j in sorted((-value, j) for j, value in row.items() if value >= curve.possible):
            before = rank.get(source[j], 0)
            if before < _BEST or -negative >= curve.likely:
                shown[i].add(j)
                shown[j].add(i)
            rank[source[j]] = before + 1
    return shown


def _best_pairs(story: Story, scores: Table, shown: Sequence[Set[int]]) -> Iterator[tuple[int, int]]:
    """The pairs of each passage with its best in every other source, and those in `shown`, in order."""
    asked = [set(here) for here in shown]
    for i, row in enumerate(scores):
        per: dict[int, list[tuple[float, int]]] = {}
        for j, value in row.items():
            per.setdefault(story.source[j], []).append((-value, j))
        for found in per.values():
            for _, j in nsmallest(_MOST_CANDIDATES, found):
                asked[i].add(j)
                asked[j].add(i)
    return ((i, j) for i, here in enumerate(asked) for j in sorted(here) if j > i)
