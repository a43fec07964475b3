"""What the engine finds and misses of what a careful reader found in the sample corpus, as a table.

    python benchmarks/expected.py [FOLDER] [--story NAME] [--verbose] [--write FILE | --check FILE]

FOLDER holds a subfolder a story, each with its texts and `expected.json`, whose format and whose rules of counting
`docs/sample-corpus.md` tells. Only what `Report.to_dict()` says is judged, so that any engine may stand behind it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from expected_story import Json, Span, Story, bare, expected_links, overlap, same_name

SAMPLES = Path(__file__).resolve().parent.parent / "sample_corpus"
START, END = "<!-- table: made by benchmarks/expected.py -->", "<!-- end of table -->"
BY_WORDS = frozenset({"number", "name", "quotation"})
"""Kinds of divergence whose spans must touch the very words; of the others the passage is enough."""
IN_CONFLICT = frozenset({"number", "date", "name", "polarity", "attribution", "certainty", "update"})
"""Kinds of divergence of which every one that is shown and not expected counts as too many."""


@dataclass
class Tally:
    """Of one kind: how many were expected, how many of these were found, and what was missed or is too many."""

    kind: str
    expected: int = 0
    found: int = 0
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    def judge(self, right: bool, what: str) -> None:
        self.expected += 1
        self.found += right
        if not right:
            self.missed.append(what)


def structure(story: Story) -> Iterator[Tally]:
    """Titles, what is known of the source, and which block is what."""
    facts, blocks, boilerplate = (
        Tally("title, outlet, author, date, language"),
        Tally("kind of block"),
        Tally("boilerplate"),
    )
    for name, source in story.sources.items():
        expected = story.expected["sources"][name]
        for key in ("title", "outlet", "author", "published", "url", "language", "comparable"):
            if key not in expected:
                continue
            want, got = expected[key], source[key]
            right = want == got or (isinstance(want, str) and isinstance(got, str) and _same_fact(key, want, got))
            facts.judge(right, f"{name}: {key} should be {want!r}, is {got!r}")
        if "paragraphs" in expected:
            want = expected["paragraphs"] if isinstance(expected["paragraphs"], list) else [expected["paragraphs"]]
            count = sum(b["kind"] == "paragraph" for b in source["blocks"])
            blocks.judge(count in want, f"{name}: {count} paragraphs, should be {want}")
        for key, kinds in (
            ("about", {"byline", "metadata", "dateline"}),
            ("headings", {"heading"}),
            ("aside", {"byline", "metadata", "boilerplate"}),
            ("boilerplate", {"boilerplate"}),
        ):
            tally = boilerplate if key == "boilerplate" else blocks
            for address in expected.get(key, ()):
                kind = _block_kind(source, story.span(name, address))
                tally.judge(kind in kinds, f"{name}: {address} is {kind}, should be {key}")
        told = {
            story.place(name, a)
            for t in story.expected["threads"]
            for field_ in ("members", "may")
            for a in t.get(field_, {}).get(name, ())
        } | {story.place(name, a) for a in story.expected["alone"].get(name, ())}
        for place in sorted(told):
            passage = source["passages"][place[1]]
            if source["blocks"][passage["block"]]["kind"] in {"boilerplate", "metadata", "byline"}:
                boilerplate.extra.append(story.shown(place))
    yield from (facts, blocks, boilerplate)


def _same_fact(key: str, want: str, got: str) -> bool:
    if key == "published":
        return got[:10] == want
    if key == "language":
        return got[:2] == want
    return " ".join(got.split()).casefold().removeprefix("the ") == want.casefold().removeprefix("the ")


def _block_kind(source: Json, span: Span) -> str | None:
    return next((b["kind"] for b in source["blocks"] if overlap(span, (b["start"], b["end"])) > 0), None)


def links(story: Story) -> Iterator[Tally]:
    found, kinds = Tally("links"), Tally("kind of link, of those found")
    wanted, allowed = expected_links(story)
    shown = {frozenset({story.ref(x["a"]), story.ref(x["b"])}): x for x in story.report["links"]}
    for pair, fitting in wanted.items():
        words = " <> ".join(sorted(map(story.shown, pair)))
        found.judge(pair in shown, words)
        if pair in shown:
            kinds.judge(
                shown[pair]["kind"] in fitting, f"{shown[pair]['kind']}, should be {'/'.join(sorted(fitting))}: {words}"
            )
    found.extra = [
        f"{link['score']:.2f} {' <> '.join(sorted(map(story.shown, pair)))}"
        for pair, link in shown.items()
        if pair not in wanted and pair not in allowed
    ]
    yield from (found, kinds)


def alone(story: Story) -> Iterator[Tally]:
    tally = Tally("surely alone")
    linked = {place for pair in expected_links(story)[0] for place in pair}
    said = {(name, n) for name, s in story.sources.items() for n, p in enumerate(s["passages"]) if p["alone"] == "sure"}
    for name, addresses in story.expected["alone"].items():
        for address in addresses:
            tally.judge(story.place(name, address) in said, story.shown(story.place(name, address)))
    tally.extra = [story.shown(p) for p in sorted(said & linked)]
    yield tally


def match_quotations(story: Story) -> tuple[dict[str, Json], list[Json]]:
    """The engine's quotation for each expected one, and those of the engine that stand for none that may be shown."""
    matched: dict[str, Json] = {}
    spare: list[Json] = []
    wanted = [
        (q, story.span(q["in"], q, "says"), form)
        for form, key in (("marked", "quotations"), ("reported", "reported"), ("any", "may"))
        for q in story.expected[key]
    ]
    for shown in story.report["quotations"]:
        name = story.names[shown["source"]]
        text = story.sources[name]["text"]
        form = "reported" if shown["kind"] == "reported" else "marked"
        span = bare(text, (shown["start"], shown["end"]))
        welcome = False
        for q, at, want in wanted:
            if q["in"] != name or not _one_quotation(span, bare(text, at), form):
                continue
            welcome = welcome or form == "reported" or want in (form, "any")
            if want == form and _better(span, at, matched.get(q["id"])):
                matched[q["id"]] = shown
        if not welcome:
            spare.append(shown)
    return matched, spare


def _one_quotation(shown: Span, expected: Span, form: str) -> bool:
    """Words in marks must be the same words, ends aside; of reported speech half of the shorter must be shared."""
    shared = overlap(shown, expected)
    lengths = (shown[1] - shown[0], expected[1] - expected[0])
    return shared > 0 and shared >= (0.5 * min(lengths) if form == "reported" else 0.8 * max(lengths))


def _better(shown: Span, expected: Span, before: Json | None) -> bool:
    return before is None or overlap(shown, expected) > overlap((before["start"], before["end"]), expected)


def quotations(story: Story) -> Iterator[Tally]:
    marked, reported = Tally("quotations in marks"), Tally("reported speech")
    kinds, speakers, via = Tally("kind of quotation"), Tally("speakers"), Tally("passed on by (via)")
    continued = Tally("speech over paragraphs")
    matched, spare = match_quotations(story)
    for q in [*story.expected["quotations"], *story.expected["reported"]]:
        shown = matched.get(q["id"])
        words = f"{q['id']} {q['says'][:50]}"
        (marked if "kind" in q else reported).judge(shown is not None, words)
        if shown is None:
            continue
        if "kind" in q:
            kinds.judge(shown["kind"] == q["kind"], f"{shown['kind']}, should be {q['kind']}: {words}")
        if "continues" in q:
            before = matched.get(q["continues"])
            continued.judge(before is not None and shown["continues"] == before["id"], words)
        if "speaker" in q:
            name = (shown["speaker"] or {}).get("name")
            right = any(same_name(n, name) for n in [q["speaker"], *q.get("or", ())])
            speakers.judge(right, f"{words}: {q['speaker']}")
            if name and not right:
                speakers.extra.append(f"{words}: {name}, should be {q['speaker']}")
        chain = [v["name"] for v in shown["via"]]
        if q.get("via"):
            right = len(chain) == len(q["via"]) and all(map(same_name, q["via"], chain))
            via.judge(right, f"{words}: {chain}, should be {q['via']}")
        elif "via" in q and chain:
            via.extra.append(f"{words}: {chain}")
    marked.extra = [_words(story, q) for q in spare if q["kind"] != "reported"]
    reported.extra = [_words(story, q) for q in spare if q["kind"] == "reported" and not _holds_marks(q, story)]
    yield from (marked, reported, kinds, continued, speakers, via)


def _words(story: Story, quotation: Json) -> str:
    return f"{story.names[quotation['source']]}: {' '.join(quotation['text'].split())[:70]}"


def _holds_marks(reported: Json, story: Story) -> bool:
    """Reported speech around words in marks: neither asked for nor held against the engine."""
    return any(
        q["kind"] != "reported"
        and q["source"] == reported["source"]
        and overlap((q["start"], q["end"]), (reported["start"], reported["end"])) > 0
        for q in story.report["quotations"]
    )


def utterances(story: Story) -> Iterator[Tally]:
    tally, relations = Tally("utterances (pairs)"), Tally("relation, of utterances found whole")
    matched, _ = match_quotations(story)
    ids = {shown["id"]: own for own, shown in matched.items()}
    home = {q["id"]: q["in"] for q in [*story.expected["quotations"], *story.expected["reported"]]}
    acts: dict[str, set[str]] = {}
    wanted: set[frozenset[str]] = set()
    for u in story.expected["utterances"]:
        acts.setdefault(u["act"], set()).update(u["quotations"])
        wanted |= {frozenset(p) for p in combinations(u["quotations"], 2) if home[p[0]] != home[p[1]]}
    shown = {
        frozenset(pair)
        for u in story.report["utterances"]
        for pair in combinations([ids[q] for q in u["quotations"] if q in ids], 2)
        if home[pair[0]] != home[pair[1]]
    }
    for pair in sorted(wanted, key=sorted):
        tally.judge(pair in shown, " <> ".join(sorted(pair)))
    one_act = {frozenset(p) for ids_ in acts.values() for p in combinations(ids_, 2)}
    tally.extra = [" <> ".join(sorted(pair)) for pair in sorted(shown - wanted - one_act, key=sorted)]
    found = {frozenset(ids[q] for q in u["quotations"] if q in ids): u["relation"] for u in story.report["utterances"]}
    for u in story.expected["utterances"]:
        relation = found.get(frozenset(u["quotations"]))
        if relation is not None:
            relations.judge(
                relation == u["relation"], f"{relation}, should be {u['relation']}: {', '.join(u['quotations'])}"
            )
    yield from (tally, relations)


def divergences(story: Story) -> Iterator[Tally]:
    conflicts, others = Tally("divergences in conflict"), Tally("divergences of other kinds")
    agree = Tally("agreeing, left alone")
    used: set[int] = set()
    for d in story.expected["divergences"]:
        fitting = {
            n
            for n, shown in enumerate(story.report["divergences"])
            if shown["kind"] in {d["kind"], *d.get("or", ())} and _touches(story, shown, d)
        }
        used |= fitting
        where = conflicts if d["kind"] in IN_CONFLICT else others
        where.judge(bool(fitting), f"{d['kind']} {d['id']}: {' | '.join(side[0]['at'][:40] for side in d['sides'])}")
    unmatched = [d for n, d in enumerate(story.report["divergences"]) if n not in used and d["kind"] in IN_CONFLICT]
    conflicts.extra = [f"{d['kind']} {d['confidence']:.2f}: {d['summary']}" for d in unmatched]
    for a in story.expected["agree"]:
        spans = [(s["in"], story.span(s["in"], s)) for s in a["spans"]]
        wrong = any(all(_hits(story, d, s, span) for s, span in spans) for d in unmatched)
        agree.judge(not wrong, f"{a['why']}: {' | '.join(s['at'] for s in a['spans'])}")
    yield from (conflicts, others, agree)


def _hits(story: Story, shown: Json, source: str, span: Span, *, passage: bool = False) -> bool:
    places = [(s["start"], s["end"]) for s in shown["spans"] if story.names[s["source"]] == source]
    if passage:
        return any(story.passage(source, p) == story.passage(source, span) for p in places)
    return any(overlap(p, span) > 0 for p in places)


def _touches(story: Story, shown: Json, expected: Json) -> bool:
    """Whether a divergence shown is the one expected: it touches two of its sides, or names who is silent about one."""
    loose = expected["kind"] not in BY_WORDS
    touched = sum(
        any(_hits(story, shown, s["in"], story.span(s["in"], s), passage=loose) for s in side)
        for side in expected["sides"]
    )
    if "silent" in expected:
        return touched >= 1 and set(expected["silent"]) <= {story.names[s] for s in shown["silent"]}
    return touched >= 2


def accounts(story: Story) -> Iterator[Tally]:
    tally = Tally("one account between them")
    shown = [
        ({story.names[s] for s in a["sources"]}, a["credit"]) for a in story.report["accounts"] if len(a["sources"]) > 1
    ]
    wanted = [set(a["sources"]) for a in story.expected["accounts"]]
    for a in story.expected["accounts"]:
        right = any(names == set(a["sources"]) and same_name(a["credit"], credit) for names, credit in shown)
        tally.judge(right, f"{', '.join(a['sources'])}: {a['credit']}")
    tally.extra = [f"{', '.join(sorted(names))}: {credit}" for names, credit in shown if names not in wanted]
    yield tally


PARTS = (structure, links, alone, quotations, utterances, divergences, accounts)


def judge(expected: Json, report: Json) -> list[Tally]:
    """The tallies of one story, in the order of the table."""
    story = Story(expected, report)
    return [tally for part in PARTS for tally in part(story)]


def add_up(stories: Iterable[list[Tally]]) -> list[Tally]:
    total: dict[str, Tally] = {}
    for tally in (t for tallies in stories for t in tallies):
        sum_ = total.setdefault(tally.kind, Tally(tally.kind))
        sum_.expected, sum_.found = sum_.expected + tally.expected, sum_.found + tally.found
        sum_.missed += tally.missed
        sum_.extra += tally.extra
    return list(total.values())


def table(tallies: Iterable[Tally]) -> str:
    rows = ["| kind | expected | found | missed | too many |", "|---|--:|--:|--:|--:|"]
    rows += [f"| {t.kind} | {t.expected} | {t.found} | {len(t.missed)} | {len(t.extra)} |" for t in tallies]
    return "\n".join(rows)


def run(folder: Path) -> list[Tally]:
    """Load and compare the texts of one story as the program does, and judge what comes of it."""
    from summitreader import Corpus, compare

    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    corpus = Corpus.load([folder / s["file"] for s in expected["sources"].values()])
    return judge(expected, compare(corpus.sources).to_dict())


def gone_back(before: str, now: str) -> list[str]:
    """The rows of two texts of tables in which less is found, or more is too many, than before."""

    def rows(text: str) -> dict[tuple[str, str], tuple[int, int]]:
        found, heading = {}, ""
        for line in text.splitlines():
            cells = [c.strip() for c in line.strip("|").split("|")]
            heading = line.removeprefix("### ") if line.startswith("### ") else heading
            if len(cells) == 5 and cells[1].isdigit():
                found[heading, cells[0]] = (int(cells[2]), int(cells[4]))
        return found

    old, new = rows(before), rows(now)
    return [
        f"{story} · {kind}: found {old[key][0]} → {new[key][0]}, too many {old[key][1]} → {new[key][1]}"
        for key in old.keys() & new.keys()
        for story, kind in [key]
        if new[key][0] < old[key][0] or new[key][1] > old[key][1]
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=SAMPLES)
    parser.add_argument("--story", help="only this subfolder")
    parser.add_argument("--verbose", action="store_true", help="list what was missed and what is too many")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the tables between the marks in FILE")
    parser.add_argument(
        "--check", type=Path, metavar="FILE", help="compare with the tables in FILE; 1 if any went back"
    )
    options = parser.parse_args()
    folders = [
        p.parent for p in sorted(options.folder.glob("*/expected.json")) if options.story in (None, p.parent.name)
    ]
    if not folders:
        parser.error(f"no story with an expected.json in {options.folder}")
    stories = {folder.name: run(folder) for folder in folders}
    parts = [f"### {name}\n\n{table(tallies)}" for name, tallies in stories.items()]
    if len(stories) > 1:
        parts.insert(0, f"### All stories\n\n{table(add_up(stories.values()))}")
    text = "\n\n".join(parts)
    print(text)
    if options.verbose:
        for name, tally in ((n, t) for n, tallies in stories.items() for t in tallies):
            for label, lines in (("missed", tally.missed), ("too many", tally.extra)):
                print("".join(f"\n{name} · {tally.kind} · {label}: {line}" for line in lines), end="")
        print()
    if options.write:
        before, _, rest = options.write.read_text(encoding="utf-8").partition(START)
        after = rest.partition(END)[2]
        options.write.write_text(f"{before}{START}\n\n{text}\n\n{END}{after}", encoding="utf-8")
    back = sorted(gone_back(options.check.read_text(encoding="utf-8"), text)) if options.check else []
    for row in back:
        print(f"went back: {row}")
    return int(bool(back))


if __name__ == "__main__":
    sys.exit(main())
