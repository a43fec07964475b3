"""How well the saved documents come in: `python -m tests.unit.sources.score_saved` prints the table.

Each source's words, its title apart, against those that must come out: F1 over the tokens with their counts, a token
being a word, or a character of Chinese, Japanese or Korean. Each field is right, absent, or wrong.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summitreader import Corpus, Source
from summitreader.text import BlockKind
from tests.unit.sources.saved_documents import expected, saved_file

FIELDS = ("title", "outlet", "author", "published", "url", "language")
_TOKEN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]|[^\\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")
_BODY = (BlockKind.HEADING, BlockKind.PARAGRAPH)


@dataclass(frozen=True)
class Score:
    """`fields` maps each to `right`, `absent` or `wrong: …`; a field that nothing tells is right when it is absent."""

    name: str
    f1: float
    fields: dict[str, str]


def tokens(text: str) -> Counter[str]:
    return Counter(_TOKEN.findall(text.lower()))


def f1(found: Counter[str], wanted: Counter[str]) -> float:
    shared = (found & wanted).total()
    return 2 * shared / (found.total() + wanted.total()) if shared else 0.0


def body_of(source: Source) -> str:
    return "\n".join(source.text[b.start : b.end] for b in source.blocks if b.kind in _BODY)


def verdict(field: str, source: Source, wanted: dict[str, Any]) -> str:
    got, right = getattr(source, field), wanted[field]
    if got == right or (got is not None and got == wanted.get(f"{field}_or")):
        return "right"
    if got is None:
        return "absent"
    if field == "published" and right is not None and len(got) == 10 and right.startswith(got):
        return "right"
    if field == "url" and right is None:
        return "right"
    return f"wrong: {got}"


def scores_of(name: str, wanted: list[dict[str, Any]]) -> list[Score]:
    """One score for each source that must come out; a source too many or too few scores nothing."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(saved_file(name, wanted))
        corpus = Corpus.load(folder)
    scores = []
    for n in range(max(len(wanted), len(corpus.sources))):
        shown = f"{name} {n + 1}" if len(wanted) > 1 else name
        if n >= min(len(wanted), len(corpus.sources)):
            scores.append(Score(shown, 0.0, dict.fromkeys(FIELDS, "wrong: no such source")))
            continue
        source = corpus.sources[n]
        fields = {field: verdict(field, source, wanted[n]) for field in FIELDS}
        scores.append(Score(shown, f1(tokens(body_of(source)), tokens("\n".join(wanted[n]["body"]))), fields))
    return scores


def main() -> None:
    scores = [score for name, wanted in expected().items() for score in scores_of(name, wanted)]
    print(f"| document | F1 | {' | '.join(FIELDS)} |")
    print("|---|--:|" + "---|" * len(FIELDS))
    for score in scores:
        print(f"| {score.name} | {score.f1:.3f} | {' | '.join(score.fields[field] for field in FIELDS)} |")
    print(f"\n{len(scores)} sources: mean F1 {sum(s.f1 for s in scores) / len(scores):.3f}, ", end="")
    print(f"least {min(s.f1 for s in scores):.3f}")
    for field in FIELDS:
        found = Counter(score.fields[field].partition(":")[0] for score in scores)
        print(f"{field}: {found['right']} right, {found['absent']} absent, {found['wrong']} wrong")


if __name__ == "__main__":
    main()
