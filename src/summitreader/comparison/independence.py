"""Who copies whom: words that two sources have in the same long runs, agencies that they credit, and how many accounts
that leaves.

Only what a source says in its own words counts: quotations are left out, since two that quote one speech do not copy
each other, and so is what is no part of the account. A run is twelve words or more; every run of twelve is looked up in
one index of all sources, so cost grows with the words, not with the pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from summitreader.comparison.agencies import credited_agency, credits_source
from summitreader.comparison.copying import with_direction
from summitreader.comparison.model import Account, Independence, Quotation, QuotationKind
from summitreader.text import TOLD, Source
from summitreader.text.tokens import letters_spelled_out, word_places

RUN = 12
"""Words in a row that are no coincidence."""
_ONE_ACCOUNT = 0.5
"""Where so much of one source stands in the other, the two are one account."""
_SAME_CREDIT = 0.15
"""The same where both credit one agency, which each may have cut and led into in its own way."""
_CREDITS_IT = 0.4
"""The same where the one credits the other."""


def find_independence(
    sources: Sequence[Source], quotations: Iterable[Quotation], check: Callable[[], None] = lambda: None
) -> tuple[tuple[Independence, ...], tuple[Account, ...]]:
    """What each pair of sources shares word for word (pairs that share nothing are not listed), and the accounts.

    Every source stands in one account; the number of accounts is how many independent tellings there are.
    """
    quoted: dict[str, list[tuple[int, int]]] = {}
    for q in quotations:
        if q.kind is not QuotationKind.REPORTED:
            quoted.setdefault(q.source, []).append((q.start, q.end))
    numbers: dict[str, int] = {}
    stretches = []
    for source in sources:
        check()
        stretches.append(_own_words(source, quoted.get(source.id, []), numbers))
    met: dict[int, int] = {}
    shared: dict[int, list[int]] = {}
    for n, own in enumerate(stretches):
        check()
        for run in dict.fromkeys(run for words in own for run in _runs(words)):
            first = met.setdefault(run, n)
            if first != n:
                shared.setdefault(run, [first]).append(n)
    share: dict[tuple[int, int], float] = {}
    for n, own in enumerate(stretches):
        check()
        for other, words in _covered(n, own, shared).items():
            share[n, other] = words / max(1, sum(len(w) for w in own))
    pairs = []
    for a, b in combinations(range(len(sources)), 2):
        if (a, b) in share or (b, a) in share:
            pairs.append(Independence(sources[a].id, sources[b].id, share.get((a, b), 0.0)))
            pairs.append(Independence(sources[b].id, sources[a].id, share.get((b, a), 0.0)))
    return with_direction(sources, pairs), _accounts(sources, share)


def _own_words(source: Source, quoted: list[tuple[int, int]], numbers: dict[str, int]) -> list[list[int]]:
    """The words of the account that are not quoted, as numbers, in stretches that nothing interrupts."""
    bounds = sorted(quoted)
    out: list[list[int]] = [[]]
    k = 0
    for block in source.blocks:
        if block.kind not in TOLD:
            out.append([])
            continue
        for start, end in word_places(source.text, block.start, block.end):
            while k < len(bounds) and bounds[k][1] <= start:
                k += 1
                out.append([])
            if k < len(bounds) and bounds[k][0] < end:
                continue
            plain = letters_spelled_out(source.text[start:end])
            out[-1].append(numbers.setdefault(plain, len(numbers)))
    return [words for words in out if words]


def _runs(words: Sequence[int]) -> Iterable[int]:
    """A number for every run; equal runs have equal numbers, and hashes of whole numbers are the same everywhere."""
    return (hash(tuple(words[n : n + RUN])) for n in range(len(words) - RUN + 1))


def _covered(n: int, own: Sequence[Sequence[int]], shared: dict[int, list[int]]) -> Counter[int]:
    """For each other source how many of the words of source `n` stand in runs that it has too."""
    found: Counter[int] = Counter()
    for words in own:
        until: dict[int, int] = {}
        for at, run in enumerate(_runs(words)):
            for other in shared.get(run, ()):
                if other != n:
                    found[other] += at + RUN - max(at, until.get(other, 0))
                    until[other] = at + RUN
    return found


def _accounts(sources: Sequence[Source], share: dict[tuple[int, int], float]) -> tuple[Account, ...]:
    credit = [credited_agency(s) for s in sources]
    group = list(range(len(sources)))
    for (a, b), words in sorted(share.items()):
        least = _SAME_CREDIT if credit[a] is not None and credit[a] == credit[b] else _ONE_ACCOUNT
        if least > words >= _CREDITS_IT and credits_source(sources[a], sources[b]):
            least = _CREDITS_IT
        if words >= least and group[a] != group[b]:
            keep, drop = sorted((group[a], group[b]))
            group = [keep if g == drop else g for g in group]
    accounts = []
    for first in sorted(set(group)):
        members = [n for n, g in enumerate(group) if g == first]
        named = Counter(c for n in members if (c := credit[n]) is not None)
        if not named:
            pairs = [(a, b) for a in members for b in members if (a, b) in share]
            named = Counter(sources[b].outlet or "" for a, b in pairs if credits_source(sources[a], sources[b]))
        top = min(named, key=lambda agency: (-named[agency], agency)) if named else None
        accounts.append(Account(tuple(sources[n].id for n in members), top))
    return tuple(accounts)
