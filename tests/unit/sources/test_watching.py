"""What changed on the disk is told once, and only when it has come to rest."""

from __future__ import annotations

from pathlib import Path

from summitreader.sources.watching import GONE, Changes, Watch, stamps

A, B = (1, 10, 1), (2, 12, 1)


def test_a_change_is_told_when_it_is_the_same_at_two_looks_and_only_once() -> None:
    watch = Watch({"a.txt": A})
    assert not watch.look({"a.txt": A})
    assert not watch.look({"a.txt": (2, 5, 1)})
    assert not watch.look({"a.txt": B})
    assert watch.look({"a.txt": B}) == Changes(changed=("a.txt",))
    assert not watch.look({"a.txt": B})


def test_what_came_and_what_went_is_told() -> None:
    watch = Watch({"a.txt": A})
    watch.look({"b.txt": B})
    assert watch.look({"b.txt": B}) == Changes(gone=("a.txt",), new=("b.txt",))
    watch.look({"a.txt": B, "b.txt": B})
    assert watch.look({"a.txt": B, "b.txt": B}) == Changes(changed=("a.txt",))


def test_a_file_that_is_replaced_by_another_of_its_name_has_changed_not_gone() -> None:
    watch = Watch({"a.txt": A})
    watch.look({})
    assert not watch.look({"a.txt": B})
    assert watch.look({"a.txt": B}) == Changes(changed=("a.txt",))


def test_what_was_written_while_it_was_read_is_a_change() -> None:
    watch = Watch({"a.txt": GONE})
    watch.look({"a.txt": A})
    assert watch.look({"a.txt": A}) == Changes(changed=("a.txt",))


def test_stamps_are_of_the_files_of_the_corpus_by_their_names(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "a.txt").write_text("A text.")
    (tmp_path / ".hidden").write_text("no source")
    found = stamps([tmp_path])
    assert list(found) == ["inner/a.txt"]
    assert found["inner/a.txt"][1][1] == 7
