"""A comparison as a briefing that an editor can read: what all tell, what is disputed, who leaves what out, who is
quoted, how each begins, what they call things. Every line is a source's own words with the place where they stand;
nothing is summarised.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from summitreader.comparison import Divergence, PassageRef, Quotation, QuotationKind, Report
from summitreader.comparison.divergence import KINDS, labels, openings, sayings, summary_line, terms, unmatched
from summitreader.comparison.divergence.terms import Saying
from summitreader.comparison.quotes.names import one_speaker
from summitreader.export.comparison_layout import Line, Note, Quote, Section, Words, not_shown, taken_in_words
from summitreader.text import BlockKind, Source

_TERMS = 12
"""Names that are listed with all their forms: the ones that sources call most differently."""
_SAYING = 90
"""Characters of a saying that stand for it."""
_HEADING = re.compile(r"\A#{1,6}\s+")
_SORTS = {"person": "Persons", "place": "Places", "other": "Other names"}
_FORMS = 5
"""Forms of a name that are listed for a source."""


def briefing(
    report: Report, kinds: Collection[str] | None = None, right: Collection[str] = frozenset()
) -> Iterator[Line]:
    """The lines of the briefing, in the order in which an editor asks; `kinds` of conflict are those asked for, `right`
    the ids of those that the reader found right."""
    said = _Said(report)
    count = len(report.sources)
    yield Section(1, f"{count} accounts of one story" if count != 1 else "One source")
    yield Words(summary_line(report, right=right) + ".")
    yield from _sources(said)
    yield from _told(said)
    yield from _disputed(said, kinds, right)
    yield from _left_out(said)
    yield from _only(said)
    yield from _quoted(said)
    yield from _openings(said)
    yield from _terms(said)


class _Said:
    """A report with its sources at hand."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.sources: dict[str, Source] = {s.id: s for s in report.sources}
        self.labels = labels(report)

    def at(self, source: str, offset: int) -> str:
        """The citation of a place: `Outlet, ¶3`."""
        here = self.sources[source]
        return f"{self.labels[source]}, {here.place_name(here.passage_at(offset))}"

    def text(self, ref: PassageRef) -> str:
        """The words of a passage; those of a headline without the marks and the field name that a page sets there."""
        source = self.sources[ref.source]
        words = source.passage_text(ref.passage)
        if source.blocks[source.passages[ref.passage].block].kind is BlockKind.TITLE:
            title = " ".join((source.title or "").split())
            return title if title and title in " ".join(words.split()) else words
        return _HEADING.sub("", words)

    def places(self, members: Iterable[PassageRef]) -> str:
        """`Outlet ¶1, ¶3; Other title`, each place once."""
        found: dict[str, list[str]] = defaultdict(list)
        for m in members:
            place = self.sources[m.source].place_name(m.passage)
            if place not in found[m.source]:
                found[m.source].append(place)
        return "; ".join(f"{self.labels[s]} {', '.join(p)}" for s, p in found.items())


def _sources(said: _Said) -> Iterator[Line]:
    report = said.report
    yield Section(2, "The accounts")
    flags = report.comparable or (True,) * len(report.sources)
    for source, comparable in zip(report.sources, flags, strict=True):
        title = None if said.labels[source.id] == f"‘{source.title}’" else source.title
        known = [title, source.author, source.published, source.path or source.id, source.url]
        told = sum(source.is_told(n) for n in range(len(source.passages)))
        words = "; ".join(dict.fromkeys(part for part in known if part))
        passages = f"{told} passage{'s' * (told != 1)}"
        aside = "" if comparable else "; cannot be compared with the rest, and is never called silent"
        yield Note(f"{said.labels[source.id]}: {words}; {passages}{aside}")
    for account in report.accounts:
        names = " and ".join(said.labels[s] for s in account.sources)
        credit = f", credited to {account.credit}" if account.credit else ""
        if len(account.sources) > 1:
            yield Words(f"{names} are one account between them{credit}: they share long runs of words.")
        elif credit:
            yield Words(f"{names} is{credit.removeprefix(',')}.")
    for pair in report.independence:
        if pair.shared_words >= 0.05:
            share = f"{pair.shared_words:.0%} of the words of {said.labels[pair.a]}"
            yield Note(f"{share} stand in {said.labels[pair.b]} too, in runs of twelve or more{taken_in_words(pair)}")


def _told(said: _Said) -> Iterator[Line]:
    threads = [t for t in said.report.threads if t.told_by > 1]
    if not threads and len(said.report.sources) > 1:
        yield Section(2, "What several tell")
        yield Words("No passage of one account was found to tell what a passage of another tells.")
    compared = said.report.compared
    tellers = {t.id: frozenset(m.source for m in t.members) for t in threads}
    of = {t.id: len(tellers[t.id] | compared) for t in threads}
    for count, most in sorted({(t.told_by, of[t.id]) for t in threads}, reverse=True):
        aside = len(said.report.sources) - most
        compared_only = f" that can be compared ({aside} cannot)" if aside else ""
        yield Section(2, f"What all {most}{compared_only} tell" if count == most else f"What {count} of {most} tell")
        for thread in (t for t in threads if (t.told_by, of[t.id]) == (count, most)):
            yield Quote(said.text(thread.representative))
            here = said.places([thread.representative])
            there = [m for m in thread.members if said.places([m]) != here]
            yield Note(f"{here}; told too by {said.places(there)}")


def _disputed(said: _Said, kinds: Collection[str] | None, right: Collection[str]) -> Iterator[Line]:
    found = [d for d in said.report.divergences if d.kind in KINDS and KINDS[d.kind].to_check]
    if len(said.report.sources) < 2:
        return
    open_ones = sum(d.id not in right for d in found)
    state = f"{open_ones} to be checked" if open_ones else ""
    checked = f"{len(found) - open_ones} found right" if open_ones < len(found) else ""
    yield Section(2, f"What is disputed: {', '.join(filter(None, (state, checked)))}" if found else "What is disputed")
    if not found:
        yield Words("Nothing was found that cannot both be right. That is no proof that there is nothing.")
    for divergence in found:
        sure = f"about {round(10 * divergence.confidence)} in 10 like it were right"
        sure = "found right by the reader" if divergence.id in right else sure
        yield Words(f"{_capital(KINDS[divergence.kind].words)}, {sure}: {divergence.summary}")
        yield from _spans(said, divergence)
    if off := not_shown(kinds):
        yield Words(off)


def _spans(said: _Said, divergence: Divergence) -> Iterator[Line]:
    seen: set[tuple[str, int]] = set()
    for span in divergence.spans:
        source = said.sources[span.source]
        passage = source.passage_at(span.start)
        if (span.source, passage) not in seen:
            seen.add((span.source, passage))
            yield Note(f"{said.at(span.source, span.start)}: {source.passage_text(passage)}")


def _left_out(said: _Said) -> Iterator[Line]:
    by_kind = defaultdict(list)
    for divergence in said.report.divergences:
        by_kind[divergence.kind].append(divergence)
    if by_kind["silent"] or by_kind["says-silent"]:
        yield Section(2, "Who leaves what out")
    for divergence in (*by_kind["silent"], *by_kind["says-silent"]):
        yield Words(divergence.summary)
        yield from _spans(said, divergence)
    if by_kind["placement"]:
        yield Section(2, "What one leads with and another buries")
        for divergence in by_kind["placement"]:
            yield Words(divergence.summary)


def _only(said: _Said) -> Iterator[Line]:
    found: dict[str, list[Divergence]] = defaultdict(list)
    for divergence in said.report.divergences:
        if divergence.kind == "only":
            found[divergence.spans[0].source].append(divergence)
    if found:
        yield Section(2, "What surely one alone tells")
    for source, alone in found.items():
        yield Section(3, said.labels[source])
        for divergence in sorted(alone, key=lambda d: d.spans[0].start):
            span = divergence.spans[0]
            words = said.sources[source].text[span.start : span.end]
            yield Note(f"{words} ({said.at(source, span.start)})")
    yield from _unmatched(said)


def _unmatched(said: _Said) -> Iterator[Line]:
    """How many passages were linked to nothing; they are not listed, since nothing is known of them."""
    count = Counter(row.representative.source for row in unmatched(said.report))
    if count:
        of = ", ".join(f"{n} of {said.labels[source]}" for source, n in count.items())
        yield Section(2, "No counterpart was found")
        yield Words(f"Passages that others may tell in other words, or not at all; it is not known: {of}.")


def _quoted(said: _Said) -> Iterator[Line]:
    spoken = [q for q in said.report.quotations if q.kind in (QuotationKind.SPEECH, QuotationKind.FRAGMENT)]
    if not spoken:
        return
    act = {id: n for n, u in enumerate(said.report.utterances) for id in u.quotations}
    by_speaker: dict[str, list[Quotation]] = defaultdict(list)
    one = one_speaker(q.speaker.name for q in spoken if q.speaker and q.speaker.name)
    for quotation in spoken:
        name = quotation.speaker.name if quotation.speaker else None
        by_speaker[one[name] if name else "No speaker was found"].append(quotation)
    yield Section(2, "Who is quoted")
    order = sorted(by_speaker, key=lambda n: (n == "No speaker was found", -len(by_speaker[n])))
    for speaker in order:
        yield Section(3, speaker)
        quotations = by_speaker[speaker]
        first: dict[int, int] = {}
        for n, q in enumerate(quotations):
            first.setdefault(act.get(q.id, -1 - n), n)
        for q in sorted(quotations, key=lambda q: first[act[q.id]] if q.id in act else quotations.index(q)):
            words = said.sources[q.source].text[q.start : q.end]
            via = ", then ".join(m.name or said.sources[q.source].text[m.start : m.end] for m in q.via)
            yield Note(f"{words} ({said.at(q.source, q.start)}{f', through {via}' if via else ''})")


def _openings(said: _Said) -> Iterator[Line]:
    rows = openings(said.report)
    yield Section(2, "How each begins")
    for row in rows:
        for ref in (row.title, row.lede):
            if ref is not None:
                place = said.sources[row.source].place_name(ref.passage)
                yield Note(f"{said.labels[row.source]}, {place}: {said.text(ref)}")


def _terms(said: _Said) -> Iterator[Line]:
    found = terms(said.report)
    wanted = sorted(found, key=lambda term: -len({form.words.casefold() for form in term.forms}))[:_TERMS]
    found = tuple(term for term in found if term in wanted)
    if found:
        yield Section(2, "What they call it")
    for n, term in enumerate(found):
        if not n or found[n - 1].sort != term.sort:
            yield Section(3, _SORTS[term.sort])
        by_source: dict[str, list[str]] = defaultdict(list)
        for form in term.forms:
            by_source[form.source].append(f"“{form.words}” {form.count}")
        told = "; ".join(f"{said.labels[s]}: {', '.join(forms[:_FORMS])}" for s, forms in by_source.items())
        yield Note(f"{term.name}. {told}")
    lines = list(dict.fromkeys(line for row in sayings(said.report) if (line := _verbs(said, row))))
    if lines:
        yield Section(2, "By which verbs they report one saying")
        yield from map(Note, lines)


def _verbs(said: _Said, row: Sequence[Saying]) -> str:
    """A saying with the verbs of each source; empty where two sources or more do not use different ones."""
    verbs: dict[str, dict[str, None]] = {}
    for saying in row:
        if saying.cue:
            verbs.setdefault(saying.source, {})[f"“{saying.cue}”"] = None
    if len(verbs) < 2 or len({cue.casefold() for own in verbs.values() for cue in own}) < 2:
        return ""
    quotation = next(q for q in said.report.quotations if q.id == row[0].quotation)
    words = quotation.text if len(quotation.text) <= _SAYING else quotation.text[:_SAYING].rsplit(" ", 1)[0] + " …"
    told = "; ".join(f"{said.labels[source]} {', '.join(own)}" for source, own in verbs.items())
    return f"“{words.rstrip(',')}”: {told}" if quotation.kind is not QuotationKind.REPORTED else f"{words}: {told}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
