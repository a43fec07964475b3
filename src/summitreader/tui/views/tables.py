"""The lists of the views as files: what the list shows, in its order, as CSV or markdown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from summitreader.compare.model import Report
from summitreader.export.escaping import inline, visible
from summitreader.export.tables import guarded
from summitreader.notes.model import Annotation
from summitreader.text import Source
from summitreader.tui.inspection import name_of
from summitreader.tui.views.coverage import Cell, CoverageRow, Telling
from summitreader.tui.views.divergences import CheckRow, kind_in_words
from summitreader.tui.views.exporting import Format
from summitreader.tui.views.openings import OpeningCard, plain
from summitreader.tui.views.quotations import QuotationRow


def csv_text(names: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """RFC 4180, with the usual guard against cells that a spreadsheet takes for formulas."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guarded(visible(name)) for name in names])
    for row in rows:
        writer.writerow([guarded(visible("" if cell is None else str(cell))) for cell in row])
    return out.getvalue()


def markdown_table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; every cell is text that renders as itself."""
    lines = [names, ["---"] * len(names), *rows]
    cells = [[cell if cell == "---" else inline(" ".join(cell.split())) for cell in line] for line in lines]
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)


# Coverage


def matrix_formats(rows: Sequence[CoverageRow], sources: Sequence[Source]) -> tuple[Format, ...]:
    """Who tells what, a row a thing told, a column a source."""
    names = [name_of(source) for source in sources]

    def cells(row: CoverageRow) -> list[str]:
        here = sources[row.source]
        place = f"{name_of(here)} {here.place_name(row.passage)}"
        return [here.passage_text(row.passage), place, str(row.told_by), *(cell_in_words(cell) for cell in row.cells)]

    head = ["what is told", "in the words of", "told by", *names]
    return (
        Format("the matrix as markdown", "coverage", ".md", lambda _: markdown_table(head, map(cells, rows))),
        Format("the matrix as CSV", "coverage", ".csv", lambda _: csv_text(head, map(cells, rows))),
    )


def cell_in_words(cell: Cell) -> str:
    """`told ¶3`, `quoted ¶3, ¶5`, `to check ¶4`, `silent`; empty where it is not known."""
    if cell.telling is Telling.SILENT:
        return "silent"
    if cell.telling is Telling.NOT_COMPARABLE:
        return "cannot be compared"
    if cell.telling is not Telling.TOLD:
        return ""
    how = "to check" if cell.conflicts else "quoted" if cell.quoted else "told"
    return f"{how} {', '.join(cell.places)}"


# Quotations


def ledger_formats(rows: Sequence[QuotationRow], sources: Sequence[Source]) -> tuple[Format, ...]:
    """Every quotation with its speaker and its chain."""
    head = ["speaker", "kind", "words", "cue", "through", "source", "place", "start", "end", "sha256"]
    head += ["act of speech", "relation"]

    def cells(row: QuotationRow) -> list[object]:
        q, source = row.quotation, sources[row.source]
        via = " → ".join(m.name for m in q.via if m.name)
        place = source.place_name(row.passage)
        said = "" if row.utterance is None else row.utterance + 1
        known: list[object] = [row.speaker, q.kind, source.text[q.start : q.end], q.cue.text if q.cue else "", via]
        return [*known, name_of(source), place, q.start, q.end, source.sha256, said, row.relation]

    def lines(_: Path) -> str:
        out = ["# Quotations\n"]
        speaker = None
        for row in rows:
            if row.speaker != speaker:
                speaker = row.speaker
                out.append(f"\n## {inline(' '.join(speaker.split()))}\n\n")
            words = " ".join(sources[row.source].text[row.quotation.start : row.quotation.end].split())
            out.append(f"- {inline(words)} — {inline(' → '.join(row.chain))}, {row.quotation.kind}\n")
        return "".join(out)

    return (
        Format("the quotations as markdown", "quotations", ".md", lines),
        Format("the quotations as CSV, with offsets", "quotations", ".csv", lambda _: csv_text(head, map(cells, rows))),
    )


# Divergences


def queue_formats(rows: Sequence[CheckRow], sources: Sequence[Source]) -> tuple[Format, ...]:
    """What was flagged, with what the reader decided of it; a row of the CSV is one span."""
    head = ["id", "decision", "kind", "confidence", "summary", "why", "side", "source", "place", "start", "end"]
    head += ["words", "sha256"]

    def spans() -> Iterable[list[object]]:
        for row in rows:
            d = row.divergence
            sides = d.sides or tuple(range(len(row.spans)))
            for (n, start, end), (_, passage), side in zip(row.spans, row.places, sides, strict=True):
                source = sources[n]
                known: list[object] = [d.id, row.verdict or "", d.kind, f"{d.confidence:.4f}", d.summary, d.reason]
                known += [side + 1, name_of(source), source.place_name(passage), start, end]
                yield [*known, source.text[start:end], source.sha256]

    def lines(_: Path) -> str:
        out = ["# Where the sources part\n"]
        for row in rows:
            d = row.divergence
            decided = f", {row.verdict}" if row.verdict else ""
            title = f"{kind_in_words(d.kind)}{decided}, confidence {d.confidence:.2f}"
            out.append(f"\n## {inline(title)}\n\n{inline(' '.join(d.summary.split()))}\n\n")
            for place in dict.fromkeys(row.places):
                source = sources[place[0]]
                words = " ".join(source.passage_text(place[1]).split())
                cited = f"{name_of(source)}, {source.place_name(place[1])}"
                out.append(f"> {inline(words)}\n>\n> — {inline(cited)}\n\n")
            if d.reason:
                out.append(f"Why: {inline(' '.join(d.reason.split()))}.\n")
        return "".join(out)

    return (
        Format("what was flagged and decided, as markdown", "divergences", ".md", lines),
        Format("the same as CSV, with offsets", "divergences", ".csv", lambda _: csv_text(head, spans())),
    )


# Headlines and ledes


def openings_formats(cards: Sequence[OpeningCard], sources: Sequence[Source]) -> tuple[Format, ...]:
    """How each source opens, and where the others tell that."""
    head = ["source", "date", "what", "words", "place", "elsewhere", "start", "end", "sha256"]

    def rows() -> Iterable[list[object]]:
        for card in cards:
            for part in card.parts:
                source = sources[part.place[0]]
                span = source.passages[part.place[1]]
                known: list[object] = [card.name, card.date, part.kind, plain(part.words)]
                known += [source.place_name(part.place[1]), plain(part.elsewhere)]
                yield [*known, span.start, span.end, source.sha256]

    def lines(_: Path) -> str:
        out = ["# Headlines and ledes\n"]
        for card in cards:
            out.append(
                f"\n## {inline(f'{card.source + 1} {card.name}')}{f', {inline(card.date)}' if card.date else ''}\n"
            )
            for part in card.parts:
                words = inline(" ".join(plain(part.words).split()))
                out.append(f"\n{part.kind.capitalize()}: {words}\n")
                if part.elsewhere:
                    out.append(f"\n- {inline(plain(part.elsewhere))}\n")
        return "".join(out)

    return (
        Format("headlines and ledes as markdown", "headlines", ".md", lines),
        Format("the same as CSV, with offsets", "headlines", ".csv", lambda _: csv_text(head, rows())),
    )


def briefing_format(report: Report, loaded: Sequence[Source] = (), corrections: Sequence[Annotation] = ()) -> Format:
    """The whole comparison as a document; at its end what was put right of the sources that are `loaded`."""

    def make(_: Path) -> str:
        from summitreader.export.comparison import comparison_markdown
        from summitreader.export.own import own_markdown, put_right
        from summitreader.notes.corrections import placed_by_hand

        if not corrections:
            return comparison_markdown(report)
        placed = placed_by_hand(corrections, {source.id for source in loaded})
        return comparison_markdown(report) + own_markdown(put_right(loaded, report, corrections, placed), report)

    return Format("a briefing: the whole comparison as markdown", "briefing", ".md", make)
