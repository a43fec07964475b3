"""Where re-anchoring must not be sure: `python benchmarks/anchoring_hard.py FOLDER [--seed N] [--texts N] [--wrong N]`.

FOLDER holds texts (`*.txt`, at any depth). Seven trials, each with the old text at hand:
  other     phrases of one to six words of one text, placed on another text: none may be sure
  generic   the same of phrases that the other text has too
  quoted    a sentence goes, and is quoted somewhere else among other words: none may be sure
  gone      a sentence stands twice, and the one that is meant goes: none may be sure
  twins     a sentence stands twice, and the text is edited around: the right one of the two is meant
  moved     paragraphs change places
  edited    sentences are inserted, deleted and rewritten around the selection
Prints a line each: how many, the share that is sure, right, unsure, orphaned and sure of a wrong place.
tests/unit/notes runs a short form on texts of its own.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from summitreader import Selection, reanchor

Piece = tuple[int, str]
"""A sentence with a number that it keeps wherever it goes; -1 for a sentence that is new."""
Paragraphs = list[list[Piece]]
Case = tuple[str, int, int, str, tuple[int, int] | None]
"""The old text, the selection in it, the new text, and the place in it, None where the words are gone."""


def paragraphs_of(text: str) -> Paragraphs:
    """The sentences of each paragraph, by a plain rule."""
    number = 0
    found: Paragraphs = []
    for block in re.split(r"\n\s*\n|\n", text):
        pieces = [p for p in re.split(r"(?<=[.!?”\"]) +", block.strip()) if p]
        if pieces:
            found.append([(number + n, piece) for n, piece in enumerate(pieces)])
            number += len(pieces)
    return found


def laid_out(paragraphs: Paragraphs) -> tuple[str, dict[int, tuple[int, int]]]:
    """The text, and where each numbered sentence stands in it."""
    places: dict[int, tuple[int, int]] = {}
    text = ""
    for pieces in paragraphs:
        for n, (number, piece) in enumerate(pieces):
            text += " " if n else ""
            if number >= 0:
                places[number] = (len(text), len(text) + len(piece))
            text += piece
        text += "\n\n"
    return text, places


def other(texts: list[str], chance: random.Random) -> Iterator[Case]:
    for at, text in enumerate(texts):
        words = [(m.start(), m.end()) for m in re.finditer(r"\w+", text)]
        if len(words) < 50:
            continue
        for other_text in chance.sample(texts[:at] + texts[at + 1 :], min(2, len(texts) - 1)):
            for _ in range(12):
                size = chance.randrange(1, 7)
                first = chance.randrange(len(words) - size)
                yield text, words[first][0], words[first + size - 1][1], other_text, None


def generic(texts: list[str], chance: random.Random) -> Iterator[Case]:
    for at, text in enumerate(texts):
        words = [(m.start(), m.end()) for m in re.finditer(r"\w+", text)]
        for other_text in chance.sample(texts[:at] + texts[at + 1 :], min(3, len(texts) - 1)):
            shared = [
                (start, words[n + size][1])
                for size in range(6)
                for n, (start, _) in enumerate(words[: len(words) - size])
                if f" {text[start : words[n + size][1]]} " in other_text
            ]
            long = [span for span in shared if " " in text[span[0] : span[1]]]
            for start, end in [*chance.sample(shared, min(4, len(shared))), *chance.sample(long, min(8, len(long)))]:
                yield text, start, end, other_text, None


def gone(texts: list[str], chance: random.Random) -> Iterator[Case]:
    for before, start, end, _, _ in twins(texts, chance):
        for cut in (0, 1):  # the sentence alone, or with the one before it
            low = before.rfind(". ", 0, max(0, start - 2)) + 2 if cut else start
            yield before, start, end, before[: max(low, 0)] + before[end:].lstrip(" "), None


def quoted(texts: list[str], chance: random.Random) -> Iterator[Case]:
    for text in texts:
        old = paragraphs_of(text)
        long = [(p, n) for p, pieces in enumerate(old) for n, (_, s) in enumerate(pieces) if 40 < len(s) < 300]
        for p, n in chance.sample(long, min(8, len(long))):
            number, sentence = old[p][n]
            far = [at for at in range(len(old) + 1) if not p - 1 <= at <= p + 2]
            if not far or text.count(sentence) > 1:
                continue
            rewritten = chance.choice([[], [(-1, "Nothing of the kind was ever reported by anyone.")]])
            new = [list(pieces) for pieces in old]
            new[p][n : n + 1] = rewritten
            note = f"A reader had sent us this: “{sentence}” We could not find out where it came from."
            new.insert(chance.choice([far[0], far[-1], chance.choice(far)]), [(-1, note)])
            before, places = laid_out(old)
            start, end = places[number]
            yield before, start, end, laid_out([pieces for pieces in new if pieces])[0], None


def twins(texts: list[str], chance: random.Random) -> Iterator[Case]:
    for text in texts:
        old = paragraphs_of(text)
        if len(old) < 5:
            continue
        for _ in range(6):
            p, q = chance.sample(range(len(old)), 2)
            n = chance.randrange(len(old[p]))
            twin = [list(pieces) for pieces in old]
            number, sentence = twin[p][n]
            if not 12 < len(sentence) < 300:
                continue
            twin[q].insert(chance.randrange(len(twin[q]) + 1), (10_000, sentence))
            before, places = laid_out(twin)
            which = chance.choice((number, 10_000))
            after, now = laid_out(edits(twin, chance, spare={number, 10_000}))
            yield before, *places[which], after, now[which]


def moved(texts: list[str], chance: random.Random) -> Iterator[Case]:
    for text in texts:
        old = paragraphs_of(text)
        if len(old) < 4:
            continue
        before, places = laid_out(old)
        for _ in range(6):
            new = list(old)
            new.insert(chance.randrange(len(new)), new.pop(chance.randrange(len(new))))
            after, now = laid_out(new)
            number = chance.choice([piece[0] for pieces in old for piece in pieces if len(piece[1]) > 20] or [0])
            yield before, *places[number], after, now[number]


def edited(texts: list[str], chance: random.Random) -> Iterator[Case]:
    for text in texts:
        old = paragraphs_of(text)
        before, places = laid_out(old)
        for _ in range(6):
            number = chance.choice([piece[0] for pieces in old for piece in pieces])
            after, now = laid_out(edits(old, chance, spare={number}))
            yield before, *places[number], after, now[number]


def edits(paragraphs: Paragraphs, chance: random.Random, spare: set[int]) -> Paragraphs:
    """A quarter of the sentences deleted, rewritten or followed by a new one, those to be spared excepted."""
    new: Paragraphs = []
    for pieces in paragraphs:
        made: list[Piece] = []
        for number, sentence in pieces:
            does = chance.randrange(12) if number not in spare else 11
            if does == 0:
                continue
            if does == 1:
                words = sentence.split()
                chance.shuffle(words)
                made.append((-1, " ".join(words)))
                continue
            made.append((number, sentence))
            if does == 2:
                made.append((-1, chance.choice(NEW)))
        if made:
            new.append(made)
    return new


NEW = (
    "Officials declined to say more about it on Tuesday.",
    "This paragraph was added after the first version had been published.",
    "Two neighbours confirmed the account.",
)


def run(name: str, cases: Iterator[Case], wrong: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    for old, start, end, new, truth in cases:
        placed = reanchor(Selection.of(old, start, end), new, old_text=old)
        counts["n"] += 1
        counts[str(placed.state)] += 1
        hit = (
            truth is not None and placed.start is not None and placed.start < truth[1] and truth[0] < (placed.end or 0)
        )
        counts["right"] += hit
        counts["placed"] += placed.start is not None
        if placed.state == "sure" and not hit:
            counts["sure and wrong"] += 1
            if counts["sure and wrong"] <= wrong and placed.end is not None and placed.start is not None:
                print("---", name, repr(old[start:end]))
                print("  old ", repr(old[max(0, start - 70) : end + 70]))
                print("  new ", repr(new[max(0, placed.start - 70) : placed.end + 70]))
    n = max(1, counts["n"])
    shares = {k: round(counts[k] / n, 4) for k in ("sure", "unsure", "orphan", "right", "sure and wrong")}
    shares["right of placed"] = round(counts["right"] / max(1, counts["placed"]), 4)
    print(f"{name:<7} {counts['n']:>5}  {shares}")
    return counts


TRIALS = {
    "other": other,
    "generic": generic,
    "gone": gone,
    "quoted": quoted,
    "twins": twins,
    "moved": moved,
    "edited": edited,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="+")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--texts", type=int, default=120)
    parser.add_argument("--wrong", type=int, default=0, help="show that many that are sure and wrong")
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    files = sorted(file for folder in arguments.folder for file in folder.rglob("*.txt"))
    chosen = chance.sample(files, min(arguments.texts, len(files)))
    texts = [t for t in (file.read_text("utf-8", "replace") for file in chosen) if len(t) > 600]
    for name, trial in TRIALS.items():
        run(name, trial(texts, random.Random(arguments.seed)), arguments.wrong)
    return 0


if __name__ == "__main__":
    sys.exit(main())
