"""The rows of the quotations view: every quotation, its chain, and what differs in its wording."""

from summitreader.tui.lists.quotations import Grouping, QuotationRow, Shown, arranged, quotation_rows
from summitreader.tui.story.index import StoryIndex
from summitreader.tui.widgets.row_list import Heading
from tests.unit.tui.lists.made import made_report

ROWS = quotation_rows(StoryIndex(made_report()))


def listed(
    grouping: Grouping, show: Shown = Shown.ALL, source: int | None = None, query: str = ""
) -> list[QuotationRow | Heading]:
    return arranged(ROWS, grouping, show, source, query)


def test_the_chain_leads_from_the_speaker_to_the_source() -> None:
    assert ROWS[2].chain == ("Keller", "the agency", "C wire ¶3")
    assert ROWS[1].chain == ("Keller “called”", "B news ¶3")


def test_the_words_that_differ_are_offsets_into_the_wording() -> None:
    [(start, end)] = ROWS[1].differs
    assert ROWS[1].words[start:end] == "our"
    assert not len(ROWS[0].differs)


def test_one_speaker_is_listed_once_with_figures() -> None:
    [heading, *rows] = listed(Grouping.SPEAKER)
    assert isinstance(heading, Heading)
    assert heading.words == "Anna Keller"
    assert heading.details == "2 quoted · 1 reported · in A B C · through the agency"
    assert len(rows) == 3


def test_every_grouping_holds_every_quotation_once() -> None:
    for grouping in Grouping:
        rows = [row.key for row in listed(grouping) if isinstance(row, QuotationRow)]
        assert sorted(rows) == ["q0", "q1", "q2"]


def test_kinds_sources_and_words_leave_their_own() -> None:
    def keys(**settings: object) -> list[str]:
        return [row.key for row in listed(Grouping.SOURCE, **settings) if not row.is_heading]  # type: ignore[arg-type]

    assert keys(show=Shown.MARKED) == ["q0", "q1"]
    assert keys(show=Shown.REPORTED) == ["q2"]
    assert keys(source=1) == ["q1"]
    assert keys(query="agency") == ["q2"]
    assert keys(query="keller valley") == ["q0", "q1", "q2"]


def test_there_is_no_heading_without_rows() -> None:
    for grouping in Grouping:
        assert listed(grouping, query="no such words") == []
