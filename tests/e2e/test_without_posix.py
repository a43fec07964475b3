"""The program without what Windows lacks: it compares, takes notes, exports, verifies, and the reader starts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import summitreader

mypy = pytest.importorskip("mypy", reason="mypy, which brings typeshed, is not installed")
HERE = Path(__file__).parent / "without_posix"
SAMPLE = Path(__file__).parents[2] / "sample_corpus" / "brightwater-verdict"
READ = """
import asyncio, sys
from pathlib import Path
from summitreader.config.places import places
from summitreader.config.settings import read
from summitreader.config.state import State
from summitreader.sources.model import LoadRequest
from summitreader.tui.app import SummitApp
from summitreader.tui.workers import Background, Loading

async def go(pilot, app):
    async with asyncio.timeout(120):
        while app.session is None or not app.session.compared or app.store is None:
            await pilot.pause(0.05)
        await pilot.press("j", "j", "v")
        while not app.session.notes.annotations:
            await pilot.pause(0.05)

async def main():
    where = places(Path(sys.argv[2]))
    found = read(where.settings)
    background = Background(cache=where.cache / "compare", kinds=found.settings.kinds)
    loading = Loading([Path(sys.argv[1])], background, LoadRequest())
    loading.start()
    app = SummitApp(loading, background, where, State(where.state), found)
    async with app.run_test(size=(120, 36)) as pilot:
        await go(pilot, app)
    background.stop()

asyncio.run(main())
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    stubs = Path(mypy.__file__).parent / "typeshed" / "stdlib"
    source = Path(summitreader.__file__).parent.parent
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(HERE), str(source)]),
        "SUMMITREADER_TYPESHED": str(stubs),
        "SUMMITREADER_DATA_DIR": str(tmp_path / "data"),
    }


def run(environment: dict[str, str], *words: str | Path, program: tuple[str, ...] = ("-m", "summitreader")) -> str:
    called = [sys.executable, *program, *map(str, words)]
    done = subprocess.run(called, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_modules_of_the_program_find_no_posix(environment: dict[str, str], tmp_path: Path) -> None:
    asked = tmp_path / "asked.py"
    asked.write_text(
        "__name__ = 'summitreader.asked'\nimport os, signal\nassert not hasattr(os, 'fork')\n"
        "assert not hasattr(signal, 'SIGHUP')\ntry:\n    import fcntl\nexcept ImportError:\n    print('none')\n",
        encoding="utf-8",
    )
    assert run(environment, program=(str(asked),)) == "none\n"


def test_it_compares_takes_notes_exports_and_verifies(environment: dict[str, str], tmp_path: Path) -> None:
    assert json.loads(run(environment, "compare", SAMPLE, "--format", "json"))["links"]
    run(environment, "notes", "add", SAMPLE, "--quote", "The mothers had brought bottles", "--note", "seen")
    out, page = tmp_path / "notes.md", tmp_path / "page.html"
    run(environment, "export", SAMPLE, "-o", out)
    assert "seen" in out.read_text(encoding="utf-8")
    run(environment, "verify", out, SAMPLE)
    run(environment, "report", SAMPLE, "-o", page)
    run(environment, "verify", page, SAMPLE)
    run(environment, "doctor")


def test_the_reader_starts_and_takes_a_note(environment: dict[str, str], tmp_path: Path) -> None:
    run(environment, SAMPLE, tmp_path / "data", program=("-c", READ))
    listed = run(environment, "notes", "list", SAMPLE, "--format", "json")
    assert len(json.loads(listed)) == 1
