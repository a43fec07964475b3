"""What loading promises: each file ends as a source or in a line with its reason, and nothing leads it astray."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from summitreader import Corpus
from summitreader.errors import Cancelled
from summitreader.sources.discovery import read_file
from summitreader.sources.model import Document, UnreadableFile

TEXT = "Two ships collide off Vane\n\nThe harbour authority said on Friday that two vessels had collided after noon.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.txt").write_text(TEXT)
    (tmp_path / "a.md").write_text("# " + TEXT)
    return tmp_path


def reasons(corpus: Corpus) -> dict[str, str]:
    return {refusal.path: refusal.reason for refusal in corpus.skipped}


def test_the_sources_of_a_folder_stand_in_order_of_path(folder: Path) -> None:
    corpus = Corpus.load(folder)
    assert [s.id for s in corpus.sources] == [s.path for s in corpus.sources] == ["a.md", "b.txt"]
    assert corpus.sources[1].title == "Two ships collide off Vane"
    assert corpus.stories == ()
    assert corpus.root == folder


def test_an_id_does_not_change_when_files_are_added(folder: Path) -> None:
    before = {s.path: s.id for s in Corpus.load(folder).sources}
    (folder / "a.txt").write_text(TEXT)
    after = {s.path: s.id for s in Corpus.load(folder).sources}
    assert before.items() <= after.items()


def test_subfolders_are_stories(folder: Path) -> None:
    (folder / "b.txt").unlink()
    (folder / "a.md").unlink()
    for story in ("one", "two"):
        (folder / story).mkdir()
        (folder / story / "x.txt").write_text(TEXT)
    assert Corpus.load(folder).stories == (("one", ("one/x.txt",)), ("two", ("two/x.txt",)))


def test_files_named_one_by_one_are_one_story(folder: Path) -> None:
    corpus = Corpus.load([folder / "b.txt", folder / "a.md", folder / "b.txt"])
    assert [s.path for s in corpus.sources] == ["a.md", "b.txt"]
    assert corpus.stories == ()


def test_one_file_is_a_corpus(folder: Path) -> None:
    corpus = Corpus.load(folder / "b.txt")
    assert [s.path for s in corpus.sources] == ["b.txt"]
    assert corpus.root == folder


def test_crlf_and_lf_files_are_the_same_text(folder: Path) -> None:
    (folder / "c.txt").write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    by_path = {s.path: s for s in Corpus.load(folder).sources}
    assert by_path["c.txt"].sha256 == by_path["b.txt"].sha256
    assert by_path["c.txt"].passages == by_path["b.txt"].passages


def test_links_fifos_and_devices_are_named_and_left_alone(folder: Path) -> None:
    os.mkfifo(folder / "fifo.txt")
    (folder / "out.txt").symlink_to("/etc/passwd")
    (folder / "self").symlink_to(".")
    started = time.monotonic()
    corpus = Corpus.load(folder)
    assert time.monotonic() - started < 1
    assert set(reasons(corpus)) == {"fifo.txt", "out.txt", "self"}
    assert "FIFO" in reasons(corpus)["fifo.txt"]
    assert [s.path for s in corpus.sources] == ["a.md", "b.txt"]


def test_a_link_that_was_named_is_followed(folder: Path) -> None:
    (folder / "link.txt").symlink_to("b.txt")
    assert [s.path for s in Corpus.load([folder / "link.txt"]).sources] == ["link.txt"]


@pytest.mark.parametrize("path", ["/dev/zero", "/proc/self/mem", "/nowhere/at/all", "a\0b"])
def test_what_is_no_regular_file_is_refused_at_once(path: str) -> None:
    with pytest.raises(UnreadableFile):
        read_file(Path(path), follow=True)


def test_a_file_that_is_too_large_is_refused_and_read_on_demand(folder: Path) -> None:
    assert "larger than" in reasons(Corpus.load(folder, largest=50))["b.txt"]
    assert Corpus.load(folder, largest=5000).skipped == ()


def test_a_picture_and_an_archive_are_refused_whatever_they_are_called(folder: Path) -> None:
    (folder / "p.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folder / "q.tar.gz").write_bytes(b"\x1f\x8b")
    assert set(reasons(Corpus.load(folder))) == {"p.txt", "q.tar.gz"}


def test_a_hostile_name_is_listed_safely_and_still_read(folder: Path) -> None:
    name = b"\x1b]0;PWN\x07\xff name.txt"
    Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(TEXT)
    source = next(s for s in Corpus.load(folder).sources if "PWN" in s.id)
    assert not set("\x1b\x07") & set(source.id)
    assert source.id.encode()
    assert source.path is not None
    assert os.fsencode(source.path) == name


def test_two_names_that_look_alike_when_shown_have_ids_of_their_own(folder: Path) -> None:
    (folder / "x\x01.txt").write_text(TEXT)
    (folder / "x\u2401.txt").write_text(TEXT)
    assert len({s.id for s in Corpus.load(folder).sources}) == 4


def test_an_empty_file_is_a_source_that_says_so(folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    source = next(s for s in Corpus.load(folder).sources if s.path == "empty.txt")
    assert source.passages == ()
    assert source.notices == ("There is nothing in it.",)


def test_loading_can_be_stopped_and_tells_how_far_it_is(folder: Path) -> None:
    told: list[float] = []
    Corpus.load(folder, progress=lambda share, doing: told.append(share))
    assert told[0] == 0 and told[-1] == 1 and told == sorted(told)
    with pytest.raises(Cancelled):
        Corpus.load(folder, cancelled=lambda: True)


@pytest.mark.usefixtures("in_this_process")
def test_a_reader_that_fails_takes_no_other_file_with_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(data: bytes, name: str) -> list[Document]:
        raise KeyError("oh")

    monkeypatch.setattr("summitreader.sources.registry._added", lambda: {".md": fail})
    corpus = Corpus.load(folder)
    assert [s.path for s in corpus.sources] == ["b.txt"]
    assert "KeyError" in reasons(corpus)["a.md"]


def test_the_file_name_adds_only_what_something_else_bears_out(tmp_path: Path) -> None:
    body = (
        "VANE, Nov 1 – The harbour authority said on Friday that two vessels had collided after noon in clear weather."
    )
    (tmp_path / "2024-11-01-vane-herald.txt").write_text(
        f"Ships collide\n\n{body}\n\n© Vane Herald. All rights reserved.\n"
    )
    (tmp_path / "2024-10-30-ships.txt").write_text(f"Ships collide\n\n{body}\n")
    second, first = Corpus.load(tmp_path).sources
    assert (first.published, first.outlet) == ("2024-11-01", "Vane Herald")
    assert (second.published, second.day, second.outlet) == (None, "--11-01", None)
