"""Names of exports are plain and free; what stands there is left alone."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from summitreader.tui.views.exporting import file_name, formats, free_name, standing


@given(st.text())
def test_a_name_is_one_plain_part_of_a_path(story: str) -> None:
    name = file_name(story, ".md")
    assert name == Path(name).name
    assert not name.startswith(".")
    assert name.isprintable()
    assert len(name.encode("utf-8")) <= 400
    assert name.endswith(" - notes.md")


def test_a_free_name_is_free(tmp_path: Path) -> None:
    path = tmp_path / "story - notes.md"
    assert free_name(path) == path
    path.write_text("mine")
    assert free_name(path) == tmp_path / "story - notes 2.md"


def test_what_stands_there_is_said(tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("mine")
    (tmp_path / "link.md").symlink_to(tmp_path / "nowhere")
    assert standing(tmp_path / "new.md") == ""
    assert "left as it is" in standing(tmp_path / "mine.md")
    assert "left as it is" in standing(tmp_path / "link.md")
    assert "folder" in standing(tmp_path)
    assert "no such folder" in standing(tmp_path / "none" / "new.md")


def test_markdown_comes_first() -> None:
    assert formats()[0].name == "markdown"
