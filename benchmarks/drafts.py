"""Drafts held against their sources, with planted faults: `drafts.py FOLDER [--only 13,33] [--show]`.

FOLDER holds a folder a story (draft.md, sources/*.txt, gold.jsonl) and score.py, which is run on what is found.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from summitreader import Source
from summitreader.checking import Finding, check_draft


def found_in(story: Path) -> tuple[Source, list[Source], tuple[Finding, ...]]:
    text = (story / "draft.md").read_text(encoding="utf-8")
    at = text.index("\n") + 1
    draft = Source.from_text(" " * at + text[at:], id="draft.md")  # the headline is no sentence of it
    paths = sorted((story / "sources").glob("*.txt"))
    sources = [
        Source.from_text(p.read_text(encoding="utf-8").replace("\n", "\n"), id=p.name, article=False) for p in paths
    ]
    return draft, sources, check_draft(draft, sources)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="stories, with commas between them")
    parser.add_argument("--show", action="store_true", help="print each sentence that is not found as it should be")
    arguments = parser.parse_args()
    wanted = set(filter(None, arguments.only.split(",")))
    with tempfile.TemporaryDirectory() as folder:
        half, rows = Path(folder) / "drafts", []
        half.mkdir()
        for story in sorted(p.parent for p in arguments.folder.glob("*/gold.jsonl")):
            if wanted and story.name not in wanted:
                continue
            (half / story.name).symlink_to(story.resolve())
            draft, sources, findings = found_in(story)
            texts = {source.id: source.text for source in sources}
            gold = [json.loads(line) for line in (story / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
            for f in findings:
                evidence = [{"source": e.span.source, "start": e.span.start, "end": e.span.end} for e in f.evidence]
                rows.append(
                    {"story": story.name, "start": f.start, "end": f.end, "finding": f.verdict, "evidence": evidence}
                )
                right = max(gold, key=lambda g: min(g["end"], f.end) - max(g["start"], f.start))
                if arguments.show and right["label"] != f.verdict:
                    fault = right["fault"] and right["fault"]["kind"]
                    print(f"\n{story.name} {right['label']} ({fault}) but {f.verdict}: {draft.text[f.start : f.end]}")
                    for d in f.differences:
                        there = d.there and texts[d.there.source][d.there.start : d.there.end]
                        print(f"    {d.kind}: {draft.text[d.start : d.end]!r} | {there!r}")
                    for e in f.evidence[:2]:
                        print(f"    {e.share:.2f} {texts[e.span.source][e.span.start : e.span.end]}")
        found = Path(folder) / "found.jsonl"
        found.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        sys.stdout.flush()
        subprocess.run([sys.executable, arguments.folder / "score.py", half, found], check=True)


if __name__ == "__main__":
    main()
