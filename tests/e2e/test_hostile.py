"""Text that would steer a terminal, read in one: what the benchmark of hostile input does, on the worst few."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.terminal

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "hostile_reader.py"
OSC = "\x1b]0;PWNED\x07"
CASES: dict[str, str | bytes] = {
    "sequences.txt": (
        f"before {OSC} and \x1b]52;c;cm0gLXJmIH4=\x07 and \x1b[2J\x1b[H and \x1b[?1049l and \x1bc after\n\n"
        "then \x9b2J and \x9d0;PWNED\x9c and \x90q\x9c and \x0e qqq \x0f and \x05\n\n"
        "not safe\rEVIL and \x07\x08\x7f end\n\n"
        "\x1bPtmux;\x1b\x1b]52;c;eA==\x07\x1b\\ and \x1b_Ga=T,f=100;AAAA\x1b\\ and \x1b]0;never ends\n\n"
        "user \u202etxt.exe\u202c file, access \u2066\u2067level\u2069\u2069, \u061cabc\u200e\n"
    ),
    "markup.txt": (
        "see [/ foo [/bold] end [bold]x[/bold] [red on blue]y[/] and [@click=app.quit]leave[/] now\n\n"
        "[link=file:///etc/passwd]x[/link] [type=x, v={'a[0]'}] [0] [b :bomb: $variable [$primary]z[/]\n"
    ),
    "odd.txt": "Z" + "\u0301" * 3000 + "algo and x" + "".join(chr(0xE0100 + n) for n in range(100)) + " then calm\n\n"
    "桥梁周一开通，市长说这是山谷的好日子。 قال المسؤولون إن ١٢ شخصًا قتلوا.\n\nשלום עולם 👩‍👩‍👧‍👦 🏳️‍🌈 🇫🇷 é ﷽ 山谷\n",
    "bytes.txt": b"caf\xe9 \xff\xfe \xc0\xaf \xed\xa0\x80 \x9b2J \xf4\x90\x80\x80 end of it\n",
}


@pytest.fixture(scope="module")
def trial() -> Any:
    spec = importlib.util.spec_from_file_location("hostile_reader", BENCHMARK)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    vars(module)["QUIET"] = 0.1
    return module


@pytest.fixture
def calm(tmp_path: Path, trial: Any) -> Path:
    path = tmp_path / "zz-calm.txt"
    path.write_text(trial.CALM, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", CASES)
def test_nothing_of_a_text_reaches_the_terminal_but_its_words(trial: Any, calm: Path, name: str) -> None:
    path, text = calm.parent / name, CASES[name]
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    assert trial.bear(str(path), name, str(calm), b"").wrong == []


def test_neither_the_name_of_a_file_nor_a_note_nor_what_is_pasted_steers_the_terminal(trial: Any, calm: Path) -> None:
    folder = calm.parent / f"{OSC} [bold]name"
    folder.mkdir()
    (folder / f"a\x1b[2J{OSC}.txt").write_text(f"# A title {OSC} of sorts\n\n{trial.CALM}", encoding="utf-8")
    (folder / "fifo\x9b2J.txt").symlink_to("/dev/zero")
    data = ["--data-dir", str(calm.parent / "data")]
    words = ["notes", "add", str(folder), "--quote", "The bridge over the river", "--note", f"odd {OSC} \x9b2J note"]
    added = subprocess.run([sys.executable, "-m", "summitreader", *data, *words, "--tag", OSC], capture_output=True)
    assert added.returncode == 0, added.stderr
    terminal = trial.Terminal(trial.reader(calm.parent / "data", str(folder)))
    assert terminal.until("Officials") is not None
    terminal.settle(0.5)
    paste = "\x1b[200~one \x07 and \x9b2J and \u202e two\x1b[201~"
    for keys in (
        "]",
        "a",
        paste,
        "\x0a",
        "kept\r",
        "U",
        "/",
        paste,
        "\r",
        "2",
        "5",
        "t",
        "\x1b",
        "6",
        "j",
        "?",
        "\x1b",
        "1",
        "e",
        paste,
        "\x1b",
    ):
        terminal.type(keys)
        assert not terminal.ended(), f"over after {keys!r}"
    terminal.type(b"\x11")
    assert terminal.close() == 0
    assert trial.wrong_in(terminal.sent) == []


def test_files_that_are_no_files_keep_nobody_waiting(trial: Any, calm: Path) -> None:
    import os

    os.mkfifo(calm.parent / "fifo.txt")
    (calm.parent / "zero.txt").symlink_to("/dev/zero")
    (calm.parent / "loop").symlink_to(".")
    terminal = trial.Terminal(trial.reader(calm.parent / "data", str(calm.parent)))
    assert terminal.until("Officials", limit=10) is not None
    terminal.type("6")
    terminal.type("G")
    terminal.until("zero.txt")
    library = "".join(terminal.rows())
    assert "fifo.txt" in library and "zero.txt" in library
    terminal.type(b"\x11")
    assert terminal.close() == 0
