"""What is loaded before the first screen stands: counted in modules, since a clock would measure the machine."""

import subprocess
import sys

_PROGRAM = """
import sys
import summitreader.tui.start, summitreader.tui.app, summitreader.tui.reader.screen
from summitreader.sources import Corpus
print("\\n".join(sorted(name for name in sys.modules if name.startswith("summitreader.") or name == "sqlite3")))
"""


def test_neither_the_engine_nor_the_readers_nor_the_store_is_loaded_before_the_first_screen() -> None:
    loaded = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True).stdout.split()
    slow = (
        *("comparison.engine", "comparison.linking", "comparison.quotes", "comparison.divergence", "text.article"),
        *("text.languages", "sources.loader", "sources.registry", "notes.store", "export", "tui.widgets.note_area"),
    )
    assert [name for name in loaded if name.removeprefix("summitreader.").startswith(slow) or name == "sqlite3"] == []


_COUNTING = """
import sys
from summitreader.comparison.model import Report
from summitreader.comparison.summary import counts
counts(Report(sources=()))
print("\\n".join(name for name in sys.modules if name.startswith("summitreader.comparison.divergence")))
"""


def test_to_count_what_was_found_the_interface_need_not_load_what_finds_it() -> None:
    done = subprocess.run([sys.executable, "-c", _COUNTING], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
