"""Threads: the passages of all sources that tell one thing.

A passage joins a thread by what it shares with the thread, not with one of its members: two groups become one only
where their passages are alike on average. So a chain of half-likenesses does not run from one thing to another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from summitreader.compare.model import Link, PassageRef, Thread

_JOINED = 0.4
"""The least mean score between two groups that are one thread; a pair that was not linked counts as nothing."""


def find_threads(links: Sequence[Link], source_ids: Sequence[str]) -> tuple[Thread, ...]:
    """The threads that `links` add up to, in order of their first member; the same for any order of the sources."""
    strength: dict[tuple[PassageRef, PassageRef], float] = {}
    group: dict[PassageRef, list[PassageRef]] = {}
    for link in links:
        strength[link.a, link.b] = strength[link.b, link.a] = link.score
        for ref in (link.a, link.b):
            group.setdefault(ref, [ref])
    for link in sorted(links, key=lambda x: (-x.score, *sorted((x.a, x.b)))):
        one, two = group[link.a], group[link.b]
        if one is two or _likeness(one, two, strength) < _JOINED:
            continue
        joined = one + two
        for ref in joined:
            group[ref] = joined
    order = {s: n for n, s in enumerate(source_ids)}
    unique = {id(g): g for g in group.values() if len({r.source for r in g}) > 1}
    threads = []
    for members in unique.values():
        placed = sorted(members, key=lambda r: (order[r.source], r.passage))
        threads.append((placed, _representative(members, strength)))
    threads.sort(key=lambda t: [(order[r.source], r.passage) for r in t[0]])
    return tuple(Thread(f"t{n}", tuple(members), best) for n, (members, best) in enumerate(threads, 1))


def _likeness(
    one: Iterable[PassageRef], two: Sequence[PassageRef], strength: Mapping[tuple[PassageRef, PassageRef], float]
) -> float:
    total, count = 0.0, 0
    for a in one:
        for b in two:
            if a.source != b.source:
                total += strength.get((a, b), 0.0)
                count += 1
    return total / count if count else 0.0


def _representative(
    members: Sequence[PassageRef], strength: Mapping[tuple[PassageRef, PassageRef], float]
) -> PassageRef:
    def centre(ref: PassageRef) -> float:
        return round(sum(strength.get((ref, other), 0.0) for other in sorted(members)), 9)

    return min(members, key=lambda r: (-centre(r), r.passage, r.source))
