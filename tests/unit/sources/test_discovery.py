"""Which files of a folder are looked at."""

from pathlib import Path

from summitreader.sources.discovery import Found, find_files


def test_what_a_folder_lists_as_none_of_its_sources_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A.", encoding="utf-8")
    (tmp_path / "plan.json").write_text("{}", encoding="utf-8")
    (tmp_path / ".summitreaderignore").write_text("# remark\n*.json\n", encoding="utf-8")
    assert [item.name for item in find_files(tmp_path) if isinstance(item, Found)] == ["a.txt"]
