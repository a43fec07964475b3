"""`python -m summitreader` is `summitreader`."""

from summitreader.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
