"""What a reader corrected and decided, as it goes out with a comparison: as JSON, text or markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from summitreader.comparison import Divergence, Report
from summitreader.comparison.model import letter_of
from summitreader.comparison.own import Own, Pair, own_pairs
from summitreader.export.briefing import Line, Note, Quote, Section, Words, as_markdown, as_text, place_in_words
from summitreader.notes.corrections import ByHand, fields_by_hand
from summitreader.notes.model import Annotation, State, Verdict, What
from summitreader.text import Source

_IN_WORDS = {
    What.LINK: "link",
    What.CUT: "cut",
    What.FIELD: "correction of a field",
    What.SPEAKER: "speaker",
    What.BLOCK: "paragraph",
    What.STORY: "story",
}


@dataclass(frozen=True, slots=True)
class FieldByHand:
    """`page` is what the source itself says, None where it says nothing."""

    source: str
    field: str
    value: str | None
    page: str | None


@dataclass(frozen=True, slots=True)
class Decided:
    """A divergence of the comparison that the reader confirmed or dismissed."""

    divergence: Divergence
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ReaderEdits:
    """Everything by hand that is in a report. `waiting` are corrections whose place is in doubt or gone: they are kept,
    and change nothing until the reader has settled them."""

    fields: tuple[FieldByHand, ...] = ()
    blocks: tuple[tuple[str, int, int, str, str], ...] = ()
    """Source, start, end, what the block is by hand, and what the page made it."""
    links: tuple[Pair, ...] = ()
    cuts: tuple[Pair, ...] = ()
    speakers: tuple[str, ...] = ()
    """The ids of the quotations whose speaker was named by hand."""
    decisions: tuple[Decided, ...] = ()
    waiting: tuple[Annotation, ...] = ()


def own_of(placed: ByHand) -> Own:
    """What was placed by hand, as the comparison takes it."""
    return Own(placed.links, placed.cuts, placed.speakers)


def reader_edits(
    loaded: Sequence[Source],
    report: Report,
    corrections: Sequence[Annotation],
    placed: ByHand,
    decisions: Sequence[Decided] = (),
) -> ReaderEdits:
    """What of `corrections` is in `report`; `loaded` are its sources as their files have them."""
    fields, blocks = [], []
    for before, now in zip(loaded, report.sources, strict=True):
        for name in fields_by_hand(corrections, now.id):
            page, value = getattr(before, name), getattr(now, name)
            if page != value:
                fields.append(FieldByHand(now.id, name, value, page))
        for was, block in zip(before.blocks, now.blocks, strict=True):
            if was.kind is not block.kind:
                blocks.append((now.id, block.start, block.end, str(block.kind), str(was.kind)))
    links, cuts = own_pairs(report, own_of(placed))
    return ReaderEdits(
        fields=tuple(fields),
        blocks=tuple(blocks),
        links=links,
        cuts=cuts,
        speakers=tuple(q.id for q in report.quotations if q.by != "engine"),
        decisions=tuple(decisions),
        waiting=tuple(a for a in corrections if _waits(a)),
    )


def without_dismissed(report: Report, decisions: Sequence[Decided]) -> Report:
    """The report without what the reader dismissed."""
    dismissed = {decided.divergence.id for decided in decisions if decided.verdict is Verdict.DISMISSED}
    return replace(report, divergences=tuple(d for d in report.divergences if d.id not in dismissed))


def confirmed_ids(decisions: Sequence[Decided]) -> frozenset[str]:
    """The ids of the divergences that the reader confirmed."""
    return frozenset(decided.divergence.id for decided in decisions if decided.verdict is Verdict.RIGHT)


def own_dict(own: ReaderEdits, report: Report) -> dict[str, Any]:
    """The value of the key `own` in the JSON of a comparison."""
    named = {q.id: q for q in report.quotations}
    return {
        "corrections": [
            {"source": f.source, "field": f.field, "value": f.value, "page": f.page, "by": "reader"} for f in own.fields
        ],
        "blocks": [
            {"source": source, "start": start, "end": end, "kind": kind, "page": page, "by": "reader"}
            for source, start, end, kind, page in own.blocks
        ],
        "links": [_pair(pair) for pair in own.links],
        "cuts": [_pair(pair) for pair in own.cuts],
        "speakers": [
            {"quotation": id, "name": None if (speaker := named[id].speaker) is None else speaker.name, "by": "reader"}
            for id in own.speakers
        ],
        "decisions": [
            {
                "divergence": d.divergence.id,
                "kind": d.divergence.kind,
                "spans": [{"source": s.source, "start": s.start, "end": s.end} for s in d.divergence.spans],
                "verdict": str(d.verdict),
            }
            for d in own.decisions
        ],
        "waiting": [
            {
                "id": a.id,
                "what": str(a.correction.what) if a.correction else "",
                "states": [str(t.state) for t in a.targets],
            }
            for a in own.waiting
        ],
    }


def own_text(own: ReaderEdits, report: Report) -> str:
    """What is by hand, as plain text; empty where nothing is."""
    lines = list(_lines(own, report))
    return "\n" + as_text(lines) if lines else ""


def own_markdown(own: ReaderEdits, report: Report) -> str:
    """The same as markdown in which no markup of a source's own is live."""
    lines = list(_lines(own, report))
    return "\n" + as_markdown(lines) if lines else ""


def _lines(own: ReaderEdits, report: Report) -> Iterator[Line]:
    if own == ReaderEdits():
        return
    letters = {source.id: letter_of(n) for n, source in enumerate(report.sources)}
    sources = {source.id: source for source in report.sources}
    yield Section(2, "Your corrections")
    for field in own.fields:
        page = f"the page has {field.page}" if field.page else "the page has none"
        yield Words(f"{letters[field.source]}: {field.field} changed to {field.value or 'unknown'} ({page})")
    for id, start, end, kind, page in own.blocks:
        said = "page furniture" if kind == "boilerplate" else "part of the account"
        yield Words(f"{letters[id]}: marked as {said} (was {page})")
        yield Quote(sources[id].text[start:end][:400])
    for pairs, said in ((own.links, "Linked"), (own.cuts, "Link removed")):
        for pair in pairs:
            yield Words(said)
            for ref in pair:
                source = sources[ref.source]
                words = _short(source.passage_text(ref.passage))
                yield Note(f"{words} ({letters[source.id]} {place_in_words(source.place_name(ref.passage))})")
    quoted = {q.id: q for q in report.quotations}
    for id in own.speakers:
        quotation = quoted[id]
        name = quotation.speaker.name if quotation.speaker is not None else None
        yield Words(f"{letters[quotation.source]}: speaker set to {name or 'unknown'}")
        yield Quote(sources[quotation.source].text[quotation.start : quotation.end])
    dismissed = [d for d in own.decisions if d.verdict is Verdict.DISMISSED]
    for decided in dismissed:
        yield Words(f"Dismissed: {decided.divergence.summary}")
    for annotation in own.waiting:
        what = _IN_WORDS[annotation.correction.what] if annotation.correction else "correction"
        state = "its place is not confirmed" if annotation.state is State.UNSURE else "its words are gone"
        yield Words(f"Not in effect: {what} on “{_short(annotation.targets[0].quote)}”; {state}.")


def _short(words: str) -> str:
    return words if len(words) <= 400 else words[:400].rstrip() + " …"


def _pair(pair: Pair) -> dict[str, Any]:
    a, b = pair
    return {
        "a": {"source": a.source, "passage": a.passage},
        "b": {"source": b.source, "passage": b.passage},
        "by": "reader",
    }


def _waits(annotation: Annotation) -> bool:
    said = annotation.correction
    return said is not None and said.what not in (What.FIELD, What.STORY) and annotation.state is not State.SURE
