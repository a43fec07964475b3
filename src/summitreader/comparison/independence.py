"""Who copies whom: words that two sources have in the same long runs, agencies that they credit, and how many accounts
that leaves.

Only what a source says in its own words counts: quotations are left out, since two that quote one speech do not copy
each other, and so is what is no part of the account. A run is twelve words or more; every run of twelve is looked up in
one index of all sources, so cost grows with the words, not with the pairs.

Four things say that one source took from the other: it credits the other; it is dated later; nearly all of it is in the
other, which reports more; the other has a byline or dateline and it does not. A credit alone is enough, a later date
hardly, none of the rest. Where anything says the reverse, where both credit one agency, or where it credits somebody
else, nothing is said. The bounds are judgement: there are no data on who copied whom.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

from summitreader.comparison.agencies import credited_agency, credits_source
from summitreader.comparison.model import Account, Independence, Quotation, QuotationKind, Taken
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


_CREDITED_SHARE = 0.15
"""Share of its words from which a source that credits the other may have taken them from it."""
_SHARE = 0.3
"""The same of one that does not."""
_MUCH = 0.5
"""The same where a surely later date is all that speaks for it."""
_NEARLY_ALL = 0.8
_A_PART = 0.6
"""At most so much of the fuller source stands in the one that is nearly all in it."""
_AT_LEAST = timedelta(minutes=15)
"""By how much a later time of day is later."""
_SURE_DAYS = 2
"""Days between two dates without a time from which one is later wherever on earth each was written."""
_NEAR_DAYS = 60
"""Days without a year are taken to be of one year where they are no further apart."""


@dataclass(frozen=True, slots=True)
class _Signs:
    """What speaks for one source having taken from another, in words; empty where it does not."""

    credit: str = ""
    later: str = ""
    surely_later: bool = False
    within: str = ""
    unsigned: str = ""

    def __bool__(self) -> bool:
        return bool(self.credit or self.later or self.within or self.unsigned)


def with_direction(sources: Sequence[Source], pairs: Sequence[Independence]) -> tuple[Independence, ...]:
    """`pairs` with who likely took from whom; of a source that may have taken from several, from the likeliest one."""
    by_id = {s.id: s for s in sources}
    share = {(p.a, p.b): p.shared_words for p in pairs}
    found: dict[tuple[str, str], Taken] = {}
    for pair in pairs:
        taken = taken_from(by_id[pair.a], by_id[pair.b], pair.shared_words, share.get((pair.b, pair.a), 0.0))
        if taken is not None:
            found[pair.a, pair.b] = taken
    order = {s.id: n for n, s in enumerate(sources)}

    def rank(pair: tuple[str, str]) -> tuple[bool, int, float, int]:
        taken = found[pair]
        return taken.sure != "likely", -len(taken.reasons), -share[pair], order[pair[1]]

    best: dict[str, tuple[str, str]] = {}
    for taker, origin in sorted(found, key=rank):
        best.setdefault(taker, (taker, origin))
    return tuple(replace(p, taken=found[p.a, p.b]) if best.get(p.a) == (p.a, p.b) else p for p in pairs)


def taken_from(source: Source, other: Source, here: float, there: float) -> Taken | None:
    """Whether `source` took words of `other`; `here` is the share of its own words that stand in `other`, `there` the
    share of the other's that stand in it. None where too little speaks for it, or something against it."""
    if here < _CREDITED_SHARE:
        return None
    signs, against = _signs(source, other, here, there), _signs(other, source, there, here)
    if against or not signs:
        return None
    if not signs.credit:
        agencies = credited_agency(source), credited_agency(other)
        if here < _SHARE or (agencies[0] is not None):
            return None
    reasons = tuple(filter(None, (signs.credit, signs.later, signs.within, signs.unsigned)))
    if signs.credit or (signs.surely_later and signs.within):
        return Taken("likely", reasons)
    if len(reasons) > 1 or (signs.surely_later and here >= _MUCH):
        return Taken("perhaps", reasons)
    return None


def _signs(source: Source, other: Source, here: float, there: float) -> _Signs:
    credit = credits_source(source, other)
    later, sure = _later(source, other)
    part = here >= _NEARLY_ALL and there <= _A_PART
    unsigned = _signed(other) and not _signed(source)
    return _Signs(
        credit=f"its credits name {credit}" if credit else "",
        later=later,
        surely_later=sure,
        within=f"{here:.0%} of its own words stand in the other, which tells more" if part else "",
        unsigned="the other bears a byline or dateline, and it does not" if unsigned else "",
    )


def _signed(source: Source) -> bool:
    return source.author is not None or source.dateline is not None


def _later(source: Source, other: Source) -> tuple[str, bool]:
    """How much later `source` is dated than `other`, in words, and whether that is sure; empty where it is not."""
    a, b = _moment(source), _moment(other)
    if a is None or b is None:
        return _later_day(source, other)
    one_clock = (a.tzinfo is None) == (b.tzinfo is None) and (
        a.tzinfo is not None or source.outlet == other.outlet is not None
    )
    if _has_time(source) and _has_time(other) and one_clock:
        gap = a - b
        return (f"it is dated {_long(gap)} later", True) if gap >= _AT_LEAST else ("", False)
    days = (a.date() - b.date()).days
    if days < 1:
        return "", False
    return f"it is dated {_days(days)} later", days >= _SURE_DAYS


def _later_day(source: Source, other: Source) -> tuple[str, bool]:
    """The same of days whose year the pages do not tell."""
    if source.published or other.published or not source.day or not other.day:
        return "", False
    try:
        a, b = (date.fromisoformat(f"2000-{day.removeprefix('--')}") for day in (source.day, other.day))
    except ValueError:
        return "", False
    days = (a - b).days
    return (
        (f"it is dated {_days(days)} later, if both are of one year", False) if 0 < days <= _NEAR_DAYS else ("", False)
    )


def _moment(source: Source) -> datetime | None:
    try:
        found = datetime.fromisoformat(source.published or "")
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo is not None else found


def _has_time(source: Source) -> bool:
    return len(source.published or "") > len("2025-11-01")


def _days(days: int) -> str:
    return "a day" if days == 1 else f"{days} days"


def _long(gap: timedelta) -> str:
    minutes = int(gap.total_seconds() // 60)
    if minutes >= 48 * 60:
        return _days(minutes // (24 * 60))
    if minutes >= 120:
        return f"{minutes // 60} hours"
    return "an hour" if minutes == 60 else f"{minutes} minutes"
