"""What search, sources, keys and doctor promise on the command line."""

from __future__ import annotations

import io
import json
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from summitreader.cli import main
from summitreader.sources import registry

SAMPLE = str(Path(__file__).parents[3] / "sample_corpus")


def test_search_prints_hits_with_their_passages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "pipe dream", SAMPLE]) == 0
    out = capsys.readouterr().out
    assert "gyeongju-summit/korea-desk.txt" in out
    assert out.splitlines()[-1].endswith("sources")


def test_search_as_json_names_source_passage_and_span(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "pipe.?dream", SAMPLE, "--regex", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["total"] == len(found["hits"]) > 2
    assert set(found["hits"][0]) == {"source", "path", "passage", "start", "end"}
    hit = found["hits"][0]
    assert "pipe" in (Path(SAMPLE) / hit["path"]).read_text()[hit["start"] : hit["end"]]


def test_no_hit_is_said_and_no_failure_and_a_bad_expression_exits_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "xyzzy", SAMPLE]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "No match for “xyzzy”" in said.err
    assert main(["search", "(", SAMPLE, "--regex"]) == 2
    assert "character" in capsys.readouterr().err


def test_search_says_how_else_the_words_are_spelled_here(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("Peace\n\nThe programme was a pipe dream, said the mayor of the town.\n")
    assert main(["search", "pipedream", str(tmp_path)]) == 1
    assert "pipe dream (1)" in capsys.readouterr().err


def test_a_search_in_nothing_that_can_be_read_exits_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "b.png").write_bytes(b"\x89PNG")
    assert main(["search", "peace", str(tmp_path)]) == 1


def test_sources_lists_what_was_read_and_what_was_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("Ships collide\n\nTwo ships met off Vane on Friday in clear weather.\n")
    (tmp_path / "b.png").write_bytes(b"\x89PNG")
    assert main(["sources", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "title: Ships collide" in out
    assert "b.png: it is a picture." in out
    assert main(["sources", str(tmp_path), "--format", "json"]) == 0
    assert [r["path"] for r in json.loads(capsys.readouterr().out)["refused"]] == ["b.png"]


def test_keys_are_those_of_the_reader(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "--format", "json"]) == 0
    commands = json.loads(capsys.readouterr().out)["commands"]
    assert {"id", "keys", "does"} <= set(commands[0])
    assert any("j" in command["keys"] for command in commands)


def test_doctor_says_versions_and_places(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--data-dir", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert str(tmp_path) in out
    assert "textual" in out


def test_standard_input_is_a_source(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(
        "sys.stdin", io.TextIOWrapper(io.BytesIO(b"Ships collide\n\nTwo ships met off Vane on Friday.\n"))
    )
    assert main(["compare", "-"]) == 0
    assert "Ships collide" in capsys.readouterr().out


def test_add_writes_into_the_folder_and_names_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("Ships collide\n\nTwo ships met off Vane on Friday in clear weather.\n")
    assert main(["add", str(tmp_path / "a.txt"), "--to", str(tmp_path / "corpus")]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "corpus" / "ships-collide.md")
    assert main(["add", str(tmp_path / "none.txt"), "--to", str(tmp_path)]) == 1
    assert "not there" in capsys.readouterr().err


def test_doctor_says_whether_notes_mirror_and_cache_are_sound_and_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Ships collide\n\nTwo ships met off Vane on Friday in clear weather.\n")
    data = ["--data-dir", str(tmp_path / "data")]
    assert main(["doctor", *data]) == 0
    assert "notes: none yet" in capsys.readouterr().out
    assert not (tmp_path / "data").exists()
    assert main(["notes", "add", str(tmp_path / "a.txt"), "--quote", "Two ships", *data]) == 0
    cache = tmp_path / "data" / "cache" / "compare"
    cache.mkdir(parents=True)
    (cache / "torn.kept").write_bytes(b"half")
    capsys.readouterr()
    assert main(["doctor", *data]) == 0
    out = capsys.readouterr().out
    assert "notes: ok" in out
    assert "complete" in out
    assert "1 file, 0.0 MB of at most 134 MB; 1 damaged" in out
    mirror = tmp_path / "data" / "annotations.jsonl"
    torn = mirror.read_bytes()[:-9]
    mirror.write_bytes(torn)
    assert main(["doctor", *data]) == 0
    assert "mirror: 1 unreadable line, 1 change missing" in capsys.readouterr().out
    assert mirror.read_bytes() == torn


def test_a_reader_of_another_package_reads_its_suffix_and_one_that_fails_is_named_by_doctor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good = EntryPoint(".rot", "summitreader.sources.readers.email:read_email", registry.GROUP)
    bad = EntryPoint(".bad", "no_such_module:read", registry.GROUP)
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [good, bad])
    registry._added.cache_clear()
    try:
        (tmp_path / "a.rot").write_text("Subject: Ships collide\n\nTwo ships met off Vane on Friday.\n")
        assert main(["sources", str(tmp_path)]) == 0
        assert main(["doctor", "--data-dir", str(tmp_path)]) == 0
        out = capsys.readouterr().out
    finally:
        monkeypatch.undo()
        registry._added.cache_clear()
        registry._broken.clear()
    assert "title: Ships collide" in out
    assert ".rot: summitreader.sources.readers.email:read_email" in out
    assert ".bad: could not be loaded (ModuleNotFoundError" in out
