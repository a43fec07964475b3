"""Lists for a spreadsheet or a document: annotations as CSV, a row a target, and of a comparison the divergences to
check, the quotations, and who reports what (RFC 4180, UTF-8). What a spreadsheet could take for a formula is guarded
(`notes.importers.guarded`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence

from summitreader.comparison import Divergence, Quotation, Report
from summitreader.comparison.divergence import KINDS, Cell, Telling, coverage, labels
from summitreader.comparison.divergence.coverage import Row
from summitreader.export.citation import cite
from summitreader.export.escaping import inline, visible
from summitreader.notes.importers import guarded
from summitreader.notes.model import Annotation

COLUMNS = (
    *("id", "target", "note", "tags", "colour", "created", "modified", "quote", "state", "confidence", "place"),
    *("start", "end", "sha256", "prefix", "suffix", "path"),
    *("title", "outlet", "author", "published", "url", "language"),
)
MARK = "\ufeff"
"""Before the first cell of a file, and not of what goes to a pipe: by it a spreadsheet knows that this is UTF-8."""


def table(annotations: Iterable[Annotation]) -> str:
    """The rows under a row of names. Tags are parted by line feeds inside their cell; what a terminal could take for
    a command is made visible."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for a in annotations:
        for n, target in enumerate(a.targets):
            cited = cite(target)
            about = target.about
            selection = target.selection
            row: list[object] = [a.id, n, a.note, "\n".join(a.tags), a.colour, a.created, a.modified, cited.quote]
            row += [target.state, target.confidence, cited.place, cited.start, cited.end, cited.sha256]
            row += [selection.prefix, selection.suffix, target.source_path or target.source]
            row += [about.title, about.outlet, about.author, about.published, about.url, about.language]
            writer.writerow([guarded(visible("" if cell is None else str(cell))) for cell in row])
    return out.getvalue()


Table = tuple[Sequence[str], list[list[str]]]
"""The names of the columns, and the rows."""


def queue(report: Report, decided: Mapping[str, str], listed: Sequence[Divergence] | None = None) -> Table:
    """A row a span of every divergence to check, or of those that are `listed`, in their order; `decided` are the
    reader's verdicts by the id of the divergence."""
    head = ("id", "decision", "kind", "confidence", "summary", "why", "side", "source", "place", "start", "end")
    sources = {s.id: s for s in report.sources}
    names = labels(report)
    rows = []
    if listed is None:
        listed = [d for d in report.divergences if d.kind in KINDS and KINDS[d.kind].to_check]
    for d in listed:
        for n, span in ((n, span) for n, side in enumerate(d.sides, 1) for span in side.spans):
            source = sources[span.source]
            known = [d.id, decided.get(d.id, ""), d.kind, f"{d.confidence:.4f}", d.summary, d.reason, str(n)]
            known += [
                names[source.id],
                source.place_name(source.passage_at(span.start)),
                str(span.start),
                str(span.end),
            ]
            rows.append([*known, source.text[span.start : span.end], source.sha256])
    return (*head, "words", "sha256"), rows


def ledger(report: Report, listed: Sequence[Quotation] | None = None) -> Table:
    """A row a quotation, of all or of those that are `listed`: who speaks, in which words, through whom, where, and
    which act of speech it belongs to."""
    head = ("speaker", "kind", "words", "cue", "through", "source", "place", "start", "end", "sha256", "act of speech")
    sources = {s.id: s for s in report.sources}
    names = labels(report)
    act = {id: (n, u.relation) for n, u in enumerate(report.utterances, 1) for id in u.quotations}
    rows = []
    for q in report.quotations if listed is None else listed:
        source = sources[q.source]
        speaker = (q.speaker.name or "a speaker who is not named") if q.speaker else ""
        via = " → ".join(m.name or source.text[m.start : m.end] for m in q.via)
        number, relation = act.get(q.id, ("", ""))
        known = [speaker, str(q.kind), source.text[q.start : q.end], q.cue.text if q.cue else "", via, names[source.id]]
        known += [source.place_name(source.passage_at(q.start)), str(q.start), str(q.end), source.sha256]
        rows.append([*known, str(number), relation])
    return (*head, "relation"), rows


def matrix(report: Report, listed: Sequence[Row] | None = None) -> Table:
    """A row for each thing reported, of all or of those `listed`, and a column for each source: reported, quoted or to
    check, with its places; left out; or not known."""
    rows = []
    sources = {s.id: s for s in report.sources}
    names = labels(report)
    for row in coverage(report) if listed is None else listed:
        here = sources[row.representative.source]
        place = f"{names[here.id]} {here.place_name(row.representative.passage)}"
        rows.append([row.words, place, str(row.told_by), str(row.of), *(_cell(cell) for cell in row.cells)])
    return ("what is reported", "in the words of", "reported by", "of", *names.values()), rows


TABLES: Mapping[str, Callable[[Report, Mapping[str, str]], Table]] = {
    "queue": queue,
    "quotations": lambda report, _: ledger(report),
    "coverage": lambda report, _: matrix(report),
}
"""By the name that the command line knows each by."""


def csv_text(table: Table) -> str:
    """RFC 4180, with the guard against cells that a spreadsheet takes for formulas."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in _lines(table):
        writer.writerow([guarded(visible(cell)) for cell in row])
    return out.getvalue()


def markdown_table(table: Table) -> str:
    """A table in which every cell renders as itself."""
    head, *rows = [[inline(" ".join(cell.split())) for cell in line] for line in _lines(table)]
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _lines(table: Table) -> Iterable[Sequence[str]]:
    head, rows = table
    return [head, *rows]


def _cell(cell: Cell) -> str:
    if cell.telling is Telling.TOLD:
        how = "to check" if cell.conflicts else "quoted" if cell.quoted else "reported"
        return f"{how} {', '.join(cell.places)}"
    return {Telling.SILENT: "left out", Telling.NOT_COMPARABLE: "not compared"}.get(cell.telling, "")
