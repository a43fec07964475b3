"""What others wrote into a document, a template, a table or a folder stays words: nothing hangs, nothing runs."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitreader.cli import main
from summitreader.errors import SummitreaderError
from summitreader.export import user_template
from summitreader.export.citation import read_data_line
from summitreader.export.user_template import template
from summitreader.export.verify import Verdict, check, quotations
from summitreader.files import write_whole
from summitreader.notes.importers import guarded, read_annotations, unguarded
from summitreader.search.matching import find_expression
from summitreader.search.query import Query, QueryError
from summitreader.text import Source
from tests.unit.export.notes_of import some
from tests.unit.notes.accounts import STORY, account

LINE = {
    "note": "n1",
    "target": 0,
    "path": "a.txt",
    "sha256": "0" * 64,
    "start": 0,
    "end": 5,
    "prefix": "",
    "suffix": "",
}


def data_line(**changes: object) -> str:
    return f"<!-- summitreader-quotation {json.dumps(LINE | changes)} -->"


# verify


@pytest.mark.parametrize(
    "changes",
    [
        *({"note": value} for value in ("\x1b]0;PWNED\x07", 3, None, ["a"], "a b", "a" * 65)),
        *({"start": value} for value in (float("inf"), float("nan"), 1e400, -1, "0", None, True, 7)),
        *({"end": value} for value in (float("-inf"), 0, 1 << 70)),
        *({"target": value} for value in (float("inf"), "0", None)),
        *({"sha256": value} for value in ("x", 3, "G" * 64)),
        *({"path": value} for value in (3, ["a"])),
        {"prefix": None},
    ],
)
def test_a_data_line_that_is_not_as_it_is_written_is_passed_over(changes: dict[str, object]) -> None:
    assert read_data_line(data_line()) is not None
    assert read_data_line(data_line(**changes)) is None


@pytest.mark.parametrize("path", ["/" + "x" * 5_000, "a\0b", "/proc/self/mem", "."])
def test_a_path_that_cannot_be_looked_at_is_that_of_a_quotation_that_is_gone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    file = tmp_path / "out.md"
    file.write_text(f"{data_line(path=path)}\n\n> words\n\n{data_line()}\n\n> Lead\n")
    (tmp_path / "a.txt").write_text(STORY)
    assert main(["verify", str(file), "--data-dir", str(tmp_path / "data"), "--format", "json"]) == 1
    verdicts = [one["verdict"] for one in json.loads(capsys.readouterr().out)]
    assert verdicts == ["gone", "moved"] or verdicts == ["gone", "gone"]


def test_words_among_other_words_are_moved_and_not_unchanged() -> None:
    old = "Twelve people were killed when the ferry sank. The harbour master said so.\n\nThe inquiry opens on Monday."
    new = (
        "Nobody died in the accident. The harbour master said so.\n\nThe inquiry opens on Monday.\n\n"
        "Correction: This page said wrongly: “Twelve people were killed when the ferry sank.” It was a rumour."
    )
    quote = "Twelve people were killed when the ferry sank."
    sha256 = Source(id="", text=old).sha256
    markdown = f"{data_line(sha256=sha256, end=len(quote))}\n\n> {quote}\n"
    (found,) = quotations(markdown)
    assert check(found, [new], lambda text: Source(id="", text=text).sha256, old).verdict is Verdict.MOVED
    beside = old.replace("The inquiry", "As was reported on Sunday, the inquiry")
    assert check(found, [beside], lambda text: Source(id="", text=text).sha256, old).verdict is Verdict.UNCHANGED


# Templates


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{{ " + "(" * 20_000, "cannot be read"),
        ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "too long"),
        ("{{ 'a' * 10**11 }}", "memory"),
        ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "failed"),
        ("{{ 'a' * 2000000 }}", "characters"),
    ],
)
def test_a_template_that_has_no_end_ends_its_own_process_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, why: str
) -> None:
    monkeypatch.setattr(user_template, "SECONDS", 1.5)
    began = time.monotonic()
    with pytest.raises(SummitreaderError, match=why):
        template(text)(some(tmp_path)[0], None)
    assert time.monotonic() - began < 20


def test_a_template_steers_no_terminal(tmp_path: Path) -> None:
    made = template("\x1b]0;PWNED\x07{{ note | raw }}\u202e\n")(some(tmp_path)[0], None)
    assert not set(made) & set("\x1b\x07\u202e")


def test_a_template_writes_many_annotations_in_one_process(tmp_path: Path) -> None:
    render = template("{{ id }} {{ note | block }} {{ targets[0].citation }} {{ '<b>' }}\n")
    notes = some(tmp_path)
    made = [render(note, None) for note in notes]
    assert [text.split()[0] for text in made] == [note.id for note in notes]
    assert all("\\<b" in text for text in made)


# Tables


@given(st.lists(st.text(alphabet="a=+-@;\t\r\n,\"'＝ |", max_size=8), min_size=1, max_size=4))
def test_no_cell_is_a_formula_whatever_parts_the_cells(cells: list[str]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(["id", *map(guarded, cells)])
    for delimiter in (",", ";", "\t"):
        for row in csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=delimiter):
            assert not any(cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) for cell in row)
    assert [unguarded(guarded(cell)) for cell in cells] == cells


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_that_a_spreadsheet_saved_with_its_own_delimiter_is_read(tmp_path: Path, delimiter: str) -> None:
    from summitreader.export.tables import table

    rows = list(csv.reader(io.StringIO(table(some(tmp_path)), newline="")))
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    found = read_annotations(out.getvalue().encode())
    assert found.kind == "CSV" and len(found.documents) == 3 and not found.refused


# Imports


@pytest.mark.parametrize(
    "change",
    [
        {"decided": 3},
        {"decided": [3]},
        {"decided": {"a": 1}},
        {"placed": {"state": []}},
        {"placed": {"state": {}}},
        {"source": 3},
    ],
)
def test_a_record_that_is_not_what_it_should_be_costs_itself_alone(tmp_path: Path, change: dict[str, object]) -> None:
    from summitreader.export.interchange import jsonl
    from summitreader.notes.store import Store

    notes = some(tmp_path)
    with Store.open(tmp_path / "data") as store:
        lines = jsonl(notes, store.snapshot, []).splitlines()
    records = [json.loads(line) for line in lines]
    at = next(n for n, record in enumerate(records) if "annotation" in record)
    records[at]["annotation"]["targets"][0] |= change
    found = read_annotations("\n".join(map(json.dumps, records)).encode())
    assert len(found.documents) == 2 and len(found.refused) == 1
    for part, value in (("correction", {"what": []}), ("iri", "\ud800"), ("tags", 3), ("id", "\x1b")):
        record = json.loads(lines[at])
        record["annotation"][part] = value
        found = read_annotations("\n".join([lines[0], json.dumps(record)]).encode())
        assert not found.documents and len(found.refused) == 1


# Files


@pytest.mark.parametrize("form", ["markdown", "csv", "jsonl", "jsonld"])
def test_an_export_replaces_regular_files_alone(tmp_path: Path, form: str) -> None:
    some(tmp_path)
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "null").symlink_to("/dev/null")
    (tmp_path / "dangling").symlink_to(tmp_path / "made")
    for name in ("fifo", "null", "dangling"):
        words = ["export", "--format", form, "-o", str(tmp_path / name), "--data-dir", str(tmp_path / "data")]
        for more in ([], ["--overwrite"]):
            assert main([*words, *more]) == 1
    assert not (tmp_path / "made").exists() and (tmp_path / "null").is_symlink()
    assert not Path("/dev/null").is_file()


def test_a_link_to_a_file_is_written_through_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old")
    (tmp_path / "link").symlink_to("file")
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "file").read_bytes() == b"new"


@pytest.mark.parametrize("words", [["verify", "FIFO"], ["export", "--template", "FIFO"], ["import", "FIFO"]])
def test_a_fifo_is_not_waited_for(tmp_path: Path, words: list[str]) -> None:
    os.mkfifo(tmp_path / "fifo")
    named = [str(tmp_path / "fifo") if word == "FIFO" else word for word in words]
    assert main([*named, "--data-dir", str(tmp_path / "data")]) in (1, 2)


# The command line


def test_what_argparse_repeats_is_safe_to_show(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["sources", "--\x1b]0;PWNED\x07", "x"])
    assert exit_.value.code == 2
    assert "\x1b" not in capsys.readouterr().err


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_traceback(tmp_path: Path, closed: str) -> None:
    (tmp_path / "a.txt").write_text("One sentence here.\n\nAnother paragraph.\n")
    command = f'"{sys.executable}" -m summitreader sources "{tmp_path}" --data-dir "{tmp_path}/data" {closed}'
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False, text=True)
    assert "Traceback" not in done.stderr + done.stdout
    assert done.returncode == (1 if ">&-" in closed.replace("2>&-", "") else 0)


def test_an_expression_that_takes_long_to_read_is_refused_before() -> None:
    began = time.process_time()
    with pytest.raises(QueryError, match="longer"):
        list(find_expression("text", Query("()" * 20_000), 0.5))
    list(find_expression("text", Query("()" * 2_000), 0.5))
    assert time.process_time() - began < 5


def test_a_file_whose_name_is_not_utf_8_can_be_noted_on(tmp_path: Path) -> None:
    from summitreader.notes.store import Store

    key = f"{tmp_path}/\udce9.txt\n0:1"
    with Store.open(tmp_path) as store:
        store.save_draft(key, "half a thought")
        assert store.draft(key) == "half a thought" and list(store.drafts()) == [key]
        store.drop_draft(key)
        source = account(name="\udce9.txt")
        added = store.add([(source, 0, 4)], "note", root=tmp_path)
        assert [a.id for a in store.for_sources([source], root=tmp_path)] == [added.id]
        assert store.search("\udce9") == []
