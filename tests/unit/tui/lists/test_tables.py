"""The lists as files: what is listed, with where it stands, safe in a spreadsheet and in markdown."""

import csv
import io
from pathlib import Path

from markdown_it import MarkdownIt

from summitreader.export.tables import csv_text, markdown_table
from summitreader.notes.model import Verdict
from summitreader.tui.lists.coverage_rows import Order, Shown, arranged, coverage_rows
from summitreader.tui.lists.divergence_rows import check_rows
from summitreader.tui.lists.quotations import ledger_formats, quotation_rows
from summitreader.tui.lists.tables import matrix_formats, queue_formats
from summitreader.tui.story.index import StoryIndex
from tests.unit.tui.lists.made import made_report

INDEX = StoryIndex(made_report())


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_matrix_has_a_row_a_thing_and_a_column_a_source() -> None:
    listed = arranged(coverage_rows(INDEX), Order.MOST, Shown.ALL, 0, "")
    _, form = matrix_formats(listed, INDEX.report)
    rows = rows_of(form.make(Path()))
    assert [row["reported by"] for row in rows] == ["3", "3", "2", "1", "1"]
    walked = next(row for row in rows if "300" in row["what is reported"])
    assert walked["post.txt"] == "to check ¶4"
    assert walked["foreign.txt"] == "not compared"
    assert next(row for row in rows if "ferry" in row["what is reported"])["news.txt"] in ("left out", "")


def test_every_quotation_is_cited_by_offsets_that_hold() -> None:
    _, form = ledger_formats(quotation_rows(INDEX), INDEX.report)
    by_sha = {source.sha256: source for source in INDEX.sources}
    for row in rows_of(form.make(Path())):
        assert by_sha[row["sha256"]].text[int(row["start"]) : int(row["end"])] == row["words"]


def test_the_queue_says_what_was_decided() -> None:
    rows = check_rows(INDEX, lambda d: Verdict.RIGHT if d.id == "number-1" else None)
    _, form = queue_formats(rows, INDEX.report)
    spans = rows_of(form.make(Path()))
    assert [(row["decision"], row["words"]) for row in spans[:2]] == [("right", "300"), ("right", "500")]


def test_cells_that_a_spreadsheet_takes_for_formulas_are_guarded() -> None:
    assert csv_text((["a"], [["=1+1"], ["plain"]])) == "a\r\n'=1+1\r\nplain\r\n"


def test_a_table_renders_as_the_words_that_are_in_it() -> None:
    hostile = "| <b>a</b> [x](y) `c`\n\n# *d*"
    html = MarkdownIt("commonmark").enable("table").render(markdown_table((["one", "two"], [[hostile, "z"]])))
    assert html.count("<td>") == 2
    assert "<b>" not in html
    assert "<a " not in html
    assert "<code>" not in html
    assert "<em>" not in html
