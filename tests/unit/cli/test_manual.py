"""The manual page and the completions name all that the program can do, and shells and troff can read them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from summitreader.cli import COMMANDS
from summitreader.cli import main as run
from summitreader.cli.manual import calls, completions, page
from summitreader.tui.commands import COMMANDS as KEYS


def test_the_page_has_every_command_every_option_and_every_key() -> None:
    plain = re.sub(r"\\f[BIR]", "", page()).replace(r"\-", "-")
    for name in COMMANDS:
        assert f"\n.SS {name}" in plain
    for call in calls():
        for option in call.options:
            assert all(flag in plain for flag in option.flags)
    for command in KEYS:
        assert command.does in plain.replace(r"\(dq", '"')


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_troff_has_nothing_to_complain_of(tmp_path: Path) -> None:
    (tmp_path / "page.1").write_text(page(), encoding="utf-8")
    words = ["groff", "-man", "-ww", "-Tutf8", str(tmp_path / "page.1")]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stderr == ""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completions_know_every_command_and_option(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["manual", "--completions", shell]) == 0
    script = capsys.readouterr().out
    for call in calls():
        assert call.name in script
        for option in call.options:
            for flag in option.flags:
                assert (
                    flag if shell != "fish" else f" -{'l' if flag[:2] == '--' else 's'} {flag.lstrip('-')}"
                ) in script


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("exp", ["export"]),
        ("compare --form", ["--format"]),
        ("search --format ", ["text", "json"]),
        ("compare a", ["a file.txt"]),
        ("manual --completions f", ["fish"]),
    ],
)
def test_bash_offers_what_fits(tmp_path: Path, words: str, offered: list[str]) -> None:
    (tmp_path / "a file.txt").touch()
    listed = " ".join(f"'{word}'" for word in ["summitreader", *words.split(" ")])
    asks = f'COMP_WORDS=({listed}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _summitreader; printf "%s\\n"'
    script = f'{completions("bash")}\n{asks} "${{COMPREPLY[@]}}"'
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == offered
