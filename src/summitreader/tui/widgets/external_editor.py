"""A long note in the editor that the reader is used to. What is typed there is never lost.

The note is written to a file of the state folder, the editor works on that file, and it is taken away only after its
text was kept. Where the program, the terminal or the machine ended in between, the file is found again by the note.
"""

from __future__ import annotations

import hashlib
import os
import shlex
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from summitreader.errors import SummitreaderError
from summitreader.files import private_folder, write_whole
from summitreader.processes import find_program
from summitreader.text.gate import shown_line

_FOLDER = "notes being written"
_USUAL = ("nano", "vim", "vi")


def editor_named(environment: Mapping[str, str], which: Callable[[str], str | None] = find_program) -> list[str]:
    """The command of the editor: VISUAL, else EDITOR, else the first of the usual ones that is there. Its program is an
    absolute path: one in the folder that is being read is never run."""
    for name in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(environment.get(name, ""))
        except ValueError:
            words = []
        if words:
            found = which(words[0])
            if found is None:
                raise SummitreaderError(f"{name}: {shown_line(words[0])} could not be started: program not found.")
            return [found, *words[1:]]
    found = next(filter(None, map(which, _USUAL)), None)
    if found is None:
        raise SummitreaderError("No editor set: set EDITOR to your editor.")
    return [found]


def file_for(folder: Path, key: str) -> Path:
    """The file on which an editor writes the note with that draft key."""
    return folder / _FOLDER / f"{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}.md"


def left_behind(folder: Path, key: str) -> str | None:
    """What an editor wrote for this note that was never taken over; None where there is nothing."""
    try:
        return _read(file_for(folder, key))
    except OSError:
        return None


def taken_over(folder: Path, key: str) -> None:
    """The note's text is kept: its file may go."""
    try:
        file_for(folder, key).unlink(missing_ok=True)
    except OSError:
        return


def edit_outside(folder: Path, key: str, text: str, suspended: Callable[[], AbstractContextManager[None]]) -> str:
    """`text` as the reader left it in the editor, while `suspended` gives the terminal away.

    The file stays until `taken_over` is called. Raises `SummitreaderError` where there is no editor, or it failed.
    """
    command = editor_named(os.environ)
    path = file_for(folder, key)
    private_folder(path.parent)
    write_whole(path, text.encode("utf-8", "surrogatepass"), private=True)
    try:
        with suspended(), _interrupts_are_the_editors():
            status = subprocess.run([*command, str(path)], check=False).returncode
    except BaseException as error:
        taken_over(folder, key)
        if isinstance(error, OSError):
            raise SummitreaderError(f"{shown_line(command[0])} could not be started: {error.strerror}.") from error
        raise
    if status != 0:
        taken_over(folder, key)
        raise SummitreaderError(f"{shown_line(command[0])} exited with status {status}; the note is unchanged.")
    return _read(path)


def _read(path: Path) -> str:
    """The text of the file, without the one line end that editors add."""
    return path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n").removesuffix("\n")


@contextmanager
def _interrupts_are_the_editors() -> Iterator[None]:
    """Ctrl-C in the editor is the editor's: here it does nothing, and the child does not inherit that."""
    before = signal.signal(signal.SIGINT, lambda number, frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
