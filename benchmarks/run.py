"""All benchmarks in turn, each as its own program: `python benchmarks/run.py EVAL [--only WORDS]`.

EVAL is the folder of development data that most of them need; those that need none are run all the same, and those that
need it are named and left out where it is not there. Each prints its own figures; what they mean stands at its head.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent

WITHOUT_DATA = (
    "expected.py",
    "folding.py",
    "growth.py",
    "loading.py",
    "random_session.py",
    "reader_speed.py --long",
    "search_speed.py",
    *(f"store_hardship.py {t}" for t in ("kills", "corrections", "writers", "disk", "flips", "migrations", "scale")),
)
WITH_DATA = (
    "article_shape.py {eval}",
    "sentences.py {eval}/sentences/dev.jsonl",
    "links_quality.py {eval}",
    "order_shown.py {eval} --stories 40",
    "links_speed.py {eval}",
    "links_again.py {eval}",
    "quotations.py {eval}",
    "conflicts.py {eval}",
    "anchoring.py {eval} --speed",
    "stories.py {eval}/links/ecbplus/docs.jsonl",
    "hostile.py {eval}",
    "hostile_reader.py {eval}",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("eval", type=Path, metavar="EVAL")
    parser.add_argument("--only", default="", help="just those whose name contains this")
    a = parser.parse_args()
    there = a.eval.is_dir()
    if not there:
        print(f"{a.eval} is not there: what needs it is left out.", file=sys.stderr)
    lines = [*WITHOUT_DATA, *(line.format(eval=a.eval) for line in WITH_DATA if there)]
    failed = []
    for line in lines:
        name, *rest = line.split(" ")
        if a.only not in name:
            continue
        print(f"\n=== {name} {' '.join(rest)}", flush=True)
        begin = time.perf_counter()
        status = subprocess.run([sys.executable, str(HERE / name), *rest], check=False).returncode
        print(f"=== {name}: status {status}, {time.perf_counter() - begin:.0f} s", flush=True)
        if status:
            failed.append(" ".join((name, *rest)))
    if failed:
        print(f"\nWith a status other than 0, since a bound was missed or something went wrong: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
