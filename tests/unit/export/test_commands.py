"""`notes`, `export`, `import` and `verify` as a script calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summitreader.cli import main
from tests.unit.notes.accounts import STORY


class Calls:
    """The command line on a data folder of its own: status, standard output, standard error."""

    def __init__(self, data: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.data = data
        self.capture = capture

    def __call__(self, *words: str | Path) -> tuple[int, str, str]:
        try:
            status = main([*map(str, words), "--data-dir", str(self.data)])
        except SystemExit as stop:
            status = int(str(stop.code))
        seen = self.capture.readouterr()
        return status, seen.out, seen.err


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Calls:
    return Calls(tmp_path / "data", capsys)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text(STORY, "utf-8")
    (folder / "b.txt").write_text("The Read-out\n\nThe office said that peace was near. It said no more.", "utf-8")
    return folder


def test_add_prints_the_id_of_a_note_that_list_then_shows(call: Calls, corpus: Path) -> None:
    status, out, _ = call("notes", "add", corpus / "a.txt", "--quote", "hoped for  peace", "--note", "n", "--tag", "t")
    assert status == 0
    status, listed, _ = call("notes", "list", "--format", "json")
    (note,) = json.loads(listed)
    start = STORY.index("hoped for peace")
    assert (note["id"], note["note"], note["tags"]) == (out.strip(), "n", ["t"])
    (target,) = note["targets"]
    assert (target["quote"], target["start"], target["end"]) == ("hoped for peace", start, start + 15)
    assert (target["source"], target["path"], target["state"]) == ("a.txt", str(corpus / "a.txt"), "sure")
    assert set(note) >= {"id", "note", "tags", "targets", "created", "modified"}


def test_words_that_stand_twice_want_to_be_told_apart(call: Calls, corpus: Path) -> None:
    status, out, err = call("notes", "add", corpus, "--quote", "peace")
    assert (status, out) == (2, "") and "occurs 2 times" in err
    assert call("notes", "add", corpus, "--quote", "peace", "--occurrence", "3")[0] == 2
    assert call("notes", "add", corpus, "--quote", "peace", "--occurrence", "2")[0] == 0
    (note,) = json.loads(call("notes", "list", "--format", "json")[1])
    assert note["targets"][0]["source"] == "b.txt"


def test_words_that_are_not_there_and_calls_that_lack_something_are_told_apart(call: Calls, corpus: Path) -> None:
    assert call("notes", "add", corpus, "--quote", "no such words")[0] == 1
    assert call("notes", "add", corpus)[0] == 2
    assert call("notes", "add", corpus / "nothing.txt", "--quote", "x")[0] == 1
    assert call("notes", "remove")[0] == 2
    assert call("notes", "remove", "nix")[0] == 2


def test_the_same_note_twice_is_two_notes_and_one_is_removed_and_undone_alone(call: Calls, corpus: Path) -> None:
    ids = [call("notes", "add", corpus, "--quote", "Saturday", "--note", "n")[1].strip() for _ in range(2)]
    assert len(set(ids)) == 2
    assert call("notes", "remove", ids[0])[0] == 0
    assert [n["id"] for n in json.loads(call("notes", "list", "--format", "json")[1])] == [ids[1]]
    assert "deletion" in call("notes", "undo")[2]
    assert len(json.loads(call("notes", "list", corpus, "--format", "json")[1])) == 2


def test_a_list_is_narrowed_by_source_tag_words_and_state(call: Calls, corpus: Path) -> None:
    call("notes", "add", corpus, "--quote", "Saturday", "--tag", "day")
    call("notes", "add", corpus / "b.txt", "--quote", "It said no more", "--note", "hm")
    for words, count in (
        ([corpus / "b.txt"], 1),
        ([corpus], 2),
        (["--tag", "day"], 1),
        (["--search", "HM"], 1),
        (["--state", "orphan"], 0),
    ):
        assert len(json.loads(call("notes", "list", "--format", "json", *words)[1])) == count


def test_several_words_after_one_tag_are_tags_of_a_note_and_a_path_where_notes_are_listed(
    call: Calls, corpus: Path
) -> None:
    assert call("notes", "add", corpus, "--tag", "day", "in doubt", "--tag", "c", "--quote", "Saturday")[0] == 0
    assert call("notes", "add", "--tag", "day", corpus / "b.txt", "--quote", "It said no more")[0] == 0
    notes = json.loads(call("notes", "list", "--format", "json", "--tag", "day", corpus)[1])
    assert [note["tags"] for note in notes] == [["day", "in doubt", "c"], ["day"]]
    assert len(json.loads(call("notes", "list", "--format", "json", "--tag", "day", corpus / "b.txt")[1])) == 1


def test_an_export_is_verified_and_a_change_in_a_source_is_found(call: Calls, corpus: Path, tmp_path: Path) -> None:
    for words in ("inseparable partners", "hoped for peace", "reported"):
        call("notes", "add", corpus / "a.txt", "--quote", words)
    file = tmp_path / "out" / "notes.md"
    file.parent.mkdir()
    assert call("export", "-o", file)[0] == 0
    assert call("verify", file)[0] == 0
    changed = STORY.replace("inseparable partners", "inseparable cooperation partners").replace(
        "He hoped for peace.", ""
    )
    (corpus / "a.txt").write_text("Update.\n\n" + changed, "utf-8")
    status, out, _ = call("verify", file, "--format", "json")
    assert status == 1
    verdicts = {c["quote"]: (c["verdict"], c["now"]) for c in json.loads(out)}
    assert verdicts == {
        "inseparable partners": ("changed", "inseparable cooperation partners"),
        "hoped for peace": ("gone", None),
        "reported": ("unchanged", None),
    }
    (corpus / "a.txt").unlink()
    assert {c["verdict"] for c in json.loads(call("verify", file, "--format", "json")[1])} == {"gone"}


def test_words_altered_in_the_markdown_are_found(call: Calls, corpus: Path, tmp_path: Path) -> None:
    call("notes", "add", corpus / "a.txt", "--quote", "inseparable partners")
    file = tmp_path / "notes.md"
    call("export", "-o", file)
    file.write_text(file.read_text("utf-8").replace("> inseparable", "> separable"), "utf-8")
    status, out, _ = call("verify", file)
    assert status == 1 and out.startswith("changed") and "not those of the source" in out


def test_a_file_that_is_no_export_cannot_be_verified(call: Calls, tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("> words\n")
    assert call("verify", tmp_path / "mine.md")[0] == 1
    assert call("verify", tmp_path / "nothing.md")[0] == 1


@pytest.mark.parametrize("kind", ["jsonld", "jsonl", "csv"])
def test_what_is_exported_is_imported_elsewhere_with_its_ids(
    call: Calls, corpus: Path, tmp_path: Path, kind: str
) -> None:
    id = call("notes", "add", corpus / "a.txt", "--quote", "hoped for peace", "--note", "=n")[1].strip()
    file = tmp_path / f"notes.{kind}"
    assert call("export", corpus, "--format", kind, "-o", file)[0] == 0
    call.data = tmp_path / "other"
    status, out, err = call("import", file, corpus)
    assert (status, out.strip()) == (0, id) and "1 new" in err
    (note,) = json.loads(call("notes", "list", corpus, "--format", "json")[1])
    assert (note["note"], note["targets"][0]["state"]) == ("=n", "sure")
    assert call("import", file)[1] == ""


def test_words_that_were_not_looked_for_yet_are_not_called_gone(call: Calls, corpus: Path, tmp_path: Path) -> None:
    call("notes", "add", corpus / "a.txt", "--quote", "hoped for peace")
    call("export", "--format", "csv", "-o", tmp_path / "notes.csv")
    call.data = tmp_path / "other"
    call("import", tmp_path / "notes.csv")
    assert "not located yet" in call("notes", "list")[1]
    assert "Not yet looked for" in call("export")[1]
    assert "ooked for" not in call("notes", "list", corpus)[1] + call("export")[1]


def test_an_import_of_something_else_is_an_error(call: Calls, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[" * 100_000)
    status, _, err = call("import", tmp_path / "x.json")
    assert status == 1 and err.startswith("summitreader: This is no JSON")
    assert call("import", tmp_path / "nothing.json")[0] == 1


def test_no_command_prints_what_could_steer_a_terminal(call: Calls, tmp_path: Path) -> None:
    file = tmp_path / "evil.txt"
    file.write_text("One \x1b]0;PWNED\x07 two \x9b2J three.\n\nAnd more.", "utf-8")
    call(
        "notes",
        "add",
        file,
        "--quote",
        "One \x1b]0;PWNED\x07 two \x9b2J three.",
        "--note",
        "\x1b[2J",
        "--tag",
        "\x9b1m",
    )
    for words in (["notes", "list"], ["notes", "list", "--format", "json"], ["export"], ["export", "--format", "csv"]):
        status, out, err = call(*words)
        assert status == 0 and "PWNED" in out
        assert not set(out + err) & {"\x1b", "\x9b", "\x07"}
    for kind in ("jsonld", "jsonl"):
        assert not set(call("export", "--format", kind)[1]) & {"\x1b", "\x9b", "\x07"}


def test_one_file_a_source_goes_into_a_folder_and_a_foreign_file_is_left(
    call: Calls, corpus: Path, tmp_path: Path
) -> None:
    call("notes", "add", corpus, "--quote", "Saturday")
    call("notes", "add", corpus, "--quote", "It said no more")
    folder = tmp_path / "out"
    assert call("export", "--each", "-o", folder)[0] == 0
    assert len(list(folder.glob("*.md"))) == 2
    (tmp_path / "mine.json").write_text("{}")
    status, _, err = call("export", "--format", "jsonld", "-o", tmp_path / "mine.json")
    assert status == 1 and "--overwrite" in err and (tmp_path / "mine.json").read_text() == "{}"
