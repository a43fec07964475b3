"""The manual page and the completions name all that the program can do, and shells and troff can read them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from summitreader.cli import COMMANDS, main, parser_of
from summitreader.cli.manual import completions, offers, page
from summitreader.tui.commands import COMMANDS as KEYS


def test_the_page_has_every_command_every_option_and_every_key() -> None:
    plain = re.sub(r"\\f[BIR]", "", page()).replace(r"\-", "-")
    for name in COMMANDS:
        assert f"\n.SS {name}" in plain
    for name in ("", *COMMANDS):
        flags = [flag for action in parser_of(name)._actions for flag in action.option_strings if flag != "--offer"]
        assert all(flag in plain for flag in flags)
    for command in KEYS:
        assert command.does in plain.replace(r"\(dq", '"')


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_troff_has_nothing_to_complain_of(tmp_path: Path) -> None:
    (tmp_path / "page.1").write_text(page(), encoding="utf-8")
    words = ["groff", "-man", "-ww", "-Tutf8", str(tmp_path / "page.1")]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_every_command_and_option_is_offered() -> None:
    assert [line.partition("\t")[0] for line in offers([""])] == list(COMMANDS)
    for name in COMMANDS:
        flags = {flag for action in parser_of(name)._actions for flag in action.option_strings} - {"--offer"}
        assert {line.partition("\t")[0] for line in offers([name, "-"])} == flags


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["exp"], ["export\texport annotations"]),
        (["search", "--format", ""], ["text\t", "json\t"]),
        (["search", "--format=t"], []),
        (["manual", "--completions", "f"], ["fish\t"]),
        (["notes", "a"], ["add\t"]),
        (["compare", "a"], []),
        ([], [f"{name}\t{does}" for name, does in COMMANDS.items()]),
    ],
)
def test_what_may_stand_there_is_offered(words: list[str], offered: list[str]) -> None:
    assert offers(words) == offered


def test_the_command_offers_and_prints_the_completions(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manual", "--offer", "compare", "--form"]) == 0
    assert capsys.readouterr().out.startswith("--format\t")
    for shell in ("bash", "zsh", "fish"):
        assert main(["manual", "--completions", shell]) == 0
        assert "summitreader manual --offer" in capsys.readouterr().out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_takes_its_completions(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    (tmp_path / "script").write_text(completions(shell), encoding="utf-8")
    subprocess.run([shell, "-n", str(tmp_path / "script")], check=True)


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize(("words", "offered"), [("exp", ["export"]), ("search --format ", ["text", "json"])])
def test_bash_offers_what_fits(words: str, offered: list[str]) -> None:
    listed = " ".join(f"'{word}'" for word in ["summitreader", *words.split(" ")])
    program = f'summitreader() {{ "{sys.executable}" -m summitreader "$@"; }}'
    asks = f'COMP_WORDS=({listed}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _summitreader; printf "%s\\n"'
    script = f'{program}\n{completions("bash")}\n{asks} "${{COMPREPLY[@]}}"'
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == offered
