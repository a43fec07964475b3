"""How quick searching is: in 10,000 articles, and in the reader beside a bare `j`.

    python benchmarks/search_speed.py [--articles 10000] [--rounds 20] [--no-reader] [--no-corpus]

corpus  10,000 articles of some 450 words, made here of a vocabulary with the spread that words have (Zipf), a tenth of
        them with Chinese text. Queries are typed letter by letter, as one types them; for each key, how long until the
        first hits and the count so far are there, and until all are counted, in processor time of this process.
        The counts of some queries of each kind are held against the plain search over the same texts.
reader  on the sample corpus, in this process, on a virtual screen: processor time and time from a key to the screen
        that shows what it did, for keys of a search against `j`, and for changing the view against two frames (33 ms).
        With --threads N also keys in a coverage table of N things told.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import random
import resource
import statistics
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from summitreader import Source
from summitreader.comparison.model import Alone, PassageRef, Report, Thread
from summitreader.search import Query, find
from summitreader.search.corpus import Found
from summitreader.tui.corpus_search import WholeCorpus

MEDIAN, P95 = 50.0, 150.0
CHECKED = 3
"""Queries of each kind whose count is held against the plain search."""
FRAME = 1000 / 60


def articles(count: int) -> list[Source]:
    """Texts of words that are spread as words are: a few stand everywhere, most are rare."""
    draw = random.Random(11)
    syllables = [a + b for a in "bcdfghlmnprst" for b in "aeiou"]
    endings = ("", "", "s", "ed", "ing", "ly", "ation", "isation", "ization")
    words = ["".join(draw.choices(syllables, k=draw.randint(1, 4))) + draw.choice(endings) for _ in range(30_000)]
    spread = list(itertools.accumulate(1 / (n + 3) for n in range(len(words))))
    han = [chr(n) for n in range(0x4E00, 0x4E00 + 2_000)]
    made = []
    for n in range(count):
        paragraphs = []
        for _ in range(6):
            said = draw.choices(words, cum_weights=spread, k=75)
            paragraphs.append(f"{said[0].capitalize()} {' '.join(said[1:40])}. “{' '.join(said[40:])},” it said.")
        if n % 10 == 0:
            paragraphs.append("".join(draw.choices(han, k=300)) + "。")
        made.append(Source.from_text("\n\n".join(paragraphs), id=f"{n}.txt"))
    return made


class Asked:
    """One search, waited for."""

    def __init__(self) -> None:
        self.begun = time.process_time()
        self.first = self.all = 0.0
        self.frames: list[Found] = []
        self.done = threading.Event()

    def take(self, found: Found) -> None:
        now = (time.process_time() - self.begun) * 1e3
        if found.hits or found.done:
            self.first = self.first or now
        self.frames.append(found)
        if found.done:
            self.all = now
            self.done.set()


def percentile(times: Sequence[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def told(what: str, times: Sequence[float], *, bound: bool) -> bool:
    median, high = statistics.median(times), percentile(times, 0.95)
    held = not bound or (median <= MEDIAN and high <= P95)
    limits = f"  (at most {MEDIAN:.0f} and {P95:.0f})" if bound else ""
    print(f"  {what:<34} median {median:7.1f} ms   p95 {high:7.1f} ms{limits}{'' if held else '  MISSED'}")
    return held


def corpus(count: int, rounds: int) -> bool:
    sources = articles(count)
    characters = sum(len(source.text) for source in sources)
    draw = random.Random(5)
    vocabulary = sorted({word for source in sources[:300] for word in source.text.split() if word.isalpha()})
    whole = WholeCorpus([("all", sources)])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun, used = time.perf_counter(), time.process_time()
    whole.prepare().join()
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    print(
        f"{count:,} articles, {characters / 1e6:.1f} million characters: prepared in "
        f"{time.perf_counter() - begun:.1f} s ({time.process_time() - used:.1f} s of processor), {more} MB of memory"
    )
    words = [draw.choice(vocabulary).lower() for _ in range(rounds)]
    held = _typed(whole, sources, words, "words, key by key")
    phrases = []
    for _ in range(rounds):
        text = draw.choice(sources).text.replace("\n", " ")
        at = draw.randrange(len(text) - 30)
        phrases.append(text[at : at + 16].strip())
    held &= _typed(whole, sources, phrases, "phrases, key by key")
    chinese = [source.text for source in sources if source.text.endswith("。")]
    pairs = [draw.choice(chinese)[-60:-58] for _ in range(rounds)]
    held &= _typed(whole, sources, pairs, "two letters of Chinese", at_once=True)
    held &= _typed(whole, sources, [f"{word}x" for word in words], "fuzzy words", mode="fuzzy", at_once=True)
    two = [f"{first} {second}" for first, second in zip(words, reversed(words), strict=True)]
    held &= _typed(whole, sources, two, "two fuzzy words", mode="fuzzy", at_once=True)
    expressions = [f"{word[:3]}.*{word[-2:]}\\b" for word in words]
    held &= _typed(whole, sources, expressions, "expressions", mode="regex", at_once=True)
    classes = [f"[{word[:2]}]+{word[2:4]}[a-z]{{6,}}\\." for word in words]
    held &= _typed(whole, sources, classes, "expressions of classes", mode="regex", at_once=True)
    whole.stop()
    return held


def _typed(
    whole: WholeCorpus,
    sources: Sequence[Source],
    queries: Sequence[str],
    what: str,
    *,
    mode: str = "literal",
    at_once: bool = False,
) -> bool:
    first, everything, checked = [], [], 0
    for number, query in enumerate(queries):
        for end in [len(query)] if at_once else range(1, len(query) + 1):
            asked = Asked()
            whole.search(Query(query[:end], mode), range(len(sources)), asked.take)
            asked.done.wait(30)
            assert not asked.frames[-1].problem, (query, asked.frames[-1].problem)
            first.append(asked.first)
            everything.append(asked.all)
        if mode == "literal" and number < CHECKED:
            checked += 1
            plain = sum(len(find(source.text, Query(query))) for source in sources)
            assert asked.frames[-1].total == plain, (query, asked.frames[-1].total, plain)
        elif number < CHECKED:
            checked += 1
            some = range(0, len(sources), 20)
            asked = Asked()
            whole.search(Query(query, mode), some, asked.take)
            asked.done.wait(30)
            plain = sum(len(find(sources[n].text, Query(query, mode))) for n in some)
            assert asked.frames[-1].total == plain, (query, asked.frames[-1].total, plain)
    held = told(f"{what}: first hits", first, bound=True)
    told(f"{what}: all counted", everything, bound=False)
    return held


def reader(threads: int) -> bool:
    from summitreader.config.places import places
    from summitreader.config.state import State
    from summitreader.tui.app import SummitApp
    from summitreader.tui.story.index import StoryIndex
    from summitreader.tui.workers import Background, Loading, sample_corpus

    async def run(paths: list[Path]) -> bool:
        with tempfile.TemporaryDirectory() as folder:
            where = places(Path(folder))
            background = Background(cache=where.cache / "compare")
            loading = Loading(paths, background)
            loading.start()
            app = SummitApp(loading, background, where, State(where.state))
            async with app.run_test(size=(160, 45)) as pilot:
                while app.session is None or not (threads or (app.session.compared and not app.session.doing)):
                    await asyncio.sleep(0.05)
                if threads:
                    await asyncio.to_thread(app.background.stop)
                    while app.session.doing:
                        await asyncio.sleep(0.05)
                    app.session.update(StoryIndex(_long_report(app.session.sources)), compared=True, doing="")
                await asyncio.sleep(1.0)

                async def press(*keys: str) -> tuple[float, float]:
                    begun, used = time.perf_counter(), time.process_time()
                    await pilot.press(*keys)
                    return (time.perf_counter() - begun) * 1e3, (time.process_time() - used) * 1e3

                if threads:
                    await press("2")
                    rows = 0
                    while not rows:
                        await asyncio.sleep(0.2)
                        rows = len(getattr(app.screen, "list").rows)  # noqa: B009
                    steps = [(await press("j"))[1] for _ in range(40)]
                    pages = [(await press("pagedown"))[1] for _ in range(20)]
                    columns = [(await press("l"))[1] for _ in range(10)]
                    print(f"coverage of {rows:,} rows, {len(app.session.sources)} sources: processor time a key")
                    for name, times in (("j", steps), ("PageDown", pages), ("l", columns)):
                        told(name, times, bound=False)
                    return True
                await press("j", "k")
                bare = [await press("j" if n % 8 < 4 else "k") for n in range(40)]
                typed = []
                for word in ("the water company", "court said", "lead readings", "children"):
                    await press("slash")
                    typed += [await press(key if key != " " else "space") for key in word]
                    await press("escape")
                views = []
                for _ in range(3):
                    for digit in "234561":
                        await asyncio.sleep(0.1)
                        views.append(await press(digit))
                print("sample corpus, from a key until the screen shows what it did")
                told("j: time", [a for a, _ in bare], bound=False)
                told("a letter of a search: time", [a for a, _ in typed], bound=False)
                told("j: processor time", [b for _, b in bare], bound=False)
                told("a letter of a search: processor", [b for _, b in typed], bound=False)
                more = statistics.median(b for _, b in typed) - statistics.median(b for _, b in bare)
                print(f"  a letter takes {more:.1f} ms of processor more than `j`  (at most a frame, {FRAME:.1f})")
                shown = statistics.median(b for _, b in views[6:])
                told("another view: processor", [b for _, b in views[6:]], bound=False)
                print(f"  another view: {shown:.1f} ms  (at most two frames, {2 * FRAME:.1f})")
                return more <= FRAME and shown <= 2 * FRAME

    if not threads:
        return asyncio.run(run([sample_corpus()]))
    with tempfile.TemporaryDirectory() as folder:
        _long_story(Path(folder), threads)
        return asyncio.run(run([Path(folder)]))


def _long_story(folder: Path, threads: int) -> None:
    """Twelve sources that tell `threads` things, each of them some."""
    draw = random.Random(3)
    for n in range(12):
        told_here = [
            f"Delegate {t} of district {t % 97} spoke for {t % 50 + 2} minutes about proposal {t * 7}."
            for t in range(threads)
            if draw.random() < 0.3
        ]
        (folder / f"outlet-{n:02}.txt").write_text(f"Assembly {n}\n\n" + "\n\n".join(told_here), encoding="utf-8")


def _long_report(sources: tuple[Source, ...]) -> Report:
    """What a comparison would find in them: a thread for each delegate who is told of."""
    told_of: dict[str, list[PassageRef]] = {}
    for source in sources:
        for n in range(len(source.passages)):
            words = source.passage_text(n).split()
            if words[0] == "Delegate":
                told_of.setdefault(words[1], []).append(PassageRef(source.id, n))
    threads = tuple(Thread(f"t{name}", tuple(found), found[0]) for name, found in told_of.items())
    alone = tuple((Alone.UNSURE,) * len(source.passages) for source in sources)
    return Report(sources, (True,) * len(sources), alone, threads=threads)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--threads", type=int, default=0, help="instead: a coverage table of so many things told")
    parser.add_argument("--no-reader", action="store_true")
    parser.add_argument("--no-corpus", action="store_true")
    arguments = parser.parse_args()
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    held = True
    if arguments.threads:
        held = reader(arguments.threads)
    else:
        if not arguments.no_corpus:
            held &= corpus(arguments.articles, arguments.rounds)
        if not arguments.no_reader:
            held &= reader(0)
    raise SystemExit(0 if held else 1)


if __name__ == "__main__":
    main()
