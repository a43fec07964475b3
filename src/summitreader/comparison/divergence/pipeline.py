"""Every finder in turn, what they found put in order and freed of repetition."""

from __future__ import annotations

from collections.abc import Callable, Collection

from summitreader.comparison.divergence.figures_across import find_figures_across
from summitreader.comparison.divergence.number_conflicts import find_firsts, find_numbers
from summitreader.comparison.divergence.omissions import find_only, find_placement, find_says_silent, find_silent
from summitreader.comparison.divergence.pair_rules import find_pair_conflicts
from summitreader.comparison.divergence.quoted_wordings import find_quoted_wordings
from summitreader.comparison.divergence.spellings import find_spellings
from summitreader.comparison.divergence.story import Story
from summitreader.comparison.model import ALL, CONFLICTS, KINDS, Divergence, Report

Finder = Callable[[Story, Collection[str], list[Divergence]], list[Divergence]]
"""Finds divergences of some of the kinds that are wanted, knowing what was found before; may find others too, which are
then dropped."""

_FINDERS: tuple[tuple[frozenset[str], Finder], ...] = (
    (frozenset({"number", "update"}), lambda story, *_: find_numbers(story)),
    (frozenset({"date", "name"}), lambda story, kinds, _: find_pair_conflicts(story, kinds)),
    (frozenset({"number"}), lambda story, *_: find_firsts(story)),
    (frozenset({"number"}), lambda story, *_: find_figures_across(story)),
    (frozenset({"name"}), lambda story, *_: find_spellings(story)),
    (frozenset({"quotation"}), lambda story, *_: find_quoted_wordings(story)),
    (frozenset({"says-silent"}), lambda story, *_: find_says_silent(story)),
    (frozenset({"silent"}), lambda story, _, found: find_silent(story, found)),
    (frozenset({"placement"}), lambda story, *_: find_placement(story)),
    (frozenset({"only"}), lambda story, *_: find_only(story)),
)


def find_divergences(
    report: Report,
    *,
    kinds: Collection[str] = ALL,
    check: Callable[[], None] | None = None,
    progress: Callable[[float], None] = lambda share: None,
) -> tuple[Divergence, ...]:
    """Where the sources of `report` part: what cannot both be right first, surest first.

    `kinds` are the kinds wanted (see `KINDS`); `check` is called often and may raise `Cancelled`, `progress`
    with the share done, 0 to 1.
    """
    story = Story(report) if check is None else Story(report, check)
    found: list[Divergence] = []
    for n, (finds, finder) in enumerate(_FINDERS):
        story.check()
        progress(n / len(_FINDERS))
        if finds & set(kinds):
            found.extend(d for d in finder(story, kinds, found) if d.kind in kinds)
    return tuple(sorted(_distinct(_without_answered(story, found)), key=lambda d: _rank(story, d)))


def _without_answered(story: Story, found: list[Divergence]) -> list[Divergence]:
    """Without what is told "by one only" in a passage that a conflict holds against a passage of another source."""
    answered = {
        (s.source, story.sources[s.source].passage_at(s.start)) for d in found if d.kind in CONFLICTS for s in d.spans
    }
    kept = []
    for divergence in found:
        span = divergence.spans[0] if divergence.spans else None
        if divergence.kind == "only" and span is not None:
            source = story.sources[span.source]
            passages = range(source.passage_at(span.start), source.passage_at(max(span.start, span.end - 1)) + 1)
            if any((span.source, n) in answered for n in passages):
                continue
        kept.append(divergence)
    return kept


def _distinct(found: list[Divergence]) -> list[Divergence]:
    """Without a second one of the same id: equal words of the same sources are told apart by a number."""
    seen: dict[str, int] = {}
    kept = []
    for divergence in found:
        seen[divergence.id] = seen.get(divergence.id, 0) + 1
        if seen[divergence.id] == 1:
            kept.append(divergence)
    return kept


_TURN = {name: n for n, name in enumerate(KINDS)}


def _rank(story: Story, divergence: Divergence) -> tuple[object, ...]:
    kind = KINDS[divergence.kind]
    turn = 0 if kind.to_check else 1 + _TURN[kind.name]
    places = [(story.order[s.source], s.start, s.end) for s in divergence.spans]
    return turn, -round(divergence.confidence, 2), _TURN[kind.name], places
