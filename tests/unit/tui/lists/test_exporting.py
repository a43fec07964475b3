"""Names of exports are plain; what the program did not make is left alone, what it made is brought up to date."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitreader.errors import SummitreaderError
from summitreader.tui.dialogs.export import Format, file_name, note_formats, standing, suggested, write

PLAIN = Format("plain", "coverage", ".csv", lambda folder: "a,b\r\n")
OURS = "---\ngenerator: summitreader\n---\n\n<!-- summitreader:abc 3610a686 -->\nhello\n<!-- /summitreader:abc -->\n"
MARKDOWN = Format("markdown", "notes", ".md", lambda folder: OURS, updates=True)


@given(st.text())
def test_a_name_is_one_plain_part_of_a_path(story: str) -> None:
    name = file_name(story, PLAIN)
    assert name == Path(name).name
    assert not name.startswith(".")
    assert len(name.encode("utf-8", "surrogatepass")) <= 255
    assert name.endswith(".csv")


def test_a_file_that_only_is_made_new_gets_a_name_that_is_free(tmp_path: Path) -> None:
    first = suggested(tmp_path, "story", PLAIN)
    assert first == tmp_path / "story - coverage.csv"
    write(first, PLAIN, "a")
    assert suggested(tmp_path, "story", PLAIN) == tmp_path / "story - coverage 2.csv"
    with pytest.raises(SummitreaderError, match="will not be replaced"):
        write(first, PLAIN, "b")
    assert first.read_text("utf-8") == "\ufeffa", "by the mark a spreadsheet knows that it is UTF-8"


def test_what_the_program_made_is_brought_up_to_date_and_keeps_what_was_written_in_it(tmp_path: Path) -> None:
    path = suggested(tmp_path, "story", MARKDOWN)
    write(path, MARKDOWN, OURS)
    path.write_text("Mine.\n" + path.read_text())
    assert suggested(tmp_path, "story", MARKDOWN) == path
    assert "Will be updated" in standing(path, MARKDOWN, OURS).words
    write(path, MARKDOWN, OURS)
    assert path.read_text().startswith("Mine.\n")


def test_what_it_did_not_make_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "story - notes.md"
    path.write_text("mine")
    assert not standing(path, MARKDOWN, OURS).allowed
    assert suggested(tmp_path, "story", MARKDOWN) == tmp_path / "story - notes 2.md"
    (tmp_path / "link.md").symlink_to(tmp_path / "nowhere")
    assert not standing(tmp_path / "link.md", MARKDOWN, OURS).allowed
    assert not standing(tmp_path, MARKDOWN, OURS).allowed
    assert not standing(tmp_path / "none" / "new.md", MARKDOWN, OURS).allowed


def test_some_notes_never_go_into_the_file_of_all() -> None:
    everything = note_formats([], [], lambda sha256: None, some=False)
    some = note_formats([], [], lambda sha256: None, some=True)
    assert not {file_name("s", form) for form in everything} & {file_name("s", form) for form in some}
