"""Links between languages. A sentence encoder finds the counterpart of a passage in an account in another language; it
is blind to what the two say of it ("confirmed" and "denied" are neighbours), so it never says that they agree.

Two passages are linked where each is the other's best and their vectors are near; `docs/languages.md` says how often
that is right. Where two texts run in one order (translations of one text), the order decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from summitreader.comparison.encoders import Encoder
from summitreader.comparison.model import Alone, Link, LinkKind, PassageRef, Report, Strength, Thread
from summitreader.text import Source

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[Any]

CONSTANT, STEEPNESS = -3.8, 12.7
"""The log-odds that two passages, each the other's best, are counterparts: so much, and so much more by their cosine.
Learnt by `benchmarks/languages.py` on one story in three languages."""
LIKELY, POSSIBLE = 0.5, 0.2
"""The score from which a link is likely, and from which it is possible."""
_TIED = 0.7
"""The score from which a passage joins a thread, as for links of one language."""
_IN_ORDER = 3.5
"""Log-odds that a pair gains by its place, in texts that run in one order."""
_CLEAR = 0.3
"""The cosine of the pairs that show whether two texts run in one order."""
_SHARE, _CHANCE = 0.6, 1.2
"""Of those pairs this share must run in one order, and more where they are few: chance alone brings two divided by the
root of their number in order. In news 0.7 of 18 did, in translations of a book 0.8 of 370 and 0.97 of 35."""
_AT_A_TIME = 128
"""So many texts are encoded between two looks at whether the work was stopped."""
_MOST = 4_000
"""Passages of a source, at most: what is compared grows with the product of two sources."""
_GAP = 0.05
"""The cosine that a pair needs to be worth pairing in texts that run in one order."""
_AGAIN = 0.25
"""What is taken off where a passage is paired once more."""
_BAND = 12
"""How far beside the place that its neighbours say a passage of such a text may stand."""


def in_other_languages(sources: Sequence[Source], encoder: Encoder) -> tuple[int, ...]:
    """The numbers of the sources that are not in the language of the story, and in one that the encoder knows."""
    from summitreader.comparison.linking.analysis import one_language, story_language

    own = one_language(sources, story_language(sources))
    known = getattr(encoder, "languages", None)
    return tuple(
        n
        for n, (source, fits) in enumerate(zip(sources, own, strict=True))
        if not fits and source.language and (known is None or source.language.split("-")[0] in known)
    )


def with_translated(
    report: Report, others: Sequence[int], encoder: Encoder, check: Callable[[], None] = lambda: None
) -> Report:
    """`report` with the sources `others`, by number, compared: links, threads, and what is no longer surely alone.

    `check` may raise `Cancelled`. Raises `ValueError` where the encoder does not give one vector a text.
    """
    import numpy as np

    passages = {
        n: [p for p in range(len(source.passages)) if source.is_told(p)]
        for n, source in enumerate(report.sources)
        if n in others or source.id in report.compared
    }
    passages = {n: told for n, told in passages.items() if 1 < len(told) <= _MOST}
    others = [n for n in others if n in passages]
    if not others or len(passages) < 2:
        return report
    texts = {n: [report.sources[n].passage_text(p) for p in told] for n, told in passages.items()}
    vectors = {n: unit_vectors(encoder, some, check) for n, some in texts.items()}
    if len({v.shape[1] for v in vectors.values()}) > 1:
        raise ValueError("the vectors of the encoder must all have one length")
    links: list[Link] = []
    near: set[PassageRef] = set()
    for a, b in combinations(sorted(passages), 2):
        check()
        if a not in others and b not in others:
            continue
        cosines = vectors[a] @ vectors[b].T
        one = report.sources[a].language == report.sources[b].language
        kind = LinkKind.RESTATED if one else LinkKind.TRANSLATED
        for i, j, odds in _pairs(cosines):
            score = round(float(1 / (1 + np.exp(-odds))), 4)
            if score >= POSSIBLE:
                here = PassageRef(report.sources[a].id, passages[a][i])
                there = PassageRef(report.sources[b].id, passages[b][j])
                strength = Strength.LIKELY if score >= LIKELY else Strength.POSSIBLE
                links.append(Link(here, there, score, kind, strength=strength))
                near |= {here, there}
    return _merged(report, others, links, near)


def unit_vectors(encoder: Encoder, texts: list[str], check: Callable[[], None] = lambda: None) -> Matrix:
    """The vectors of the passages of one source, a row a passage, each of length 1, less the mean of the source: what
    all its passages share, its language too, is no evidence."""
    import numpy as np

    rows: list[Sequence[float]] = []
    for start in range(0, len(texts), _AT_A_TIME):
        check()
        rows += encoder.encode(texts[start : start + _AT_A_TIME])
    if len(rows) != len(texts):
        raise ValueError("the encoder must give one vector a text")
    try:
        found = _unit(np.array(rows, dtype=np.float64))
    except (TypeError, ValueError) as error:
        raise ValueError("the vectors of the encoder must be numbers, and all have one length") from error
    if not np.isfinite(found).all():
        raise ValueError("the vectors of the encoder must be finite numbers")
    return _unit(found - found.mean(axis=0))


def _unit(rows: Matrix) -> Matrix:
    import numpy as np

    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(lengths > 0, lengths, 1.0)


def _pairs(cosines: Matrix) -> Iterator[tuple[int, int, float]]:
    """Pairs of a row and a column that may be linked, with their log-odds."""
    mutual = mutual_best(cosines)
    clear = [(i, j) for i, j in mutual if cosines[i, j] >= _CLEAR]
    curve = _order(clear, *cosines.shape)
    for i, j in _aligned(cosines, curve) if curve else mutual:
        yield i, j, CONSTANT + STEEPNESS * float(cosines[i, j]) + (_IN_ORDER if curve else 0.0)


def mutual_best(cosines: Matrix) -> list[tuple[int, int]]:
    """The rows and columns that are each other's best, in order of the rows."""
    best_of_row, best_of_column = cosines.argmax(axis=1), cosines.argmax(axis=0)
    return [(i, int(j)) for i, j in enumerate(best_of_row) if best_of_column[j] == i and cosines[i, j] > 0]


def _order(pairs: list[tuple[int, int]], rows: int, columns: int) -> list[tuple[int, int]]:
    """The pairs by which two texts run in one order; none where they do not."""
    from summitreader.comparison.linking.order import COVERED, FEWEST, longest_rising

    if len(pairs) < max(FEWEST, COVERED * min(rows, columns)):
        return []
    run = longest_rising(pairs)
    return run if len(run) >= _SHARE * len(pairs) + _CHANCE * len(pairs) ** 0.5 else []


def _aligned(cosines: Matrix, curve: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs that run in one order and are most alike together, near the pairs of `curve` (Needleman and Wunsch);
    a passage may answer to several that follow each other."""
    import numpy as np

    rows, columns = cosines.shape
    places = np.interp(np.arange(rows), [i for i, _ in curve], [j for _, j in curve]).astype(int)
    gains = cosines - _GAP
    total = np.zeros((rows + 1, columns + 1))
    step = np.zeros((rows + 1, columns + 1), dtype=np.int8)
    for i, place in enumerate(places, 1):
        first, last = max(1, place + 1 - _BAND), min(columns, place + 1 + _BAND)
        above, here = total[i - 1], total[i]
        here[:first] = above[:first]
        for j in range(first, last + 1):
            gain = gains[i - 1, j - 1]
            options = above[j], here[j - 1], above[j - 1] + gain, above[j] + gain - _AGAIN, here[j - 1] + gain - _AGAIN
            best = step[i, j] = max(range(len(_STEPS)), key=options.__getitem__)
            here[j] = options[best]
        beyond = slice(last + 1, columns + 1)
        here[beyond] = np.maximum(above[beyond], here[last])
        step[i, beyond] = here[beyond] > above[beyond]
    found = []
    i, j = rows, columns
    while i and j:
        up, left, pair = _STEPS[step[i, j]]
        if pair:
            found.append((i - 1, j - 1))
        i, j = i - up, j - left
    return found[::-1]


_STEPS = ((1, 0, False), (0, 1, False), (1, 1, True), (1, 0, True), (0, 1, True))
"""How far a step of an alignment goes back in the rows and columns, and whether it makes a pair."""


def _merged(report: Report, others: Sequence[int], links: list[Link], near: set[PassageRef]) -> Report:
    """The report with these links as well."""
    order = {source.id: n for n, source in enumerate(report.sources)}

    def place(link: Link) -> tuple[int, int, int, int]:
        return order[link.a.source], link.a.passage, order[link.b.source], link.b.passage

    likely = [link for link in links if link.strength is Strength.LIKELY]
    linked = {ref for link in likely for ref in (link.a, link.b)}

    def alone(ref: PassageRef, state: Alone) -> Alone:
        return Alone.NO if ref in linked else Alone.UNSURE if ref in near and state is Alone.SURE else state

    flags = report.comparable or (True,) * len(report.sources)
    return replace(
        report,
        comparable=tuple(flag or n in others for n, flag in enumerate(flags)),
        by_meaning=tuple(report.sources[n].id for n in others),
        links=tuple(sorted((*report.links, *likely), key=place)),
        possible_links=tuple(sorted((*report.possible_links, *(k for k in links if k not in likely)), key=place)),
        threads=_threads(report, [link for link in likely if link.score >= _TIED], order),
        alone=tuple(
            tuple(alone(PassageRef(source.id, n), state) for n, state in enumerate(states))
            for source, states in zip(report.sources, report.alone, strict=True)
        ),
    )


def _threads(report: Report, links: Sequence[Link], order: dict[str, int]) -> tuple[Thread, ...]:
    """The threads with the passages that are linked to one of theirs: best first, one a source that is not in it yet;
    and new ones of two passages that are in none."""
    members = [list(thread.members) for thread in report.threads]
    first = [thread.representative for thread in report.threads]
    home = {ref: n for n, refs in enumerate(members) for ref in refs}
    for link in sorted(links, key=lambda k: (-k.score, k.a, k.b)):
        ends = [link.a, link.b]
        at = [home[ref] for ref in ends if ref in home]
        if not at:
            home[link.a] = home[link.b] = len(members)
            members.append(ends)
            first.append(link.a)
        elif len(at) == 1:
            new = ends[0] if ends[1] in home else ends[1]
            if all(ref.source != new.source for ref in members[at[0]]):
                home[new] = at[0]
                members[at[0]].append(new)

    def place(ref: PassageRef) -> tuple[int, int]:
        return order[ref.source], ref.passage

    found = sorted(((sorted(refs, key=place), top) for refs, top in zip(members, first, strict=True)),
                   key=lambda thread: place(thread[0][0]))  # fmt: skip
    return tuple(Thread(f"t{n}", tuple(refs), top) for n, (refs, top) in enumerate(found, 1))
