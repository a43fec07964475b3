"""Who tells what: told by one only, left out by one, said to be left out, led with here and buried there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil

from summitreader.comparison.divergence.rarity import Rarity
from summitreader.comparison.divergence.silence import silences_in
from summitreader.comparison.divergence.story import Story, made, quoted
from summitreader.comparison.kinds import CONFLICTS
from summitreader.comparison.model import Alone, Divergence, PassageRef, SourceSpan
from summitreader.text import BlockKind, Source

_SURE = 0.82
"""Confidence of a passage that linking calls surely alone, at most: of a sample drawn afresh two readers found 0.82 and
0.77 right, 0.86 and 0.82 with doubtful ones as half (docs/linking.md)."""


def find_only(story: Story) -> list[Divergence]:
    """What surely one source alone tells: neighbouring passages of a paragraph together."""
    if not story.report.alone or len(story.report.sources) < 2:
        return []
    found = []
    for source, alone in zip(story.report.sources, story.report.alone, strict=True):
        if not story.comparable[source.id]:
            continue
        runs: list[list[int]] = []
        for n in story.heard(story.told_passages[source.id]):
            if alone[n] is not Alone.SURE:
                continue
            last = runs[-1][-1] if runs else -2
            if last == n - 1 and source.passages[last].block == source.passages[n].block:
                runs[-1].append(n)
            else:
                runs.append([n])
        for run in runs:
            start, end = source.passages[run[0]].start, source.passages[run[-1]].end
            summary = f"Only {story.labels[source.id]} tells {quoted(source.text[start:end])}."
            prominent = 0.05 * (1 - story.depth(PassageRef(source.id, run[0])))
            found.append(
                made(
                    story, "only", [[SourceSpan(source.id, start, end)]], confidence=_SURE - 0.05 + prominent,
                    summary=summary, reason="no passage of any other source is linked to it or near it",
                )
            )  # fmt: skip
    return found


_QUOTED = 0.5
"""Share of a passage in quotation marks from which leaving it out is a choice of words rather than an omission: of the
silent sources of threads that are quoted more than this, a careful reader called one in five an omission; of the rest,
two in three (40 stories)."""
_TIED = 0.3
"""Score of a possible link from which its two passages are taken to report one thing, if no third source is linked to
either: without these a third of the important omissions is found by nobody's thread."""
_RIGHT_LIKELY, _RIGHT_POSSIBLE = 0.72, 0.6
"""Share of what careful readers call an omission, of threads and of pairs that are possibly linked (40 stories)."""


def find_silent(story: Story, conflicts: Iterable[Divergence] = ()) -> list[Divergence]:
    """What most sources report in their own words, and a comparable source that is not older leaves out.

    A source is not silent where any link, likely or possible, joins it to a passage that reports it, or where one of
    `conflicts` holds its words against one.
    """
    comparable = [s.id for s in story.report.sources if story.comparable[s.id]]
    if len(comparable) < 3:
        return []
    linked = story.linked_sources
    threads = [(tuple(t.members), t.representative, _RIGHT_LIKELY) for t in story.report.threads]
    possible = [k for k in story.report.possible_links if k.score >= _TIED]
    threads += [((k.a, k.b), k.a, _RIGHT_POSSIBLE) for k in sorted(possible, key=lambda k: -k.score)]
    found: list[Divergence] = []
    used: set[tuple[PassageRef, str]] = set()
    weights, against = Rarity(story), held_against(story.sources, conflicts)
    for thread, representative, right in story.heard(threads):
        members = [m for m in thread if story.told(m)]
        tellers = list(dict.fromkeys(m.source for m in members))
        if len(tellers) < max(2, ceil(0.6 * len(comparable))):
            continue
        if sum(map(story.quoted_share, members)) >= _QUOTED * len(members):
            continue
        otherwise = frozenset[str]().union(*(against.get(m, frozenset()) | linked.get(m, frozenset()) for m in members))
        silent = [
            s
            for s in comparable
            if s not in tellers
            and s not in otherwise
            and not any((m, s) in used for m in members)
            and not _older(story, s, tellers)
            and weights.untold(members, s)
        ]
        if not silent:
            continue
        used.update((m, s) for m in members for s in silent)
        prominence = max(1 - story.depth(m) for m in members)
        who = " and ".join(story.labels[s] for s in silent)
        verb = "leaves" if len(silent) == 1 else "leave"
        spans = [story.whole(_first(members, t)) for t in tellers]
        told_by = f"{len(tellers)} of {len(comparable)}"
        found.append(
            made(
                story, "silent", [spans], silent=silent, confidence=right + 0.05 * prominence,
                summary=f"{who} {verb} out what {told_by} report: {quoted(story.text(representative))}.",
                reason=f"reported by {told_by}; no passage of {who} shares enough of its rarer words",
            )
        )  # fmt: skip
    return found


def _older(story: Story, source: str, tellers: list[str]) -> bool:
    """Whether a source was published before each of `tellers`, as far as that is known."""
    mine = story.published(source)
    theirs = [story.published(t) for t in tellers]
    return mine is not None and all(t is not None and mine < t for t in theirs)


def held_against(sources: Mapping[str, Source], conflicts: Iterable[Divergence]) -> dict[PassageRef, frozenset[str]]:
    """By passage, the sources whose words a conflict holds against it."""
    found: dict[PassageRef, frozenset[str]] = {}
    for divergence in conflicts:
        if divergence.kind in CONFLICTS:
            places = [PassageRef(s.source, sources[s.source].passage_at(s.start)) for s in divergence.spans]
            for place in places:
                found[place] = found.get(place, frozenset()) | {other.source for other in places}
    return found


def _first(members: list[PassageRef], source: str) -> PassageRef:
    return next(m for m in members if m.source == source)


def find_says_silent(story: Story) -> list[Divergence]:
    """Where a source says that another left something out; sources that say so in linked passages together."""
    said: dict[int, list[tuple[PassageRef, SourceSpan]]] = {}
    single = len(story.report.threads)
    for source in story.report.sources:
        for n in story.heard(story.told_passages[source.id]):
            ref = PassageRef(source.id, n)
            for silence in silences_in(story.text(ref), story.kind(ref) is BlockKind.TITLE):
                home = story.thread_of.get(ref)
                if home is None:
                    home, single = single, single + 1
                said.setdefault(home, []).append((ref, story.span(ref, silence.start, silence.end)))
                break
    found = []
    for home in sorted(said, key=lambda h: story.place(said[h][0][0])):
        sayings = said[home]
        ref = sayings[0][0]
        who = story.labels[ref.source] if len({r.source for r, _ in sayings}) == 1 else "Several sources"
        verb = "says" if who != "Several sources" else "say"
        title = all(story.kind(r) is BlockKind.TITLE for r, _ in sayings)
        found.append(
            made(
                story, "says-silent", [[story.whole(r) for r, _ in sayings]],
                confidence=0.75 if title else 0.85,
                summary=f"{who} {verb} that something was left out: {quoted(story.text(ref), 140)}.",
                reason=f"the words {quoted(story.words(sayings[0][1]))}",
            )
        )  # fmt: skip
    return found


_BURIED = 0.6
"""Depth from which a passage counts as buried, 0 the lede and 1 the end."""

_LONG_ENOUGH = 6
"""Passages of the body that an account needs before anything in it can be buried."""


def find_placement(story: Story) -> list[Divergence]:
    """What one source leads with (title or lede) and another has only far down, with nothing earlier that is linked, or
    possibly linked, to the lead."""
    found = []
    for thread in story.heard(story.report.threads):
        members = [m for m in thread.members if story.told(m)]
        leads = [m for m in members if story.leads(m)]
        if not leads:
            continue
        leading = {m.source for m in leads}
        for source in dict.fromkeys(m.source for m in members):
            body = story.body(source)
            if source in leading or not story.comparable[source] or len(body) < _LONG_ENOUGH:
                continue
            near = [ref for lead in leads for ref in story.linked_passages.get(lead, ()) if ref.source == source]
            first = min((m for m in (*members, *near) if m.source == source), key=lambda m: m.passage)
            depth = story.depth(first)
            if depth < _BURIED or first not in members:
                continue
            lead = leads[0]
            spot = story.sources[lead.source].place_name(lead.passage)
            below = story.sources[source].place_name(first.passage)
            found.append(
                made(
                    story, "placement", [[story.whole(lead)], [story.whole(first)]], confidence=0.3 + 0.4 * depth,
                    summary=f"{story.labels[lead.source]} leads ({spot}) with {quoted(story.text(lead))}; "
                    f"{story.labels[source]} has it in {below}: {quoted(story.text(first))}.",
                    reason=f"{round(100 * depth)} % of the way down one account, at the top of the other",
                )
            )  # fmt: skip
    return found
