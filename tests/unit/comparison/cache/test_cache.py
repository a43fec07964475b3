"""What the cache promises: the same report as without it, at once the second time, and never a failure of its own."""

from __future__ import annotations

import json
import os
import pickle
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summitreader import Report, Source, compare
from summitreader.comparison import stages
from summitreader.comparison.cache import folder, kept
from summitreader.comparison.linking.analysis import analyse

SENTENCES = (
    "Flood waters cut the only bridge to Harlow on Tuesday.",
    "Mayor Edith Crane said the army would lay a crossing within two days.",
    "“We will rebuild the bridge,” Crane told reporters in Harlow.",
    "The mayor, Edith Crane, promised: “We will rebuild that bridge.”",
    "About 400 homes have no power after the river destroyed the bridge.",
    "Some 300 homes in Harlow were without electricity, the utility said.",
    "The school will stay closed until Monday.",
    "A concert in the cathedral was called off.",
    "South Korea sent blankets, and so did Seoul’s neighbours.",
)
A, B, C = " ".join(SENTENCES[:3]), "\n\n".join(SENTENCES[3:6]), "\n\n".join(SENTENCES[4:])


def source(text: str, name: str) -> Source:
    return Source.from_text(text, id=name)


def story() -> list[Source]:
    return [source(A, "a"), source(B, "b"), source(C, "c")]


def printed(report: Report) -> str:
    return json.dumps(report.to_dict(), ensure_ascii=False)


def files(cache: Path) -> list[Path]:
    return sorted(cache.iterdir())


texts = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5).map("\n\n".join)
edits = st.lists(st.tuples(st.sampled_from("abcd"), st.none() | texts), min_size=2, max_size=6)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits)
def test_whatever_is_added_edited_or_removed_the_report_is_that_of_a_fresh_run(
    tmp_path: Path, steps: Sequence[tuple[str, str | None]]
) -> None:
    now: dict[str, str] = {}
    for name, text in steps:
        if text is None:
            now.pop(name, None)
        else:
            now[name] = text
        sources = [source(t, n) for n, t in now.items()]
        fresh = compare(sources)
        assert printed(compare(sources, cache=tmp_path)) == printed(fresh)
        again = compare(sources, cache=tmp_path)
        assert again == fresh
        assert printed(again) == printed(fresh)


def test_the_second_opening_gives_the_whole_report_first_and_looks_at_no_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = compare(story(), cache=tmp_path)
    monkeypatch.setattr(import_module("summitreader.comparison.engine"), "link_sources", None)
    monkeypatch.setattr(kept, "find_quotations", None)
    reports = list(stages(story(), cache=tmp_path))
    assert reports == [first]


def test_a_source_that_is_added_costs_no_new_analysis_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare(story()[:2], cache=tmp_path)
    looked_at: list[str] = []

    def counted(source: Source, *rest: object) -> object:
        looked_at.append(source.id)
        return analyse(source, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(kept, "analyse", counted)
    compare(story(), cache=tmp_path)
    assert looked_at == ["c"]


def test_candidates_that_are_asked_for_are_neither_kept_nor_taken_for_the_report(tmp_path: Path) -> None:
    asked = compare(story(), min_score=0.0, cache=tmp_path)
    plain = compare(story(), cache=tmp_path)
    assert len(plain.links) < len(asked.links)
    assert compare(story(), min_score=0.0, cache=tmp_path) == asked


def test_what_is_known_of_a_source_is_part_of_what_it_is(tmp_path: Path) -> None:
    compare(story(), cache=tmp_path)
    dated = [Source.from_text(A, id="a", published="2025-11-01", outlet="The Post"), *story()[1:]]
    assert printed(compare(dated, cache=tmp_path)) == printed(compare(dated))


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "swap"])
def test_a_damaged_cache_is_thrown_away_in_silence(tmp_path: Path, damage: str) -> None:
    fresh = compare(story(), cache=tmp_path)
    contents = [f.read_bytes() for f in files(tmp_path)]
    for n, file in enumerate(files(tmp_path)):
        content = bytearray(contents[n])
        if damage == "cut":
            del content[-7:]
        elif damage == "flip":
            content[len(content) // 2] ^= 1
        elif damage == "swap":
            content = bytearray(contents[n - 1])
        else:
            content.clear()
        file.write_bytes(content)
    assert printed(compare(story(), cache=tmp_path)) == printed(fresh)
    assert [f.read_bytes() for f in files(tmp_path)] == contents


def test_a_whole_file_of_another_shape_is_thrown_away_too(tmp_path: Path) -> None:
    fresh = compare(story(), cache=tmp_path)
    for file in files(tmp_path):
        folder.write(tmp_path, file.stem, b"\x93\x01\x02\x03")
    assert printed(compare(story(), cache=tmp_path)) == printed(fresh)


class _Harmful:
    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(Path.cwd() / "harm"),)


def test_nothing_that_stands_in_the_cache_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "cache"
    monkeypatch.chdir(tmp_path)
    compare(story(), cache=cache)
    for file in files(cache):
        folder.write(cache, file.stem, pickle.dumps(_Harmful()))
    compare(story(), cache=cache)
    assert not (tmp_path / "harm").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_what_others_may_write_is_not_trusted(tmp_path: Path) -> None:
    folder.write(tmp_path, "a", b"words")
    assert folder.read(tmp_path, "a") == b"words"
    files(tmp_path)[0].chmod(0o620)
    assert folder.read(tmp_path, "a") is None


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_a_pipe_in_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.kept")
    assert folder.read(tmp_path, "a") is None


def test_where_nothing_can_be_written_nothing_fails(tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.write_text("not a folder")
    assert printed(compare(story(), cache=taken)) == printed(compare(story()))
    assert taken.read_text() == "not a folder"


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    compare(story(), cache=tmp_path)
    assert files(tmp_path) == []


def test_text_that_utf8_has_no_form_for_is_compared_and_not_kept(tmp_path: Path) -> None:
    odd = [source(A + " \udcff", "a"), source(B, "b")]
    assert printed(compare(odd, cache=tmp_path)) == printed(compare(odd))


def test_another_engine_has_no_use_for_what_this_one_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compare(story(), cache=tmp_path)
    count = len(files(tmp_path))
    monkeypatch.setattr(kept, "engine_key", lambda: "another")
    compare(story(), cache=tmp_path)
    assert len(files(tmp_path)) == 2 * count


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    for n, key in enumerate("abc"):
        folder.write(tmp_path, key, os.urandom(1000))
        os.utime(tmp_path / f"{key}.kept", (1_000 + n, 1_000 + n))
    assert folder.read(tmp_path, "a") is not None
    folder.tidy(tmp_path, most=2_200)
    assert [f.stem for f in files(tmp_path)] == ["a", "c"]


def test_what_was_never_finished_is_cleared_away_after_an_hour(tmp_path: Path) -> None:
    old, new = tmp_path / "old.new", tmp_path / "new.new"
    for file in (old, new):
        file.write_bytes(b"half")
    os.utime(old, (time.time() - 4_000,) * 2)
    folder.tidy(tmp_path)
    assert files(tmp_path) == [new]


def test_what_is_too_large_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "LARGEST", 100)
    folder.write(tmp_path, "a", os.urandom(200))
    assert not files(tmp_path)
