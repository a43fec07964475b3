"""What the command line promises before any command runs: it is quick, loads little, and says what went wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from summitreader.cli import COMMANDS, main


def loaded_by(code: str) -> set[str]:
    """The modules that are loaded in a fresh process after `code`."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint('\\n'.join(sys.modules), file=sys.stderr)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.split())


HELP = "from summitreader.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass"


@pytest.mark.parametrize("code", ["import summitreader", HELP, HELP.replace("--help", "--version")])
def test_what_is_asked_for_most_loads_nothing_heavy(code: str) -> None:
    heavy = {
        "textual",
        "rich",
        "rapidfuzz",
        "sentencex",
        "simplemma",
        "chardet",
        "msgspec",
        "sqlite3",
        "typing",
        "json",
    }
    assert not loaded_by(code) & heavy


@pytest.mark.parametrize("module", ["comparison", "export.outline", "search", "sources", "notes"])
def test_the_work_without_a_screen_never_loads_textual(module: str) -> None:
    assert "textual" not in loaded_by(f"import summitreader.{module}")


def test_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("summitreader ")


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    assert stopped.value.code == 0
    out = capsys.readouterr().out
    assert all(f"  {name} " in out for name in COMMANDS)


def test_without_a_terminal_the_reader_says_so_and_names_compare(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["folder"]) == 1
    assert "summitreader compare folder" in capsys.readouterr().err


def test_a_file_named_like_a_command_is_opened_by_its_path(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["./compare"]) == 1
    assert "summitreader compare compare" in capsys.readouterr().err


def test_a_wrong_call_exits_with_2() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["compare", "--format", "nonsense", "x"])
    assert stopped.value.code == 2


def test_where_there_is_nothing_at_any_path_it_exits_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(tmp_path / "none\x1b]0;x\x07")]) == 1
    err = capsys.readouterr().err
    assert "No such file or folder" in err
    assert "\x1b" not in err


@pytest.mark.parametrize("words", [["compare"], ["search", "happened"], ["sources"]])
def test_a_path_that_is_not_there_costs_only_itself(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("One thing happened.\n")
    assert main([*words, str(tmp_path / "a.txt")]) == 0
    alone = capsys.readouterr().out
    assert main([*words, str(tmp_path / "none.txt"), str(tmp_path / "a.txt")]) == 0
    out, err = capsys.readouterr()
    assert out == alone
    assert "No such file or folder" in err and "none.txt" in err


def test_the_data_folder_may_be_named_before_or_after_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("One sentence here.\n")
    for words in (["--data-dir", str(tmp_path), "compare"], ["compare", "--data-dir", str(tmp_path)]):
        assert main([*words, str(tmp_path / "a.txt")]) == 0
        assert "A a (3 words)" in capsys.readouterr().out


def run_into(target: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    command = " ".join([sys.executable, "-m", "summitreader", *words])
    return subprocess.run(["bash", "-c", f"{command} {target}"], capture_output=True)


def test_an_output_that_is_full_is_told_in_a_sentence() -> None:
    done = run_into("> /dev/full", "doctor")
    assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)
    assert b"No space left" in done.stderr


def test_a_reader_that_leaves_the_pipe_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One more thing happened here today. " * 20_000)
    done = run_into("| head -c 5; exit ${PIPESTATUS[0]}", "search", "thing", str(tmp_path), "--format", "json")
    assert (done.returncode, done.stderr) == (141, b"")
