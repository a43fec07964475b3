"""The settings file: what it may say, what a mistake costs, and that it is never written over."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from summitreader.cli import main
from summitreader.config.settings import FILE, NAMES, OWN_THEMES, Settings, default_text, line_of, read, write_default
from summitreader.errors import SummitreaderError
from summitreader.tui.commands import COMMANDS


def written(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_the_defaults_hold_and_nothing_is_wrong(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert found.settings == Settings()
    assert found.mistakes == ()


def test_what_the_file_says_holds(tmp_path: Path) -> None:
    text = 'theme = "nord"\ncolumn-width = 66\nlock = "off"\nanimation = false\nkinds = ["number"]\nkeys.copy = "Y"\n'
    found = read(written(tmp_path, text))
    assert found.mistakes == ()
    settings = found.settings
    assert (settings.theme, settings.column_width, settings.lock) == ("nord", 66, "off")
    assert (settings.animation, settings.kinds, dict(settings.keys)) == (False, ("number",), {"copy": ("Y",)})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colum-width = 70", "line 1: colum-width: unknown setting; did you mean column-width."),
        ("column-width = 7", "line 1: column-width: expected `int` >= 20, not 7."),
        ("column-width = 401", "line 1: column-width: expected `int` <= 400, not 401."),
        ("animation = 1", "line 1: animation: expected `bool`, got `int`, not 1."),
        ('lock = "linkd"', "line 1: lock: invalid enum value"),
        ("kinds = [[]]", "line 1: kinds: expected `str`, got `array`"),
        ('kinds = ["nmber"]', 'line 1: kinds: unknown kind "nmber"; did you mean number.'),
        ("[keys]\nnote = 3", "line 2: keys.note: expected `array`, got `int`, not 3."),
        ("x = = 1", "is not valid TOML"),
    ],
)
def test_a_mistake_names_file_line_key_and_the_nearest_right_name(tmp_path: Path, text: str, said: str) -> None:
    found = read(written(tmp_path, text))
    assert found.settings == Settings(kinds=() if "nmber" in text else None)
    assert len(found.mistakes) == 1
    assert said in found.mistakes[0]
    assert found.mistakes[0].startswith(str(tmp_path / FILE))


def test_a_mistake_leaves_the_rest_as_it_was_written(tmp_path: Path) -> None:
    assert read(written(tmp_path, 'lock = 7\ncolumn-width = 60\nthemes = "x"')).settings.column_width == 60


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"[" * 5000, b"a" * (1 << 21)])
def test_what_is_no_settings_file_is_passed_over_and_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    found = read(tmp_path)
    assert found.settings == Settings()
    assert "ignored" in found.mistakes[0]
    assert (tmp_path / FILE).read_bytes() == content


def test_a_line_is_found_in_a_table_and_outside_of_one() -> None:
    text = 'lock = "off"\n\n[keys]\nlock = "T"\n"copy" = "Y"\n'
    assert [line_of(text, name) for name in ("lock", "keys.lock", "keys.copy", "keys.none")] == [1, 4, 5, 0]


def test_the_default_file_says_what_holds_without_it(tmp_path: Path) -> None:
    """With every setting taken out of its comment, it is what it is without any."""
    text = default_text(COMMANDS, OWN_THEMES)
    write_default(tmp_path, text)
    assert read(tmp_path).settings == Settings()
    lines = [line.removeprefix("# ") for line in text.splitlines() if " = " in line or line.startswith("[")]
    document = tomllib.loads("\n".join(lines))
    assert set(document) == set(NAMES)
    assert {id: [keys] if isinstance(keys, str) else keys for id, keys in document["keys"].items()} == {
        command.id: list(command.keys) for command in COMMANDS
    }


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    written(tmp_path, "mine")
    with pytest.raises(SummitreaderError, match="is there already"):
        write_default(tmp_path, "other")
    assert (tmp_path / FILE).read_text() == "mine"


def test_the_commands_tell_the_path_write_the_file_once_and_print_what_holds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data-dir", str(tmp_path)]
    assert main(["settings", "--path", *data]) == 0
    path = Path(capsys.readouterr().out.strip())
    assert not path.exists()
    assert main(["settings", "--init", *data]) == 0
    assert main(["settings", "--init", *data]) == 1
    path.write_text('column-width = 60\n[keys]\ncopy = "ä"\nnote = "x"\n')
    capsys.readouterr()
    assert main(["settings", *data]) == 0
    told = capsys.readouterr()
    document = tomllib.loads(told.out)
    assert (document["column-width"], document["keys"]["copy"], document["keys"]["note"]) == (60, ["ä"], ["a"])
    assert "keys.note: “x” is the key of check-next too" in told.err
    assert main(["keys", *data]) == 0
    assert "ä " in capsys.readouterr().out
    assert main(["doctor", *data]) == 0
    told = capsys.readouterr()
    assert "mistakes: 1" in told.out
    assert "line 4: keys.note" in told.err
