"""`python -m summitreader` is `summitreader`."""

import sys
from pathlib import Path

if not sys.flags.safe_path and sys.path and sys.path[0] in ("", str(Path.cwd())):
    del sys.path[0]  # `python -m` puts the current folder first, and modules of the sources in it would run

from summitreader.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
