"""Loaded first by each Python process of the test: modules of summitreader find no POSIX.

What Windows has is read from typeshed, which mypy brings: names below `sys.platform != "win32"` are taken out of what
`import os` and the like give to modules of this program. The standard library, which has a Windows form of its own,
keeps them here.
"""

from __future__ import annotations

import ast
import asyncio
import builtins
import fcntl
import os
import select
import signal
import socket
import subprocess
import time
import types
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

TYPESHED = Path(os.environ["SUMMITREADER_TYPESHED"])
ABSENT = frozenset(
    {"fcntl", "termios", "tty", "pty", "resource", "pwd", "grp", "syslog", "readline", "curses", "posix"}
)


def on_windows(statements: Sequence[ast.stmt]) -> Iterator[str]:
    """The names that a stub defines where `sys.platform` is win32."""
    for statement in statements:
        if isinstance(statement, ast.If):
            test = ast.unparse(statement.test)
            holds = "!= 'win32'" not in test and ("== 'win32'" in test or "sys.platform ==" not in test)
            yield from on_windows(statement.body if holds else statement.orelse)
        elif isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield statement.name
        elif isinstance(statement, ast.AnnAssign | ast.Assign):
            targets = [statement.target] if isinstance(statement, ast.AnnAssign) else statement.targets
            yield from (target.id for target in targets if isinstance(target, ast.Name))
        elif isinstance(statement, ast.Import | ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in statement.names)


def held_to_windows(module: types.ModuleType, stub: str) -> types.ModuleType:
    text = (TYPESHED / stub).read_text(encoding="utf-8")
    known = {*on_windows(ast.parse(text).body)}
    named = {name for name in vars(module) if f"{name}" in text}
    held = types.ModuleType(module.__name__)
    held.__dict__.update({k: v for k, v in vars(module).items() if k in known or k not in named or k.startswith("__")})
    return held


HELD = {
    "os": held_to_windows(os, "os/__init__.pyi"),
    "signal": held_to_windows(signal, "signal.pyi"),
    "select": held_to_windows(select, "select.pyi"),
    "socket": held_to_windows(socket, "socket.pyi"),
    "time": held_to_windows(time, "time.pyi"),
}
if getattr(HELD["os"], "fchmod", None) or getattr(HELD["signal"], "SIGHUP", None) or not HELD["os"].open:
    raise SystemExit("typeshed was not understood")
MSVCRT = types.ModuleType("msvcrt")
MSVCRT.__dict__.update(LK_NBLCK=2, locking=lambda handle, mode, count: _lock_as_windows(handle, count))
_import = builtins.__import__


def _lock_as_windows(handle: int, count: int) -> None:
    """Windows locks `count` bytes from where the file stands, for one handle."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise PermissionError(*error.args) from None


def _held_import(
    name: str,
    globals: Mapping[str, Any] | None = None,
    locals: Mapping[str, Any] | None = None,
    fromlist: Sequence[str] = (),
    level: int = 0,
) -> types.ModuleType:
    asking = str((globals or {}).get("__name__", ""))
    if asking == "__main__":
        spec = (globals or {}).get("__spec__")
        asking = spec.name if spec is not None else ""
    if level == 0 and asking.partition(".")[0] == "summitreader":
        if name.partition(".")[0] in ABSENT:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        if name == "msvcrt":
            return MSVCRT
        if name in HELD:
            return HELD[name]
    return _import(name, globals, locals, fromlist, level)


def _no_handler(*_: object) -> None:
    raise NotImplementedError


class _Popen(subprocess.Popen[Any]):
    def __init__(self, *args: Any, preexec_fn: object = None, pass_fds: Sequence[int] = (), **kwargs: Any) -> None:
        if preexec_fn is not None or pass_fds:
            raise ValueError("not supported on Windows platforms")
        super().__init__(*args, **kwargs)


builtins.__import__ = _held_import  # type: ignore[assignment]
asyncio.unix_events._UnixSelectorEventLoop.add_signal_handler = _no_handler  # type: ignore[assignment]
subprocess.Popen = _Popen  # type: ignore[misc, assignment]
