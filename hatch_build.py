"""Puts the manual page and the shells' completions into a wheel, made from the source that is being built."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PLACES = {
    "bash": "share/bash-completion/completions/summitreader",
    "zsh": "share/zsh/site-functions/_summitreader",
    "fish": "share/fish/vendor_completions.d/summitreader.fish",
}


class SharedFiles(BuildHookInterface):
    """Makes them from the package itself, which needs msgspec for it (the types of the settings)."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        try:
            from summitreader.cli.manual import completions, page
        finally:
            del sys.path[0]
        made = Path(self.directory) / "share"
        texts = {"share/man/man1/summitreader.1": page()} | {
            place: completions(shell) for shell, place in PLACES.items()
        }
        for place, text in texts.items():
            path = made.parent / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text + "\n", encoding="utf-8")
            build_data["shared_data"][str(path)] = place

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        import shutil

        shutil.rmtree(Path(self.directory) / "share", ignore_errors=True)
