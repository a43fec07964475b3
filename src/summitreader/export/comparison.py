"""A comparison as linear text, for a pipe, a screen reader or a file: everything in words, nothing told by layout.

`comparison_text` is plain text in reading order; `comparison_markdown` a briefing (see `briefing`). Both are pure and
show the texts through the gate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from summitreader.comparison import Alone, Divergence, Link, LinkKind, PassageRef, Quotation, QuotationKind, Report
from summitreader.comparison.divergence import summary_line
from summitreader.export.briefing import briefing
from summitreader.export.comparison_layout import (
    Line,
    Note,
    Quote,
    Section,
    Words,
    as_markdown,
    as_text,
    not_shown,
    taken_in_words,
)
from summitreader.text import BlockKind, Source

LONGEST = 800
"""Characters of a passage that is named beside another."""

_KINDS = {
    LinkKind.SAME: "in the same words",
    LinkKind.NEAR: "in nearly the same words",
    LinkKind.RESTATED: "in other words",
    LinkKind.PARTIAL: "in part",
}
_DIVERGENCES = {
    "only": "told by one only",
    "silent": "left out",
    "says-silent": "one source says that another leaves something out",
    "number": "numbers",
    "date": "dates",
    "name": "names",
    "polarity": "one affirms what the other denies",
    "attribution": "who said it",
    "quotation": "the wording of a quotation",
    "certainty": "how certain it is",
    "placement": "what leads",
    "update": "an earlier and a later state",
}
_RELATIONS = {
    "identical": "the same words",
    "excerpt": "one quotes part of the other",
    "reworded": "different wordings",
    "reported": "reported without quotation marks by one",
}


def comparison_text(report: Report, kinds: Collection[str] | None = None, right: Collection[str] = frozenset()) -> str:
    """The comparison as plain text; `kinds` are those that it was asked for, as in `compare`, `right` the ids of the
    divergences that the reader found right."""
    return as_text(_lines(report, kinds, right))


def comparison_markdown(
    report: Report, kinds: Collection[str] | None = None, right: Collection[str] = frozenset()
) -> str:
    """The comparison as a briefing in markdown (CommonMark) in which no markup of a source's own is live; `kinds` and
    `right` as above."""
    return as_markdown(briefing(report, kinds, right))


def _lines(report: Report, kinds: Collection[str] | None, right: Collection[str]) -> Iterator[Line]:
    yield from _overview(report, right)
    yield from _told_by_several(report)
    yield from _divergences(report, right)
    if len(report.sources) > 1 and (off := not_shown(kinds)):
        yield Words(off)
    yield from _quotations(report)
    yield from _copies(report)
    for index in range(len(report.sources)):
        yield from _account(report, index)


def _overview(report: Report, right: Collection[str]) -> Iterator[Line]:
    count = len(report.sources)
    yield Section(1, f"Comparison of {count} sources" if count != 1 else "One source")
    yield Words(summary_line(report, right=right) + ".")
    for number, source in enumerate(report.sources, 1):
        known = [source.outlet, source.author, source.published, source.language and f"language {source.language}"]
        known += [source.path, source.url]
        about = "; ".join(part for part in known if part)
        told = sum(source.is_told(i) for i in range(len(source.passages)))
        yield Words(f"Source {number}: {_name(source)}" + (f" ({about})" if about else ""))
        yield Note(f"{_count(told, 'passage')} of the account" if told else "there is nothing in it to compare")
        if report.comparable and not report.comparable[number - 1] and told:
            yield Note("its language or length cannot be compared with the rest; it is never called silent")
        for notice in source.notices:
            yield Note(notice)


def _told_by_several(report: Report) -> Iterator[Line]:
    threads = [t for t in report.threads if t.told_by > 1]
    if not threads:
        if len(report.sources) > 1:
            yield Section(2, "Told by several")
            yield Words("No passage of one source was found to tell what a passage of another tells.")
        return
    yield Section(2, f"Told by several: {_count(len(threads), 'thing')}")
    numbers = _numbers(report)
    for thread in sorted(threads, key=lambda t: -t.told_by):
        yield Quote(_text(report, thread.representative))
        places = defaultdict(list)
        for member in thread.members:
            places[member.source].append(_place(report, member))
        of = len(report.compared.union(places))
        where = "; ".join(f"source {numbers[s]} ({', '.join(p)})" for s, p in places.items())
        yield Note(f"told by {len(places)} of {of}: {where}")


def _divergences(report: Report, right: Collection[str]) -> Iterator[Line]:
    if not report.divergences:
        return
    yield Section(2, f"Where sources part, to be checked: {len(report.divergences)}")
    numbers = _numbers(report)
    sources = {source.id: source for source in report.sources}
    for divergence in report.divergences:
        sure = "found right by the reader" if divergence.id in right else f"confidence {divergence.confidence:.2f}"
        yield Words(f"{_divergence_kind(divergence)} ({sure}): {divergence.summary}")
        for span in divergence.spans:
            source = sources[span.source]
            passage = source.passage_at(span.start)
            whole = _short(source.passage_text(passage))
            words = source.text[span.start : span.end]
            place = f"source {numbers[span.source]}, {source.place_name(passage)}"
            yield Note(
                f"{place}: {whole}"
                if len(words) > 0.8 * len(whole)
                else f"{place}: {_marked(_short(words))}, in: {whole}"
            )
        if divergence.silent:
            yield Note("silent: " + ", ".join(f"source {numbers[s]}" for s in divergence.silent))


def _divergence_kind(divergence: Divergence) -> str:
    kind = _DIVERGENCES.get(divergence.kind, divergence.kind)
    return kind[:1].upper() + kind[1:]


def _quotations(report: Report) -> Iterator[Line]:
    spoken = [q for q in report.quotations if q.kind not in (QuotationKind.TERM, QuotationKind.TITLE)]
    if not spoken:
        return
    yield Section(2, f"Quotations: {len(spoken)}")
    by_id = {q.id: q for q in report.quotations}
    numbers = _numbers(report)
    by_speaker: dict[str, list[Quotation]] = defaultdict(list)
    for quotation in spoken:
        by_speaker[_speaker(quotation)].append(quotation)
    for speaker, quotations in by_speaker.items():
        yield Words(f"{speaker}:")
        for quotation in quotations:
            yield Note(_quotation_note(report, quotation, numbers))
    several = [u for u in report.utterances if len({by_id[q].source for q in u.quotations}) > 1]
    if several:
        yield Section(2, f"One utterance in several sources: {len(several)}")
    for utterance in several:
        yield Words(_RELATIONS.get(utterance.relation, utterance.relation).capitalize() + ":")
        for quotation_id in utterance.quotations:
            yield Note(_quotation_note(report, by_id[quotation_id], numbers))


def _speaker(quotation: Quotation) -> str:
    if quotation.speaker is None:
        return "No speaker found"
    if quotation.speaker.name is None:
        return "A speaker who is not named there"
    return quotation.speaker.name


def _quotation_note(report: Report, quotation: Quotation, numbers: dict[str, int]) -> str:
    source = next(s for s in report.sources if s.id == quotation.source)
    said = f"source {numbers[source.id]}, {source.place_name(source.passage_at(quotation.start))}"
    words = _marked(quotation.text)
    if quotation.kind is QuotationKind.REPORTED:
        said += ", reported without quotation marks"
        words = quotation.text
    if quotation.via:
        said += ", through " + ", then ".join(m.name or source.text[m.start : m.end] for m in quotation.via)
    return f"{words} ({said})"


def _marked(words: str) -> str:
    """Words between quotation marks of ours, unless they have their own."""
    return words if words[:1] in '“"‘«„「' and words[-1:] in '”"’»“」' else f"“{words}”"


def _copies(report: Report) -> Iterator[Line]:
    numbers = _numbers(report)
    merged = [a for a in report.accounts if len(a.sources) > 1 or a.credit]
    shared = [i for i in report.independence if i.shared_words >= 0.01]
    if not merged and not shared:
        return
    yield Section(2, "Who copies whom")
    for account in merged:
        names = ", ".join(f"source {numbers[s]}" for s in account.sources)
        credit = f", credited to {account.credit}" if account.credit else ""
        yield Words(f"One account between them: {names}{credit}." if len(account.sources) > 1 else f"{names}{credit}.")
    for pair in shared:
        share = f"{pair.shared_words:.0%} of the words of source {numbers[pair.a]}"
        where = f"stand in source {numbers[pair.b]} too, in runs of twelve or more"
        yield Note(f"{share} {where}{taken_in_words(pair)}")


def _account(report: Report, index: int) -> Iterator[Line]:
    source = report.sources[index]
    yield Section(2, f"Source {index + 1}: {_name(source)}")
    counterparts = _counterparts(report.links, source.id)
    alone = report.alone[index] if report.alone else (Alone.UNSURE,) * len(source.passages)
    boilerplate = 0
    last_block = None
    for number, passage in enumerate(source.passages):
        block = source.blocks[passage.block]
        if block.kind is BlockKind.BOILERPLATE:
            boilerplate += 1
            continue
        if passage.block != last_block:
            yield Section(3, _block_name(source, passage.block))
            last_block = passage.block
        yield Quote(source.passage_text(number))
        for link, other in counterparts.get(number, ()):
            where = f"source {_numbers(report)[other.source]}, {_place(report, other)}"
            by = ", linked by the reader" if link.by == "reader" else ""
            yield Note(
                f"also told {_KINDS[link.kind]} by {where} (score {link.score:.2f}{by}): {_short(_text(report, other))}"
            )
        if alone[number] is Alone.SURE:
            yield Note("told here only")
    if boilerplate:
        yield Note(f"{_count(boilerplate, 'passage')} of boilerplate left out")


def _counterparts(links: Iterable[Link], source: str) -> dict[int, list[tuple[Link, PassageRef]]]:
    found: dict[int, list[tuple[Link, PassageRef]]] = defaultdict(list)
    for link in links:
        if link.a.source == source:
            found[link.a.passage].append((link, link.b))
        elif link.b.source == source:
            found[link.b.passage].append((link, link.a))
    return {passage: sorted(pairs, key=lambda pair: -pair[0].score) for passage, pairs in found.items()}


def _block_name(source: Source, block: int) -> str:
    number = source.paragraph_number(block)
    return f"Paragraph {number}" if number is not None else str(source.blocks[block].kind).capitalize()


def _name(source: Source) -> str:
    return source.title or source.path or source.id


def _numbers(report: Report) -> dict[str, int]:
    return {source.id: number for number, source in enumerate(report.sources, 1)}


def _source(report: Report, ref: PassageRef) -> Source:
    return next(source for source in report.sources if source.id == ref.source)


def _place(report: Report, ref: PassageRef) -> str:
    return _source(report, ref).place_name(ref.passage)


def _text(report: Report, ref: PassageRef) -> str:
    return _source(report, ref).passage_text(ref.passage)


def _short(words: str) -> str:
    """Words of a passage where it is named a second time; only what is no sentence at all is that long."""
    return words if len(words) <= LONGEST else words[:LONGEST].rstrip() + " …"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
