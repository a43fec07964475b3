"""The lists of the views as files: what the list shows, in its order, as CSV or markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from summitreader.comparison.divergence.coverage import Row
from summitreader.comparison.model import PassageRef, Report, letter_of
from summitreader.export.escaping import inline
from summitreader.export.reader_edits import Decided
from summitreader.export.tables import Table, csv_text, markdown_table, matrix, queue
from summitreader.notes.model import Annotation
from summitreader.text import Source
from summitreader.tui.dialogs.export import Format
from summitreader.tui.lists.coverage_rows import CoverageRow
from summitreader.tui.lists.divergence_rows import CheckRow
from summitreader.tui.lists.openings_rows import OpeningCard, plain
from summitreader.tui.story.inspection import kind_in_words, name_of

# Coverage


def matrix_formats(rows: Sequence[CoverageRow], report: Report) -> tuple[Format, ...]:
    """Who tells what, a row a thing told, a column a source."""

    def table() -> Table:
        refs = [PassageRef(report.sources[row.source].id, row.passage) for row in rows]
        words = [report.sources[row.source].passage_text(row.passage) for row in rows]
        told = zip(rows, refs, words, strict=True)
        return matrix(report, [Row(None, ref, said, row.told_by, row.cells) for row, ref, said in told])

    return (
        Format("the matrix as markdown", "coverage", ".md", lambda _: markdown_table(table())),
        Format("the matrix as CSV", "coverage", ".csv", lambda _: csv_text(table())),
    )


# Divergences


def queue_formats(rows: Sequence[CheckRow], report: Report) -> tuple[Format, ...]:
    """What was flagged, with what the reader decided of it; a row of the CSV is one span."""
    sources = report.sources
    decided = {row.divergence.id: str(row.verdict) for row in rows if row.verdict is not None}

    def lines(_: Path) -> str:
        out = ["# Divergences\n"]
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
        Format("divergences and decisions as markdown", "divergences", ".md", lines),
        Format(
            "as CSV, with offsets",
            "divergences",
            ".csv",
            lambda _: csv_text(queue(report, decided, [row.divergence for row in rows])),
        ),
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
            date = f", {inline(card.date)}" if card.date else ""
            out.append(f"\n## {inline(f'{letter_of(card.source)} {card.name}')}{date}\n")
            for part in card.parts:
                words = inline(" ".join(plain(part.words).split()))
                out.append(f"\n{part.kind.capitalize()}: {words}\n")
                if part.elsewhere:
                    out.append(f"\n- {inline(plain(part.elsewhere))}\n")
        return "".join(out)

    return (
        Format("headlines and ledes as markdown", "headlines", ".md", lines),
        Format(
            "as CSV, with offsets",
            "headlines",
            ".csv",
            lambda _: csv_text((head, [list(map(str, row)) for row in rows()])),
        ),
    )


def comparison_formats(
    report: Report,
    loaded: Sequence[Source] = (),
    corrections: Sequence[Annotation] = (),
    decisions: Sequence[Decided] = (),
    notes: Sequence[Annotation] = (),
    root: Path | None = None,
) -> tuple[Format, ...]:
    """The whole comparison, without what was dismissed: a page for a browser with `notes`, and a briefing in markdown
    that ends with what was corrected of the sources that are `loaded`, and dismissed. `root` is the sources' folder."""

    def page(folder: Path) -> str:
        from summitreader.export.outline import outline
        from summitreader.export.page import page, written_paths
        from summitreader.export.reader_edits import confirmed_ids, without_dismissed

        shown = without_dismissed(report, decisions)
        o = outline(shown, confirmed=confirmed_ids(decisions))
        return page(shown, notes=notes, given=o, paths=written_paths(report.sources, root, folder) if root else None)

    def briefing(_: Path) -> str:
        from summitreader.export.briefing import briefing_markdown
        from summitreader.export.outline import outline
        from summitreader.export.reader_edits import confirmed_ids, own_markdown, reader_edits, without_dismissed
        from summitreader.notes.corrections import placed_by_hand

        said = briefing_markdown(outline(without_dismissed(report, decisions), confirmed=confirmed_ids(decisions)))
        if not corrections and not decisions:
            return said
        placed = placed_by_hand(corrections, {source.id for source in loaded})
        return said + own_markdown(
            reader_edits(loaded or report.sources, report, corrections, placed, decisions), report
        )

    return (
        Format("a page for a browser: the comparison and the texts", "report", ".html", page),
        Format("a briefing: the comparison as markdown", "briefing", ".md", briefing),
    )
