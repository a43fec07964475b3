"""Whatever is in the files of the state, one can start; what is right in them holds."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitreader.config.places import places
from summitreader.config.state import Reading, State, keep_seen, kept_seen
from summitreader.errors import UsageError

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


def write(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "reading.json").write_text(text, "utf-8")
    return folder


def test_where_one_was_is_there_again(tmp_path: Path) -> None:
    corpus = tmp_path / "a\nb"
    corpus.mkdir()
    State(tmp_path).keep([corpus], Reading(story="s", sources=["a"], offsets={"a": 7}))
    state = State(tmp_path)
    assert state.last_read() == [corpus]  # a line feed in a name is part of it
    assert state.reading([corpus]) == Reading(story="s", sources=["a"], offsets={"a": 7})
    assert state.reading([tmp_path]) == Reading()


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"corpora": {"[]": "\\ud800"}}',
        '{"a":' * 100_000,
        "null",
        "[]",
        "\x00",
        '{"corpora": []}',
        '{"theme": 1}',
    ],
)
def test_a_file_of_anything_else_is_no_reason_not_to_start(tmp_path: Path, text: str) -> None:
    state = State(write(tmp_path, text))
    assert state.last_read() == [] and state.theme == "" and state.reading([tmp_path]) == Reading()


def test_a_value_that_is_wrong_costs_itself_alone(tmp_path: Path) -> None:
    key = json.dumps([str(tmp_path.resolve())])
    wrong = {"story": "s", "sources": [1], "chosen": [[]], "searches": [1], "offsets": {"a": 1, "b": "x"}, "once": 3}
    state = State(write(tmp_path, json.dumps({"theme": "t", "corpora": {key: wrong, "bad": 3}})))
    assert state.theme == "t" and state.last_read() == [tmp_path]
    assert state.reading([tmp_path]) == Reading(story="s", offsets={"a": 1})


@given(st.dictionaries(st.sampled_from([*Reading.__dataclass_fields__]), JSON))
def test_what_is_read_has_the_right_types(tmp_path_factory: pytest.TempPathFactory, found: object) -> None:
    folder = tmp_path_factory.mktemp("state")
    key = json.dumps([str(folder.resolve())])
    reading = State(write(folder, json.dumps({"corpora": {key: found}}))).reading([folder])
    assert all(isinstance(s, str) for s in [*reading.sources, *reading.chosen, *reading.searches, *reading.offsets])
    assert isinstance(reading.once, bool) and all(isinstance(value, int) for value in reading.offsets.values())


def test_a_place_that_is_too_long_or_closed_is_one_that_is_gone(tmp_path: Path) -> None:
    key = json.dumps(["/" + "x" * 300])
    assert State(write(tmp_path, json.dumps({"corpora": {key: {}}}))).last_read() == []


def test_a_fifo_in_the_place_of_the_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "reading.json")
    state = State(tmp_path)
    state.keep([tmp_path], Reading())
    assert stat.S_ISFIFO((tmp_path / "reading.json").stat().st_mode)


def test_only_the_owner_can_read_where_one_was_and_what_one_has_seen(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    State(folder).keep([tmp_path], Reading())
    keep_seen(folder, tmp_path, ["a"], {"a": ["k"]})
    modes = {stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.rglob("*")]}
    assert modes == {0o600, 0o700}


def test_what_was_seen_is_kept_for_each_source_and_junk_is_left_out(tmp_path: Path) -> None:
    keep_seen(tmp_path, tmp_path, ["a"], {"a": ["k"]})
    keep_seen(tmp_path, tmp_path, ["b"], {"b": ["l"]})
    assert kept_seen(tmp_path, tmp_path) == {"a": ["k"], "b": ["l"]}
    (file,) = (tmp_path / "seen").iterdir()
    for text, wanted in (('{"a": [1], "b": ["l"]}', {"b": ["l"]}), ("[" * 100_000, {}), ("3", {})):
        file.write_text(text)
        assert kept_seen(tmp_path, tmp_path) == wanted


@pytest.mark.parametrize("home", [None, "", "relative"])
def test_without_a_home_folder_one_is_told_what_to_name(monkeypatch: pytest.MonkeyPatch, home: str | None) -> None:
    for name in ("SUMMITREADER_DATA_DIR", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr("pwd.getpwuid", lambda _: (_ for _ in ()).throw(KeyError("no such user")))
    if home is not None:
        monkeypatch.setenv("HOME", home)
    with pytest.raises(UsageError, match="--data-dir"):
        places()
    with pytest.raises(UsageError, match="Name it in full") if home is None else pytest.raises(UsageError):
        places(Path("~/x")) if home is None else places()
    assert places(Path("/x")).data == Path("/x")
