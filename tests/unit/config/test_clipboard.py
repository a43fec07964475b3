"""Ways to the clipboard: the one of the screen that the reader sits at, and nothing claimed that is not known."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from summitreader.config.terminal import Tool, hand_to, hears_osc52, route_in_words, tools


def there(*names: str) -> Callable[[str], str | None]:
    return lambda name: f"/usr/bin/{name}" if name in names else None


EVERY = there("pbcopy", "wl-copy", "xclip", "xsel", "clip.exe")


def named(environment: dict[str, str], which: Callable[[str], str | None] = EVERY) -> list[str]:
    return [tool.name for tool in tools(environment, which)]


def test_a_program_is_asked_only_where_its_display_is() -> None:
    assert named({}, there("wl-copy", "xclip", "xsel")) == []
    assert named({"DISPLAY": ":0"}, there("wl-copy", "xclip", "xsel")) == ["xclip", "xsel"]
    assert named({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, there("wl-copy", "xclip")) == ["wl-copy", "xclip"]
    assert named({}, there("pbcopy")) == ["pbcopy"]
    assert named({}, there("clip.exe")) == ["clip.exe"]


def test_over_ssh_the_clipboard_of_the_other_machine_is_left_alone() -> None:
    assert named({"SSH_CONNECTION": "a b"}) == []
    assert named({"SSH_TTY": "/dev/pts/1", "DISPLAY": "localhost:10"}) == ["xclip", "xsel"]


@pytest.mark.parametrize(
    ("environment", "heard"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "tmux-256color", "TMUX": "x"}, True),
        ({"TERM": "dumb"}, False),
        ({}, False),
        ({"TERM": "linux"}, False),
        ({"TERM": "screen", "STY": "1.a"}, False),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, False),
    ],
)
def test_a_terminal_that_is_known_to_be_deaf_is_sent_nothing(environment: dict[str, str], heard: bool) -> None:
    assert hears_osc52(environment) is heard


def test_a_program_has_the_text_only_when_it_ends_well(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    take = f"import sys; open({str(taken)!r}, 'wb').write(sys.stdin.buffer.read())"
    assert hand_to(Tool("takes", (sys.executable, "-c", take)), "naïve ¶ 文")
    assert taken.read_text(encoding="utf-8") == "naïve ¶ 文"
    assert hand_to(Tool("takes", (sys.executable, "-c", take), "utf-16-le"), "文")
    assert taken.read_bytes() == "文".encode("utf-16-le")
    assert not hand_to(Tool("fails", (sys.executable, "-c", "raise SystemExit(1)")), "x")
    assert not hand_to(Tool("gone", (str(tmp_path / "none"),)), "x")


def test_a_program_that_does_not_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summitreader.config.terminal._PATIENCE", 0.2)
    assert not hand_to(Tool("waits", (sys.executable, "-c", "import time; time.sleep(30)")), "x")


def test_the_route_is_said_in_words(tmp_path: Path) -> None:
    assert route_in_words({"DISPLAY": ":0"}, tmp_path, there("xsel")) == "xsel"
    assert "may ignore it" in route_in_words({"TERM": "xterm"}, tmp_path, there())
    assert "set-clipboard on" in route_in_words({"TERM": "tmux", "TMUX": "x"}, tmp_path, there())
    assert str(tmp_path / "copied.txt") in route_in_words({"TERM": "dumb"}, tmp_path, there())
