"""Transcripts written by a seeded generator, read back: `python benchmarks/transcripts.py [--seed N] [--show]`.

Thirty transcripts, five in each of six dialects (SRT, WebVTT, Whisper's JSON, TTML, turns on one line, turns below a
heading), each in another manner: how names are written, whether cues cut sentences, two speak in a cue, sounds are
described, hours are given. Reported: turns that are word for word right (F1), and of all sentences the share with the
right time and the right speaker.
"""

from __future__ import annotations

import argparse
import json
import random
import textwrap
from collections import Counter
from dataclasses import dataclass
from html import escape

from summitreader.sources.loader import source_of
from summitreader.sources.model import Document
from summitreader.sources.registry import reader_for
from summitreader.text import Source

NAMES = (
    ("Anna Berg", "Jonas Amdahl"),
    ("DR. HOLM", "CHAIR", "MS. OKAFOR"),
    ("Maria de la Cruz", "J. P. O’Neill", "Li Wei"),
    ("Speaker 1", "Speaker 2"),
    ("Interviewer", "Jean-Luc Ménard"),
    ("Ольга Петрова", "Иван Сидоров"),
    ("Q", "A"),
)
OPENINGS = (
    "The board voted on Tuesday to close the quay",
    "As I said at the time: nobody asked us",
    "Half of the money, some 4.5 million, is gone",
    "We met at 10:30 in the town hall",
    "No",
    "Well, the ferry left late, and then it stopped",
    "Note that the wall is older than the harbour",
    "It was Dr. Lind who wrote the report",
    "“Wait for the spring,” she told me",
    "I would not say that",
    "Two things: the wall and the road",
    "Yes, of course",
    "The state pays for one part, the town for the other",
    "And who was on the bridge then",
)
DIALECTS = ("srt", "vtt", "json", "ttml", "line", "heading")


@dataclass(frozen=True)
class Turn:
    speaker: str
    sentences: tuple[tuple[float, str], ...]
    """Each with its start in seconds."""

    @property
    def text(self) -> str:
        return " ".join(words for _, words in self.sentences)


def conversation(rng: random.Random, names: tuple[str, ...], late: bool) -> list[Turn]:
    at, turns, last = (3300.0 if late else 2.0) + rng.random(), [], ""
    for _ in range(rng.randint(8, 14)):
        speaker = rng.choice([name for name in names if name != last])
        sentences = []
        for _ in range(rng.choice((1, 1, 2, 3, 5))):
            words = rng.choice(OPENINGS) + rng.choice((".", ".", "?", "!", ", as far as I know.", "…"))
            sentences.append((round(at, 2), words))
            at += 1.2 + len(words) / 14 + rng.choice((0.0, 0.2, 6.0 if rng.random() < 0.1 else 0.4))
        turns.append(Turn(speaker, tuple(sentences)))
        last = speaker
    return turns


def stamp(seconds: float, comma: str = ",", hours: bool = True) -> str:
    thousandths = round(seconds * 1000)
    whole, part = divmod(thousandths, 1000)
    clock = f"{whole // 60 % 60:02}:{whole % 60:02}"
    clock = f"{whole // 3600:02}:{clock}" if hours or whole >= 3600 else clock
    return f"{clock}{comma}{part:03}" if comma else clock


def cues(turns: list[Turn], width: int) -> list[tuple[float, float, str, str, bool]]:
    """Start, end, words, speaker, and whether the turn begins: each sentence in pieces of at most `width`."""
    found = []
    for turn in turns:
        for n, (start, words) in enumerate(turn.sentences):
            pieces = textwrap.wrap(words, width)
            for k, piece in enumerate(pieces):
                begin = start + 0.8 * k
                found.append((begin, begin + 0.7, piece, turn.speaker, n == 0 and k == 0))
    return found


def written(  # noqa: C901, a manner each
    dialect: str, manner: int, turns: list[Turn]
) -> str:
    hours = turns[0].sentences[0][0] > 3000 or manner in (0, 3)
    blocks = []
    if dialect == "srt":
        for n, (begin, end, words, name, first) in enumerate(cues(turns, (30, 42, 300, 60, 42)[manner]), 1):
            label = {0: f"{name}: ", 1: f"{name.upper()}: ", 2: f"[{name}] ", 3: f"- {name}: ", 4: f"{name}: "}[manner]
            said = (label if first or manner == 4 else "") + (f"<i>{words}</i>" if manner == 3 else words)
            said = "\n".join(textwrap.wrap(said, 32, break_on_hyphens=False)) if manner == 1 else said
            blocks.append(f"{n}\n{stamp(begin)} --> {stamp(end)}\n{said}\n")
            if manner == 2 and n % 7 == 0:
                blocks.append(f"{n}9\n{stamp(end)} --> {stamp(end + 0.1)}\n[door closes]\n")
        return ("\r\n" if manner == 3 else "\n").join("\n".join(blocks).split("\n"))
    if dialect == "vtt":
        for n, (begin, end, words, name, first) in enumerate(cues(turns, (30, 42, 300, 60, 42)[manner]), 1):
            said = f"{name}: {words}" if manner == 2 and first else words if manner == 2 else f"<v {name}>{words}"
            said += "</v>" if manner == 1 else ""
            times = f"{stamp(begin, '.', hours)} --> {stamp(end, '.', hours)}"
            head = f"{n}\n" if manner == 3 else ""
            blocks.append(f"{head}{times}{' line:80% align:start' if manner == 1 else ''}\n{said}\n")
        head = (
            "WEBVTT - recorded\n\nSTYLE\n::cue { color: lime }\n\nNOTE made\nby hand\n" if manner == 4 else "WEBVTT\n"
        )
        return head + "\n" + "\n".join(blocks)
    if dialect == "json":
        segments: list[dict[str, object]] = []
        for begin, end, words, name, _ in cues(turns, (40, 300, 60, 300, 42)[manner]):
            segment: dict[str, object] = {"start": begin, "end": end, "text": f" {words}", "speaker": name}
            if manner == 1:
                segment["words"] = [{"word": w, "start": begin, "end": end} for w in words.split()]
            if manner == 2:
                segment = {
                    "timestamps": {"from": stamp(begin), "to": stamp(end)},
                    "offsets": {"from": round(begin * 1000), "to": round(end * 1000)},
                    "text": f" {words}",
                    "speaker": name,
                }
            segments.append(segment)
        if manner == 3:
            return json.dumps(segments, ensure_ascii=False)
        key = "transcription" if manner == 2 else "segments"
        return json.dumps({"text": " ".join(t.text for t in turns), key: segments, "language": "en"}, indent=manner)
    if dialect == "ttml":
        agents = {name: f"a{n}" for n, name in enumerate(dict.fromkeys(turn.speaker for turn in turns))}
        head = "".join(
            f'<ttm:agent xml:id="{id}" type="person"><ttm:name type="full">{escape(name)}</ttm:name></ttm:agent>'
            for name, id in agents.items()
        )
        for begin, end, words, name, first in cues(turns, (40, 300, 60, 42, 42)[manner]):
            times = (
                f'begin="{begin:.2f}s" end="{end:.2f}s"' if manner == 1
                else f'begin="{round(begin * 1e7)}t" end="{round(end * 1e7)}t"' if manner == 2
                else f'begin="{stamp(begin, ".")}" end="{stamp(end, ".")}"'
            )  # fmt: skip
            said = escape(words)
            if manner == 3:
                said = f"<span>{escape(name)}: {said}</span>" if first else f"<span>{said}</span>"
                blocks.append(f"<p {times}>{said}</p>")
            else:
                blocks.append(f'<p {times} ttm:agent="{agents[name]}">{said.replace(" the ", " the<br/>", 1)}</p>')
        rate = ' ttp:tickRate="10000000" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"' if manner == 2 else ""
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><tt xmlns="http://www.w3.org/ns/ttml"{rate} '
            f'xmlns:ttm="http://www.w3.org/ns/ttml#metadata"><head><metadata>{"" if manner == 3 else head}</metadata>'
            f"</head><body><div>{''.join(blocks)}</div></body></tt>"
        )
    for turn in turns:
        time = stamp(turn.sentences[0][0], "", hours)
        if dialect == "line":
            blocks.append(
                (
                    f"[{time}] {turn.speaker}: {turn.text}",
                    f"{turn.speaker} ({time}): {turn.text}",
                    f"{time} – {turn.speaker}: {turn.text}",
                    f"{turn.speaker} [{time}]: {turn.text}",
                    f"({time}) {turn.speaker}: {turn.text}",
                )[manner]
            )
        else:
            blocks.append(
                (
                    f"{turn.speaker}  {time}\n{turn.text}",
                    f"{time}\n{turn.speaker}\n{turn.text}",
                    f"{turn.speaker} ({time})\n{turn.text}",
                    f"[{time}] {turn.speaker}\n{turn.text}",
                    f"{turn.speaker}, {time}:\n{turn.text}",
                )[manner]
            )
    return ("\n" if dialect == "line" and manner in (0, 4) else "\n\n").join(blocks) + "\n"


def found_turns(source: Source) -> list[tuple[str | None, str]]:
    """Speaker and words of each turn that was read; paragraphs of one speaker in a row are one turn."""
    turns: list[tuple[str | None, str]] = []
    for block in source.blocks:
        if block.kind == "paragraph":
            words = " ".join(source.text[block.start : block.end].split())
            at = source.locator_at(block.start)
            speaker = at.speaker if at else None
            if turns and turns[-1][0] == speaker:
                turns[-1] = (speaker, f"{turns[-1][1]} {words}")
            else:
                turns.append((speaker, words))
    return turns


def measured(source: Source, turns: list[Turn], by_turn: bool, upper: bool) -> tuple[float, float, float]:
    """F1 of turns, and the shares of sentences with the right time and the right speaker."""
    found = found_turns(source)
    one, other = Counter(text for _, text in found), Counter(turn.text for turn in turns)
    f1 = 2 * sum((one & other).values()) / max(1, sum(one.values()) + sum(other.values()))
    right_time = right_speaker = total = place = 0
    for turn in turns:
        for start, words in turn.sentences:
            total += 1
            at = source.text.find(words, place)
            if at < 0:
                continue
            place = at + len(words)
            said = source.locator_at(at)
            right_time += said is not None and said.label == stamp(int(turn.sentences[0][0] if by_turn else start), "")
            right_speaker += said is not None and said.speaker == (turn.speaker.upper() if upper else turn.speaker)
    return f1, right_time / total, right_speaker / total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=18)
    parser.add_argument("--show", action="store_true", help="print the files that are not read right")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    scores: dict[str, list[tuple[float, float, float]]] = {}
    for dialect in DIALECTS:
        for manner in range(5):
            turns = conversation(rng, rng.choice(NAMES), late=rng.random() < 0.5)
            text = written(dialect, manner, turns)
            name = f"a.{dialect if dialect in ('srt', 'vtt', 'json', 'ttml') else 'txt'}"
            (document,) = reader_for(name, text.encode())(text.encode(), name)
            assert isinstance(document, Document)
            source = source_of(document, name)
            upper = dialect == "srt" and manner == 1
            score = measured(source, turns, dialect in ("line", "heading"), upper)
            scores.setdefault(dialect, []).append(score)
            if arguments.show and min(score) < 1:
                print(dialect, manner, *(f"{value:.3f}" for value in score))
                print(textwrap.indent(text[:900], "    | "))
                print(*(f"    > {s} {words!r}\n" for s, words in found_turns(source)), sep="")
    scores["all"] = [one for of in scores.values() for one in of]
    for dialect, of in scores.items():
        turns_right, times, speakers = (sum(one[n] for one in of) / len(of) for n in range(3))
        print(f"{dialect}: {len(of)} transcripts, turns {turns_right:.3f}, times {times:.3f}, speakers {speakers:.3f}")


if __name__ == "__main__":
    main()
