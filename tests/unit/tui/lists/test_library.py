"""The rows of the library: every story and source, what was odd, and what was not read."""

from dataclasses import replace

from summitreader.sources import Skipped
from summitreader.text import Source
from summitreader.tui.lists.library import RefusalRow, SourceRow, StoryRow, arranged, library_rows
from summitreader.tui.widgets.row_list import Heading

BRIDGE = (
    replace(Source.from_text("One two three.", id="a.txt"), published="2025-03-02", notices=("cut short",)),
    replace(Source.from_text("다리가 열렸다.", id="b.txt"), published="2025-03-01T10:00", language="ko"),
)
FIRE = (replace(Source.from_text("水火。", id="c.txt"), language="zh"),)
REFUSED = (Skipped("d.bin", "it is no text."),)
ROWS = library_rows([("bridge", BRIDGE), ("fire", FIRE)], REFUSED, "bridge", {0}, (True, False))


def test_stories_hold_their_sources_and_refusals_stand_last() -> None:
    kinds = [type(row) for row in ROWS]
    assert kinds == [StoryRow, SourceRow, SourceRow, StoryRow, SourceRow, Heading, RefusalRow]


def test_a_story_has_the_days_of_its_sources() -> None:
    assert isinstance(ROWS[0], StoryRow)
    assert ROWS[0].dates == "2025-03-01 to 2025-03-02"


def test_a_source_says_what_is_to_be_known_of_it() -> None:
    first, second = ROWS[1], ROWS[2]
    assert isinstance(first, SourceRow)
    assert isinstance(second, SourceRow)
    assert (first.in_pane, first.remarks, first.length) == (True, ("cut short",), "3 words")
    assert (second.in_pane, second.remarks) == (False, ("not compared",))


def test_what_no_space_parts_is_counted_in_characters() -> None:
    assert isinstance(ROWS[4], SourceRow)
    assert ROWS[4].length == "3 chars"


def test_a_filter_leaves_a_source_with_its_story_and_a_story_with_its_sources() -> None:
    assert [row.key for row in arranged(ROWS, "b.txt")] == ["story bridge", ROWS[2].key]
    assert [row.key for row in arranged(ROWS, "fire")] == ["story fire", ROWS[4].key]
    assert [type(row) for row in arranged(ROWS, "no text")] == [Heading, RefusalRow]
    assert arranged(ROWS, "nowhere") == []
