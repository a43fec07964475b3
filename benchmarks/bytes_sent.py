"""How many bytes a program sends to its terminal, at its start and for each key: `bytes_sent.py KEYS -- COMMAND …`.

    python benchmarks/bytes_sent.py "j j j Tab Tab 0 1" -- summitreader sample_corpus
    python benchmarks/bytes_sent.py "Down Down Tab" -- another-program

The terminal is a pty of 160 columns by 45 rows in true colour, which answers that it knows synchronized output.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import signal
import struct
import termios
from collections.abc import Sequence

NAMED = {"Tab": "\t", "Enter": "\r", "Escape": "\x1b", "Space": " ", "Down": "\x1b[B", "Up": "\x1b[A"}
_SYNCHRONIZED_ASKED, _SYNCHRONIZED_KNOWN = b"\x1b[?2026$p", b"\x1b[?2026;2$y"


def bytes_sent(
    command: Sequence[str], keys: Sequence[str], *, columns: int = 160, rows: int = 45, quiet: float = 1.5
) -> list[tuple[str, int]]:
    """("start", bytes), then (key, bytes) for each key. A key is done when nothing has come for `quiet` seconds."""
    child, terminal = pty.fork()
    if child == 0:
        environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
        os.execvpe(command[0], list(command), {**environment, "TERM": "xterm-256color", "COLORTERM": "truecolor"})
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def heard(seconds: float) -> int:
        count = 0
        while select.select([terminal], [], [], seconds)[0]:
            try:
                data = os.read(terminal, 1 << 16)
            except OSError:
                break
            if not data:
                break
            count += len(data)
            if _SYNCHRONIZED_ASKED in data:
                os.write(terminal, _SYNCHRONIZED_KNOWN)
        return count

    try:
        found = [("start", heard(4 * quiet))]
        for key in keys:
            os.write(terminal, NAMED.get(key, key).encode())
            found.append((key, heard(quiet)))
    finally:
        os.kill(child, signal.SIGTERM)
        heard(0.5)
        os.close(terminal)
        os.waitpid(child, 0)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("keys", help="keys, with blanks between them")
    parser.add_argument("command", nargs="+", help="the program and its arguments, after --")
    arguments = parser.parse_args()
    for key, count in bytes_sent(arguments.command, arguments.keys.split()):
        print(f"{key:<8}{count:>9,}")


if __name__ == "__main__":
    main()
