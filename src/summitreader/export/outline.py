"""The outline of a comparison, made from its report: what an editor asks first (`outline_model`).

The briefing (text and markdown), the page for a browser and the reader's Story view write it, each in its own form and
length. Only likely links count.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from pathlib import PurePath

from summitreader.comparison import Divergence, Link, PassageRef, Quotation, QuotationKind, Report, SourceSpan, Thread
from summitreader.comparison.divergence import KINDS, Telling, coverage
from summitreader.comparison.linking.threads import TIED
from summitreader.comparison.model import letter_of
from summitreader.comparison.quotes.names import one_speaker
from summitreader.export.outline_model import (
    Check,
    CheckSide,
    Copied,
    CoverageCell,
    CoverageRow,
    Excerpt,
    Fact,
    Omission,
    Outline,
    SourceEntry,
    Speaker,
    Statement,
    Status,
    Wording,
)
from summitreader.text import BlockKind, Source

COPIED = 0.05
"""The least share of one source's words, in runs of twelve or more, that is worth naming."""
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\s\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_SHORTEST = 5
"""Words that a passage needs to say anything by itself."""


def outline(
    report: Report, *, confirmed: Collection[str] = frozenset(), dismissed: Collection[str] = frozenset()
) -> Outline:
    """The outline of `report`; `confirmed` and `dismissed` are the ids of divergences that the reader decided."""
    story = _Story(report)
    kept = [d for d in report.divergences if d.id not in dismissed]
    checks = [d for d in kept if d.kind in KINDS and KINDS[d.kind].to_check]
    speakers, without_name = _speakers(story)
    return Outline(
        sources=_sources(story),
        copied=_copied(story),
        facts=_facts(story, checks),
        to_check=tuple(_check(story, n, d, d.id in confirmed) for n, d in enumerate(checks, 1)),
        unique=tuple(
            story.excerpt(d.spans[0])
            for d in sorted(kept, key=lambda d: story.position(d.spans[0]) if d.spans else (0, 0))
            if d.kind == "only"
        ),
        omissions=tuple(
            Omission(
                d.id,
                story.in_letters(d.silent),
                tuple(story.excerpt(s) for s in sorted(d.spans, key=lambda s: s.source in report.by_meaning)),
                d.confidence,
            )
            for d in kept
            if d.kind == "silent"
        ),
        said_to_omit=tuple(story.excerpt(span) for d in kept if d.kind == "says-silent" for span in d.spans),
        speakers=speakers,
        quoted_without_name=without_name,
        coverage=_coverage(story, checks),
    )


class _Story:
    """A report with what is looked up often."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.sources: dict[str, Source] = {s.id: s for s in report.sources}
        self.number = {s.id: n for n, s in enumerate(report.sources)}
        self.letter = {id: letter_of(n) for id, n in self.number.items()}
        self.told = {s.id: [n for n in range(len(s.passages)) if s.is_told(n)] for s in report.sources}
        self.links: dict[tuple[PassageRef, PassageRef], Link] = {}
        for link in report.links:
            self.links[link.a, link.b] = self.links[link.b, link.a] = link

    def in_letters(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.letter[id] for id in sorted(ids, key=self.number.__getitem__))

    def position(self, span: SourceSpan) -> tuple[int, int]:
        return self.number[span.source], span.start

    def depth(self, ref: PassageRef) -> float:
        """How far into its account a passage is: 0 for the beginning, 1 for the end."""
        told = self.told[ref.source]
        return told.index(ref.passage) / max(1, len(told) - 1) if ref.passage in told else 1.0

    def passage(self, ref: PassageRef) -> Excerpt:
        passage = self.sources[ref.source].passages[ref.passage]
        return self.excerpt(SourceSpan(ref.source, passage.start, passage.end))

    def excerpt(self, span: SourceSpan) -> Excerpt:
        """The passages that a span touches, with the span marked where it is not all of them."""
        source = self.sources[span.source]
        first, last = source.passage_at(span.start), source.passage_at(max(span.start, span.end - 1))
        start, end = min(source.passages[first].start, span.start), max(source.passages[last].end, span.end)
        mark = (span.start - start, span.end - start)
        return Excerpt(
            source=span.source,
            letter=self.letter[span.source],
            passage=first,
            place=source.place_name(first),
            start=start,
            end=end,
            words=source.text[start:end],
            mark=None if mark == (0, end - start) else mark,
        )


def _sources(story: _Story) -> tuple[SourceEntry, ...]:
    report = story.report
    account = {id: a for a in report.accounts for id in a.sources}
    entries = []
    for source in report.sources:
        own = account.get(source.id)
        words = " ".join(source.passage_text(n) for n in story.told[source.id])
        entries.append(
            SourceEntry(
                id=source.id,
                letter=story.letter[source.id],
                name=source.outlet or PurePath(source.path or source.id).stem or source.id,
                title=source.title,
                author=source.author,
                published=source.published,
                day=source.day,
                language=source.language,
                url=source.url,
                path=source.path,
                words=len(_WORD.findall(words)),
                comparable=source.id in report.compared,
                account=story.in_letters(own.sources if own else (source.id,)),
                credit=own.credit if own else None,
            )
        )
    return tuple(entries)


def _copied(story: _Story) -> tuple[Copied, ...]:
    """One row a pair of sources: who took from whom, or, where that is not known, the one with the larger share."""
    best: dict[frozenset[str], Copied] = {}
    for pair in story.report.independence:
        taken = pair.taken
        row = Copied(
            story.letter[pair.a],
            story.letter[pair.b],
            pair.shared_words,
            taken.sure if taken else "",
            taken.reasons if taken else (),
        )
        other = best.get(key := frozenset((pair.a, pair.b)))
        if other is None or (bool(row.likelihood), row.share) > (bool(other.likelihood), other.share):
            best[key] = row
    return tuple(sorted((r for r in best.values() if r.share >= COPIED), key=lambda r: (-r.share, r.by, r.of)))


def _facts(story: _Story, checks: Sequence[Divergence]) -> tuple[Fact, ...]:
    touched = _touched(story, checks)
    facts = [fact for thread in story.report.threads if (fact := _fact(story, thread, touched))]
    return tuple(sorted(facts, key=lambda f: (-f.weight, story.number[f.lead.source], f.lead.start)))


def _touched(story: _Story, checks: Iterable[Divergence]) -> dict[PassageRef, list[str]]:
    """By passage, the ids of the divergences to check that have words of it."""
    touched: dict[PassageRef, list[str]] = defaultdict(list)
    for divergence in checks:
        for span in divergence.spans:
            touched[PassageRef(span.source, story.sources[span.source].passage_at(span.start))].append(divergence.id)
    return touched


def _fact(story: _Story, thread: Thread, touched: dict[PassageRef, list[str]]) -> Fact | None:
    """The passage that is linked to most other sources of the thread, with its counterparts; None where none is.

    A sentence of the body leads before a headline. The weight rises with the sources, and with how early they have it.
    """
    best: tuple[tuple[int, bool, float], PassageRef, dict[str, PassageRef]] | None = None
    for lead in thread.members:
        source = story.sources[lead.source]
        if not source.is_told(lead.passage) or len(source.passage_text(lead.passage).split()) < _SHORTEST:
            continue
        scores: dict[str, float] = {}
        also: dict[str, PassageRef] = {}
        for other in thread.members:
            link = story.links.get((lead, other)) if other.source != lead.source else None
            if link and link.score >= max(TIED, scores.get(other.source, 0.0)):
                scores[other.source], also[other.source] = link.score, other
        headline = source.blocks[source.passages[lead.passage].block].kind is BlockKind.TITLE
        rank = (len(also), not headline, sum(scores.values()))
        if also and (best is None or rank > best[0]):
            best = rank, lead, also
    if best is None:
        return None
    _, lead, also = best
    refs = [lead, *(also[s.id] for s in story.report.sources if s.id in also)]
    refs.sort(key=lambda ref: ref.source in story.report.by_meaning)  # in the language of the story first
    of = len(story.report.compared | {r.source for r in refs})
    early = 1 - sum(map(story.depth, refs)) / len(refs)
    excerpts = tuple(story.passage(ref) for ref in refs)
    ids = tuple(dict.fromkeys(id for m in thread.members for id in touched.get(m, ())))
    return Fact(thread.id, excerpts[0], excerpts[1:], of, round(len(refs) / of + 0.5 * early, 4), ids)


def _check(story: _Story, number: int, divergence: Divergence, confirmed: bool) -> Check:
    sides = tuple(_sides(story, divergence))
    also, unmatched = story.report.off_sides(divergence)
    return Check(
        id=divergence.id,
        number=number,
        kind=divergence.kind,
        label=KINDS[divergence.kind].words,
        summary=divergence.summary,
        reason=divergence.reason,
        likelihood=round(10 * divergence.confidence),
        claim=KINDS[divergence.kind].claim,
        sides=sides,
        also=story.in_letters(also),
        unmatched=story.in_letters(unmatched),
        confirmed=confirmed,
    )


def _sides(story: _Story, divergence: Divergence) -> Iterable[CheckSide]:
    for side in divergence.sides:
        yield CheckSide(" ".join(side.words.split()), tuple(story.excerpt(span) for span in side.spans))


def _speakers(story: _Story) -> tuple[tuple[Speaker, ...], int]:
    """Those who are quoted in marks, by how many sources and then how often, and how many quotations have no name.

    A statement to which its sources give several speakers is listed once, under the one that most name.
    """
    by_id = {q.id: q for q in story.report.quotations}
    marked = [q for q in by_id.values() if q.kind in (QuotationKind.SPEECH, QuotationKind.FRAGMENT)]
    one = one_speaker(name for q in by_id.values() if (name := _named(q)))
    often = Counter(one[name] for q in marked if (name := _named(q)))
    acts = {id: (u.relation, u.quotations) for u in story.report.utterances for id in u.quotations}
    statements: dict[str, list[Statement]] = defaultdict(list)
    for relation, ids in dict.fromkeys(acts.get(q.id, ("", (q.id,))) for q in marked):
        said = sorted((by_id[id] for id in ids), key=lambda q: (story.number[q.source], q.start))
        names = Counter(one[name] for q in said if (name := _named(q)))
        if names:
            name = max(names, key=lambda n: (n[:1].isupper(), names[n], often[n], n))
            several = len({q.source for q in said}) > 1
            statements[name].append(Statement(relation if several else "", tuple(_wording(story, q) for q in said)))
    speakers = []
    for name, own in statements.items():
        letters = story.in_letters({w.excerpt.source for s in own for w in s.wordings})
        speakers.append(Speaker(name, letters, tuple(sorted(own, key=lambda s: -len(s.letters)))))
    speakers.sort(key=lambda s: (-len(s.letters), -sum(len(x.wordings) for x in s.statements), s.name))
    return tuple(speakers), sum(not _named(q) for q in marked)


def _named(q: Quotation) -> str | None:
    return q.speaker.name if q.speaker else None


def _wording(story: _Story, q: Quotation) -> Wording:
    text = story.sources[q.source].text
    chain = tuple(m.name or text[m.start : m.end] for m in q.via)
    cue = q.cue.text if q.cue else None
    return Wording(story.excerpt(SourceSpan(q.source, q.start, q.end)), q.kind, q.text, _named(q), cue, chain)


def _coverage(story: _Story, checks: Sequence[Divergence]) -> tuple[CoverageRow, ...]:
    ids = {d.id for d in checks}
    rows = []
    for row in coverage(story.report):
        cells = []
        for cell in row.cells:
            status = Status.NOT_FOUND
            if cell.telling is Telling.TOLD:
                status = Status.DIFFERS if ids.intersection(cell.conflicts) else Status.REPORTED
            elif cell.telling is Telling.NOT_COMPARABLE:
                status = Status.NOT_COMPARED
            omitted = cell.telling is Telling.SILENT
            cells.append(CoverageCell(story.letter[cell.source], status, cell.places, cell.passages, omitted))
        rows.append(CoverageRow(row.thread, story.passage(row.representative), row.told_by, row.of, tuple(cells)))
    return tuple(rows)
