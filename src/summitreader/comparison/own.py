"""A comparison with what its reader put right: links of their own, links cut, speakers corrected.

The reader's word wins over the engine's. `with_own` is quick, and puts right what shows at once: links, threads, who is
alone, who speaks. `settled` works out anew what follows from these: utterances, and where the sources part.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from summitreader.comparison.model import (
    Alone,
    Divergence,
    Link,
    LinkKind,
    Mention,
    PassageRef,
    Quotation,
    Report,
    Strength,
    Thread,
)
from summitreader.text import Source

READER = "reader"
"""What a link, or a speaker, that the reader made says in `by`."""

Place = tuple[str, int, int]
"""`[start, end)` of the text of the source with that id."""
Pair = tuple[PassageRef, PassageRef]


@dataclass(frozen=True, slots=True)
class Own:
    """Pairs of places that tell the same, pairs that do not, and quotations with who says them (None: not known)."""

    links: tuple[tuple[Place, Place], ...] = ()
    cuts: tuple[tuple[Place, Place], ...] = ()
    speakers: tuple[tuple[Place, str | None], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.links or self.cuts or self.speakers)


def with_own(report: Report, own: Own) -> Report:
    """`report` with the reader's links in it, without those that were cut, and with the speakers put right.

    Threads are grouped anew: what the reader tied stands in one thread, what was cut in no common one.
    """
    if not own:
        return report
    report = replace(report, quotations=_spoken(report, own.speakers))
    tied, cut = own_pairs(report, own)
    if not (tied or cut) or not report.comparable:
        return report
    links = _links(report, tied, cut)
    settled_pairs = {*tied, *cut}
    return replace(
        report,
        links=links,
        possible_links=tuple(link for link in report.possible_links if (link.a, link.b) not in settled_pairs),
        threads=_threads(report, links, tied, cut),
        alone=_alone(report, links, cut),
    )


def settled(
    report: Report,
    own: Own,
    *,
    kinds: Collection[str] | None = None,
    check: Callable[[], None] | None = None,
) -> Report:
    """The same, with utterances and divergences worked out anew; `kinds` as in `compare`. `check` may raise."""
    if not own:
        return report
    from summitreader.comparison.divergence import ALL, find_divergences
    from summitreader.comparison.quotes import match_utterances

    report = with_own(report, own)
    report = replace(report, utterances=match_utterances(report))
    wanted = ALL if kinds is None else frozenset(kinds)
    found = find_divergences(report, kinds=wanted, check=check)
    apart = frozenset(frozenset(pair) for pair in own_pairs(report, own)[1])
    sources = {source.id: source for source in report.sources}
    return replace(report, divergences=tuple(d for d in found if not _answered(d, sources, apart)))


def _answered(divergence: Divergence, sources: Mapping[str, Source], apart: Collection[frozenset[PassageRef]]) -> bool:
    """Whether a divergence sets against each other only passages that the reader says tell two different things."""
    placed = [
        (n, PassageRef(span.source, sources[span.source].passage_at(span.start)))
        for n, side in enumerate(divergence.sides)
        for span in side.spans
    ]
    against = [frozenset((a, b)) for n, (x, a) in enumerate(placed) for y, b in placed[n + 1 :] if x != y]
    return bool(against) and all(pair in apart for pair in against)


def own_pairs(report: Report, own: Own) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    """The passages that the reader tied, and those that were cut, in the order of the sources."""
    sources = {source.id: source for source in report.sources}
    order = {source.id: n for n, source in enumerate(report.sources)}

    def passages(pairs: Sequence[tuple[Place, Place]]) -> tuple[Pair, ...]:
        found: dict[Pair, None] = {}
        for places in pairs:
            refs = [_passage(sources[place[0]], place) for place in places if place[0] in sources]
            kept = sorted((ref for ref in refs if ref is not None), key=lambda ref: (order[ref.source], ref.passage))
            if len(kept) == 2 and kept[0].source != kept[1].source:
                found[kept[0], kept[1]] = None
        return tuple(found)

    return passages(own.links), passages(own.cuts)


def _passage(source: Source, place: Place) -> PassageRef | None:
    """The passage that has the most of `place`."""
    _, start, end = place
    if not source.passages or start >= end:
        return None
    near = range(source.passage_at(start), source.passage_at(end - 1) + 1)
    best = max(near, key=lambda n: (min(end, source.passages[n].end) - max(start, source.passages[n].start), -n))
    return PassageRef(source.id, best)


def _links(report: Report, tied: Sequence[Pair], cut: Sequence[Pair]) -> tuple[Link, ...]:
    links = {(link.a, link.b): link for link in report.links}
    possible = {(link.a, link.b): link for link in report.possible_links}
    for pair in cut:
        links.pop(pair, None)
    for pair in tied:
        known = links.get(pair) or possible.get(pair)
        links[pair] = (
            _link(report, pair) if known is None else replace(known, score=1.0, by=READER, strength=Strength.LIKELY)
        )
    order = {source.id: n for n, source in enumerate(report.sources)}
    return tuple(sorted(links.values(), key=lambda k: (order[k.a.source], k.a.passage, order[k.b.source], k.b.passage)))


def _link(report: Report, pair: Pair) -> Link:
    from summitreader.comparison.linking import prepare
    from summitreader.comparison.linking.explain import link_kind, shared_words

    sources = [source for ref in pair for source in report.sources if source.id == ref.source]
    story, _ = prepare(sources)
    places = list(zip(story.source, story.passage, strict=True))
    if (0, pair[0].passage) not in places or (1, pair[1].passage) not in places:
        return Link(*pair, 1.0, LinkKind.RESTATED, (), READER)
    i, j = places.index((0, pair[0].passage)), places.index((1, pair[1].passage))
    return Link(*pair, 1.0, link_kind(story, i, j), shared_words(story, i, j, *sources), READER)


def _threads(report: Report, links: Sequence[Link], tied: Sequence[Pair], cut: Sequence[Pair]) -> tuple[Thread, ...]:
    from summitreader.comparison.linking.threads import group_passages, representative

    order = {source.id: n for n, source in enumerate(report.sources)}
    refs = sorted({ref for link in links for ref in (link.a, link.b)}, key=lambda r: (order[r.source], r.passage))
    number = {ref: n for n, ref in enumerate(refs)}
    strength: dict[tuple[int, int], float] = {}
    for link in links:
        i, j = number[link.a], number[link.b]
        strength[i, j] = strength[j, i] = link.score
    rank = [0] * len(refs)
    for n, i in enumerate(sorted(range(len(refs)), key=lambda i: (refs[i].source, refs[i].passage))):
        rank[i] = n
    groups = group_passages(
        strength,
        [order[ref.source] for ref in refs],
        rank,
        tied=[(number[a], number[b]) for a, b in tied],
        apart=[(number[a], number[b]) for a, b in cut if a in number and b in number],
    )
    return tuple(
        Thread(f"t{n}", tuple(refs[m] for m in members), refs[representative(members, strength, rank)])
        for n, members in enumerate(sorted(groups), 1)
    )


def _alone(report: Report, links: Sequence[Link], cut: Sequence[Pair]) -> tuple[tuple[Alone, ...], ...]:
    """A passage that the reader tied is not alone; of one whose last link was cut nothing is sure."""
    linked = {ref for link in links for ref in (link.a, link.b)}
    own = {ref for link in links if link.by == READER for ref in (link.a, link.b)}
    loose = {ref for pair in cut for ref in pair} - linked
    return tuple(
        tuple(
            Alone.NO if (ref := PassageRef(source.id, n)) in own else Alone.UNSURE if ref in loose else state
            for n, state in enumerate(states)
        )
        for source, states in zip(report.sources, report.alone, strict=True)
    )


def _spoken(report: Report, speakers: Sequence[tuple[Place, str | None]]) -> tuple[Quotation, ...]:
    """The quotations, each with the speaker that the reader named for the place that it has the most of."""
    if not speakers:
        return report.quotations
    sources = {source.id: source for source in report.sources}
    said: dict[str, str | None] = {}
    for (source, start, end), name in speakers:
        near = [q for q in report.quotations if q.source == source and q.start < end and q.end > start]
        if near:
            best = max(near, key=lambda q: (min(end, q.end) - max(start, q.start), -abs(q.start - start), -q.end))
            said[best.id] = name
    return tuple(
        replace(q, speaker=_mention(sources[q.source], q, said[q.id]), by=READER) if q.id in said else q
        for q in report.quotations
    )


def _mention(source: Source, quotation: Quotation, name: str | None) -> Mention | None:
    """The speaker as the reader named them: where the name stands nearest to the quotation, else the mention that was
    taken to govern it, else, where the source does not name them, the quotation itself."""
    if name is None:
        return None
    places = []
    at = source.text.find(name)
    while at >= 0:
        places.append(at)
        at = source.text.find(name, at + 1)
    if places:
        start = min(places, key=lambda p: (abs(p - quotation.start), p))
        return Mention(name, start, start + len(name))
    if quotation.speaker is not None:
        return Mention(name, quotation.speaker.start, quotation.speaker.end)
    return Mention(name, quotation.start, quotation.end)
