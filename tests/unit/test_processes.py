"""No process of the program executes what lies in the folder that is read, in the data folder or in the home folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from summitreader.comparison.model import Report
from summitreader.processes import INSTALLED, child_environment, find_program
from summitreader.sources.model import LoadRequest, Stories
from summitreader.text import Source
from summitreader.tui.workers import Background

NAMES = sorted({*sys.stdlib_module_names, *packages_distributions(), "summitreader"})
WORDS = "The ferry sank off Kestrel Sound on Sunday with forty people on board, the coastguard said."


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder one is in, which is the home and the data folder too, with a module of every name that is imported."""
    ran = tmp_path / "ran"
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name in NAMES:
        (folder / f"{name}.py").write_text(f"open({str(ran)!r}, 'a').write({name!r} + ' ')\n")
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(WORDS)
    monkeypatch.chdir(folder)
    for variable in ("HOME", "SUMMITREADER_DATA_DIR"):
        monkeypatch.setenv(variable, str(folder))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["", "."]))
    yield folder
    assert not ran.exists(), ran.read_text()


def test_the_planted_modules_would_run(planted: Path) -> None:
    """The trap closes: without `-P` a module of the current folder is imported."""
    subprocess.run([sys.executable, "-E", "-"], input=b"import pickle", check=False, capture_output=True)
    ran = planted.parent / "ran"
    assert "pickle" in ran.read_text()
    ran.unlink()


def test_the_comparing_child_imports_nothing_from_there(planted: Path) -> None:
    background = Background(cache=planted / "cache")
    try:
        parts = list(background.load([Path()], LoadRequest(), lambda progress: None))
        assert isinstance(parts[-1], Stories)
        sources = [Source.from_text(WORDS, id="a"), Source.from_text(WORDS, id="b")]
        *_, last = [part for part in background.compare(sources) if isinstance(part, Report)]
        assert last.links
        assert background.read_again([(Path("a.txt"), "a.txt", False)])["a.txt"]
    finally:
        background.stop()


@pytest.mark.parametrize(
    "words",
    [
        "compare a.txt b.txt",
        "notes add a.txt --quote ferry --note words",
        "search ferry a.txt --format json",
        "report a.txt b.txt -o report.html",
        "check a.txt b.txt",
        "add page.html --to added",
        "doctor",
    ],
)
def test_the_command_line_imports_nothing_from_there(planted: Path, words: str) -> None:
    (planted / "page.html").write_text(f"<title>Page</title><p>{WORDS}</p>")
    assert _run(*words.split()).returncode == 0


def test_the_template_s_process_imports_nothing_from_there(planted: Path) -> None:
    (planted / "t.jinja").write_text("{{ note }}\n")
    _run("notes", "add", "a.txt", "--quote", "ferry", "--note", "words")
    assert "words" in _run("export", "--template", "t.jinja").stdout


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("summitreader")
    return subprocess.run([program, *words], env=child_environment(), capture_output=True, text=True)


def test_a_child_has_absolute_paths_only() -> None:
    environment = {"PYTHONPATH": os.pathsep.join(["", ".", "lib", "/opt/lib"]), "HOME": "/h"}
    child = child_environment(environment)
    assert child["PYTHONPATH"].split(os.pathsep) == ["/opt/lib", str(INSTALLED)]
    assert child["HOME"] == "/h"


def test_programs_are_found_by_absolute_path_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, elsewhere = tmp_path / "here", tmp_path / "elsewhere"
    for folder in (here, elsewhere):
        folder.mkdir()
    for program in (here / "ed", here / "only", elsewhere / "ed"):
        program.touch(mode=0o755)
    monkeypatch.chdir(here)
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", str(here), str(elsewhere)]))
    assert find_program("ed") == str(elsewhere / "ed")
    assert find_program("only") is None
    assert find_program("./only") is None
    assert find_program(str(here / "only")) == str(here / "only")
    assert find_program(str(here / "absent")) is None
