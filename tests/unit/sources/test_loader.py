"""What a corpus that comes in promises: what was asked for stands first, and nothing depends on what that was."""

from __future__ import annotations

from pathlib import Path

import pytest

from summitreader import Corpus, Source
from summitreader.sources import loader
from summitreader.sources.loader import A_HANDFUL, MOST_TOGETHER, load_corpus
from summitreader.sources.model import Arrival, LoadRequest, Skipped, Stories

TEXT = "{0} fire\n\nA fire broke out in {0} on Friday and {0} was empty. Firemen of {0} came.\n\nThis is report {1}.\n"
TOWNS = ("Skarn", "Vane", "Quillby", "Ostmark")


def read(where: Path | list[Path], wanted: LoadRequest | None = None) -> tuple[list[Arrival], Stories]:
    root, *arrivals, last = load_corpus(where, wanted or LoadRequest())
    assert isinstance(root, Path)
    assert isinstance(last, Stories)
    return [arrival for arrival in arrivals if isinstance(arrival, Arrival)], last


def ids(arrival: Arrival) -> list[str]:
    return [one.id for _, one in arrival.items if isinstance(one, Source)]


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    for story in ("a", "b", "c"):
        (tmp_path / story).mkdir()
        for n in (1, 2):
            (tmp_path / story / f"{n}.txt").write_text(TEXT.format(story.upper(), n))
    (tmp_path / "b" / "picture.png").write_bytes(b"\x89PNG")
    return tmp_path


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """More sources than anybody reads side by side, on four fires."""
    for n in range(MOST_TOGETHER + 20):
        (tmp_path / f"{n:03}.txt").write_text(TEXT.format(TOWNS[n % len(TOWNS)], n))
    return tmp_path


def test_a_subfolder_arrives_whole_and_the_one_that_was_read_last_arrives_first(folders: Path) -> None:
    arrivals, _ = read(folders, LoadRequest("b", ("b/1.txt",)))
    assert [arrival.story for arrival in arrivals] == [(s, (f"{s}/1.txt", f"{s}/2.txt")) for s in ("b", "a", "c")]
    assert [one.path for _, one in arrivals[0].items if isinstance(one, Skipped)] == ["b/picture.png"]


def test_what_arrives_is_what_is_loaded_whatever_comes_first(folders: Path) -> None:
    corpus = Corpus.load(folders)
    for wanted in ("", "c"):
        arrivals, last = read(folders, LoadRequest(wanted))
        items = sorted((item for arrival in arrivals for item in arrival.items), key=lambda item: item[0])
        assert tuple(one for _, one in items if isinstance(one, Source)) == corpus.sources
        assert tuple(one for _, one in items if isinstance(one, Skipped)) == corpus.skipped
        assert last == Stories(corpus.stories)


def test_a_few_files_of_one_folder_are_one_story(tmp_path: Path) -> None:
    for n in range(4):
        (tmp_path / f"{n}.txt").write_text(TEXT.format(TOWNS[n], n))
    arrivals, last = read(tmp_path)
    assert [arrival.story for arrival in arrivals] == [(tmp_path.name, ("0.txt", "1.txt", "2.txt", "3.txt"))]
    assert last == Stories(())


def test_files_named_one_by_one_are_one_story_in_whatever_folders_they_lie(folders: Path) -> None:
    arrivals, last = read([folders / "a" / "1.txt", folders / "c" / "2.txt"])
    assert [arrival.story for arrival in arrivals] == [(folders.name, ("a/1.txt", "c/2.txt"))]
    assert last.stories == ()


def test_of_a_mixed_folder_the_first_few_stand_before_the_first_hundred_are_read(mixed: Path) -> None:
    arrivals, _ = read(mixed)
    assert arrivals[0].story == (f"{mixed.name}: the first {A_HANDFUL}", tuple(f"{n:03}.txt" for n in range(A_HANDFUL)))
    assert len(ids(arrivals[0])) < 100
    assert all(arrival.story is None for arrival in arrivals[1:])


def test_of_a_mixed_folder_what_was_read_last_stands_first(mixed: Path) -> None:
    arrivals, _ = read(mixed, LoadRequest("skarn", ("076.txt", "gone.txt", "079.txt")))
    assert arrivals[0].story == ("skarn", ("076.txt", "079.txt"))


def test_a_mixed_folder_falls_into_stories_each_with_how_sure_it_is(mixed: Path) -> None:
    _, last = read(mixed)
    towns = {frozenset(int(id[:3]) % len(TOWNS) for id in story) for _, story in last.stories}
    assert towns == {frozenset({n}) for n in range(len(TOWNS))}
    assert sorted(id for _, story in last.stories for id in story) == [f"{n:03}.txt" for n in range(MOST_TOGETHER + 20)]
    assert [name for name, _ in last.found] == [name for name, _ in last.stories]
    assert all(0.5 < sure < 1 for _, sure in last.found)


def test_in_a_folder_of_a_few_dozen_the_stories_are_offered_beside_the_whole(
    mixed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loader, "MOST_TOGETHER", 200)
    arrivals, last = read(mixed)
    assert [len(arrival.story[1]) for arrival in arrivals if arrival.story] == [MOST_TOGETHER + 20]
    assert last.stories[0] == (mixed.name, tuple(f"{n:03}.txt" for n in range(MOST_TOGETHER + 20)))
    assert len(last.found) == len(TOWNS)


def test_a_large_subfolder_is_a_story_and_falls_into_stories_under_its_own_name(mixed: Path, tmp_path: Path) -> None:
    inside = tmp_path / "may"
    inside.mkdir()
    for path in mixed.glob("*.txt"):
        path.rename(inside / path.name)
    (tmp_path / "june").mkdir()
    (tmp_path / "june" / "x.txt").write_text(TEXT.format("Hofn", 1))
    arrivals, last = read(tmp_path, LoadRequest("may: skarn-fire", ("may/004.txt",)))
    assert arrivals[0].story == ("may: skarn-fire", ("may/004.txt",))
    names = [name for name, _ in last.stories]
    assert names[0] == "june"
    assert names[1] == "may"
    assert len(names) > 3 and all(name.startswith("may: ") for name in names[2:])
