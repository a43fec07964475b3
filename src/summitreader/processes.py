"""How the program starts others: nothing in the folder that one is in is executed.

`python -m` puts the current folder first on `sys.path`, so that a `pickle.py` among the sources would run as code;
`shutil.which` finds a relative entry of PATH (on Windows the current folder too).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

INSTALLED = Path(__file__).resolve().parent.parent
"""The folder that `summitreader` is imported from: the working folder of every child, already on its `sys.path`."""


def module_command(module: str) -> list[str]:
    """The command that runs a module of this package; start it in `INSTALLED` and with `child_environment()`."""
    return [sys.executable, "-P", "-m", module]


def child_environment(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """`environment` for a child: no relative entry of PYTHONPATH, where an empty one means the current folder."""
    child = dict(environment)
    entries = [entry for entry in child.pop("PYTHONPATH", "").split(os.pathsep) if Path(entry).is_absolute()]
    # Without `summitreader` in an environment of its own (a checkout on PYTHONPATH, a zip), the child finds it too.
    return {**child, "PYTHONPATH": os.pathsep.join(dict.fromkeys([*entries, str(INSTALLED)])), "PYTHONSAFEPATH": "1"}


def find_program(name: str) -> str | None:
    """The absolute path of a program: `name` itself where it is one, else the first on PATH. Never a relative one."""
    import shutil

    if Path(name).is_absolute():
        return name if Path(name).is_file() else None
    if Path(name).name != name:
        return None
    listed = map(Path, os.environ.get("PATH", os.defpath).split(os.pathsep))
    folders = [str(folder) for folder in listed if folder.is_absolute() and folder != Path.cwd()]
    found = shutil.which(name, path=os.pathsep.join(folders))
    return found if found and Path(found).is_absolute() and Path(found).parent != Path.cwd() else None
