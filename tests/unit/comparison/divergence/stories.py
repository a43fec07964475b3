"""Small stories with links that are given and not found, so that a test has one reason to fail."""

from __future__ import annotations

from collections.abc import Sequence

from summitreader import Source
from summitreader.comparison import Alone, Link, LinkKind, PassageRef, Report, Thread


def source(id: str, *passages: str, published: str | None = None, article: bool = False) -> Source:
    """A source of one paragraph a passage."""
    return Source.from_text("\n\n".join(passages), id=id, published=published, article=article)


def told(
    sources: Sequence[Source],
    links: Sequence[tuple[str, int, str, int]] = (),
    *,
    alone: Sequence[tuple[str, int]] = (),
    comparable: Sequence[bool] | None = None,
    score: float = 0.9,
) -> Report:
    """A report with the given links, each pair a thread, or joined to the thread that has a member of it already."""
    refs = [(PassageRef(a, i), PassageRef(b, j)) for a, i, b, j in links]
    threads: list[list[PassageRef]] = []
    for a, b in refs:
        home = next((t for t in threads if a in t or b in t), None)
        if home is None:
            threads.append([a, b])
        else:
            home.extend(r for r in (a, b) if r not in home)
    surely = {PassageRef(s, n) for s, n in alone}
    return Report(
        sources=tuple(sources),
        comparable=tuple(comparable or [True] * len(sources)),
        alone=tuple(
            tuple(Alone.SURE if PassageRef(s.id, n) in surely else Alone.UNSURE for n in range(len(s.passages)))
            for s in sources
        ),
        links=tuple(Link(a, b, score, LinkKind.RESTATED) for a, b in refs),
        threads=tuple(Thread(f"t{n}", tuple(t), t[0]) for n, t in enumerate(threads, start=1)),
    )
