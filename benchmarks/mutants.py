"""How many small faults in the code the unit tests notice.

    python benchmarks/mutants.py [--count 300] [--seed 1] [--rooms comparison notes export]

Samples places in the rooms where one comparison, operator, number or condition can be made another (cosmic-ray's
operators; `pip install cosmic-ray` first), makes the changes one by one in this checkout, which must be clean and is
left as it was, and runs the unit tests of that part, then, where these pass, of the whole room and of the sample
corpus. A change that no test notices has survived, and is printed. Many of those change nothing that a user could see
(the size of a cache), so that 1 cannot be reached. Takes about ten seconds a change.
"""

from __future__ import annotations

import argparse
import difflib
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast_from_path
from cosmic_ray.mutating import use_mutation
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).resolve().parent.parent
OPERATORS = ("ReplaceComparison", "ReplaceAnd", "ReplaceOr", "ReplaceTrue", "ReplaceFalse",
             "ReplaceUnaryOperator_Delete", "ReplaceBreak", "ReplaceContinue", "NumberReplacer", "AddNot",
             "ZeroIteration", "ReplaceBinaryOperator_Add_Sub", "ReplaceBinaryOperator_Sub_Add")  # fmt: skip
AT_MOST = 120
"""Seconds for a run of tests; a change that makes them take longer is noticed."""


def places(module: Path) -> Iterator[tuple[Operator, int]]:
    """Each change that can be made in a module: an operator, and the how-manieth place that it fits."""
    nodes = list(ast_nodes(get_ast_from_path(module)))
    for name in operator_names():
        if name.split("/")[1].startswith(OPERATORS):
            operator = get_operator(name)()
            found = sum(len(list(operator.mutation_positions(node))) for node in nodes)
            yield from ((operator, n) for n in range(found))


def tests_of(module: Path) -> list[list[str]]:
    """The folders of tests to run in turn: those nearest to a module, then those of its room."""
    parts = module.relative_to("src/summitreader").parts
    room, near = Path("tests/unit", parts[0]), Path("tests/unit", *parts[:-1])
    rest = [str(room), "tests/unit/sample_corpus"]
    return [[str(near)], rest] if near != room and near.is_dir() else [rest]


def noticed(module: Path) -> bool:
    """Whether a test fails, or takes too long, in the project as it is."""
    for folders in tests_of(module):
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *folders]
        try:
            run = subprocess.run(command, capture_output=True, timeout=AT_MOST, check=False)
        except subprocess.TimeoutExpired:
            return True
        if run.returncode:
            return True
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rooms", nargs="+", default=["comparison", "notes", "export"])
    given = parser.parse_args()
    os.chdir(ROOT)
    if subprocess.run(["git", "status", "--porcelain", "src"], capture_output=True, check=True).stdout:
        sys.exit("There are changes in src that are not committed.")
    modules = [m for room in given.rooms for m in sorted(Path("src/summitreader", room).rglob("*.py"))]
    every = [(module, *place) for module in modules for place in places(module)]
    sample = random.Random(given.seed).sample(every, min(given.count, len(every)))
    print(f"{len(every)} changes can be made; {len(sample)} are tried", flush=True)
    if any(noticed(module) for module in {tests_of(m)[0][0]: m for m, *_ in sample}.values()):
        sys.exit("The tests do not pass as they are.")
    killed = 0
    for done, (module, operator, n) in enumerate(sample, 1):
        with use_mutation(module, operator, n) as (before, after):
            if noticed(module):
                killed += 1
            else:
                lines = difflib.unified_diff(before.splitlines(), (after or "").splitlines(), lineterm="", n=0)
                print(f"survived {module}", *(line for line in lines if line[:3] not in ("---", "+++")), sep="\n    ")
        print(f"{killed} of {done} noticed", flush=True)


if __name__ == "__main__":
    main()
