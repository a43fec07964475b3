"""One comparison as the finders of divergences read it: passages by place, links both ways, who is called what."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations
from typing import TypeVar

from summitreader.comparison.divergence.names import Name, names_in
from summitreader.comparison.divergence.pairs import ALIKE, Pair, overlap_of, pairs_of, sure_of
from summitreader.comparison.divergence.words import content_stems, word_set
from summitreader.comparison.model import Divergence, Link, LinkKind, PassageRef, Report, Side, SourceSpan
from summitreader.text import BlockKind, Source
from summitreader.text.dates import is_stamp

_Item = TypeVar("_Item")

__all__ = ["Story", "labels", "made", "quoted"]

_TITLE = 40
"""Characters of a title that stand for a source without an outlet."""


@dataclass(frozen=True)
class Story:
    """A report with what is looked up often. Built once for a run of `find_divergences`."""

    report: Report
    check: Callable[[], None] = lambda: None
    """Raises `Cancelled` where the work is no longer wanted; long work asks it often."""

    def heard(self, items: Iterable[_Item]) -> Iterator[_Item]:
        """`items` in turn, asking now and then whether the work is still wanted."""
        for n, item in enumerate(items):
            if not n & 31:
                self.check()
            yield item

    @cached_property
    def sources(self) -> dict[str, Source]:
        return {s.id: s for s in self.report.sources}

    @cached_property
    def comparable(self) -> dict[str, bool]:
        """Whether the rules can read a source, and hold its silence against it: one in another language they cannot."""
        flags = self.report.comparable or (True,) * len(self.report.sources)
        across = self.report.by_meaning
        return {s.id: flag and s.id not in across for s, flag in zip(self.report.sources, flags, strict=True)}

    @cached_property
    def order(self) -> dict[str, int]:
        return {s.id: n for n, s in enumerate(self.report.sources)}

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links whose two passages are told (no boilerplate), surest first."""
        telling = {id: frozenset(numbers) for id, numbers in self.told_passages.items()}
        links, order = self.report.links, self.order
        links = tuple(k for k in links if k.kind is not LinkKind.TRANSLATED)
        told = [k for k in links if k.a.passage in telling[k.a.source] and k.b.passage in telling[k.b.source]]
        told.sort(key=lambda k: (-k.score, order[k.a.source], k.a.passage, order[k.b.source], k.b.passage))
        return tuple(told)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The passages to hold against each other: linked ones, others that plainly speak of one thing, and ledes."""
        texts = {
            ref: self.text(ref)
            for source, numbers in self.told_passages.items()
            for ref in (PassageRef(source, n) for n in numbers)
            if not is_stamp(self.text(ref))
        }
        found = pairs_of(self.links, texts, self.order, self.check)
        known = {(p.a, p.b) for p in found}
        ledes = [PassageRef(s.id, self.body(s.id)[0]) for s in self.report.sources if self.body(s.id)]
        both = [(a, b) for a, b in combinations(ledes, 2) if (a, b) not in known and a in texts and b in texts]
        alike = [(a, b, overlap_of(content_stems(texts[a]), content_stems(texts[b]))) for a, b in both]
        return (*found, *(Pair(a, b, sure_of(share), share, linked=False) for a, b, share in alike if share >= ALIKE))

    @cached_property
    def thread_of(self) -> dict[PassageRef, int]:
        return {m: n for n, t in enumerate(self.report.threads) for m in t.members}

    @cached_property
    def labels(self) -> dict[str, str]:
        """What to call each source in a sentence: outlet, else title cut short, else id; never two alike.

        Several of one name are told apart by their day, by their time, or else by their ids.
        """
        sources = self.report.sources
        names = {s.id: s.outlet or _short_title(s.title) or s.id for s in sources}
        for known in (_day_of, _moment_of, _id_of):
            taken = Counter(names.values())
            told = {s.id: f"{names[s.id]} ({known(s)})" for s in sources if taken[names[s.id]] > 1 and known(s)}
            apart = Counter(told.values())
            names |= {id: name for id, name in told.items() if apart[name] == 1 or known is _id_of}
        return names

    def told(self, ref: PassageRef) -> bool:
        return self.sources[ref.source].is_told(ref.passage)

    def told_at(self, source: str, offset: int) -> bool:
        """Whether an offset of a source lies in a passage that tells the event."""
        return bool(self.sources[source].passages) and self.sources[source].is_told(
            self.sources[source].passage_at(offset)
        )

    def text(self, ref: PassageRef) -> str:
        return self._texts[ref.source][ref.passage]

    @cached_property
    def _texts(self) -> dict[str, list[str]]:
        return {s.id: [s.passage_text(n) for n in range(len(s.passages))] for s in self.report.sources}

    def place(self, ref: PassageRef) -> tuple[int, int]:
        return self.order[ref.source], ref.passage

    def span(self, ref: PassageRef, start: int, end: int) -> SourceSpan:
        """`[start, end)` of a passage as a span of its source."""
        at = self.sources[ref.source].passages[ref.passage].start
        return SourceSpan(ref.source, at + start, at + end)

    def whole(self, ref: PassageRef) -> SourceSpan:
        passage = self.sources[ref.source].passages[ref.passage]
        return SourceSpan(ref.source, passage.start, passage.end)

    def words(self, span: SourceSpan) -> str:
        return self.sources[span.source].text[span.start : span.end]

    def passage_of(self, span: SourceSpan) -> PassageRef:
        """The passage in which a span begins."""
        return PassageRef(span.source, self.sources[span.source].passage_at(span.start))

    @cached_property
    def told_passages(self) -> dict[str, list[int]]:
        """For each source, the numbers of the passages that tell the event, in order."""
        return {s.id: [n for n in range(len(s.passages)) if s.is_told(n)] for s in self.report.sources}

    def body(self, source: str) -> list[int]:
        """The numbers of the passages of the paragraphs of a source, in order."""
        return self._bodies[source]

    @cached_property
    def _bodies(self) -> dict[str, list[int]]:
        return {
            id: [n for n in told if self.kind(PassageRef(id, n)) is BlockKind.PARAGRAPH]
            for id, told in self.told_passages.items()
        }

    def depth(self, ref: PassageRef) -> float:
        """How far into its account a passage stands: 0 for the headline and the lede, 1 for the end."""
        body = self.body(ref.source)
        at = bisect_left(body, ref.passage)
        if at == len(body) or body[at] != ref.passage or len(body) < 2:
            return 0.0
        return at / (len(body) - 1)

    def kind(self, ref: PassageRef) -> BlockKind:
        source = self.sources[ref.source]
        return source.blocks[source.passages[ref.passage].block].kind

    @cached_property
    def linked_passages(self) -> dict[PassageRef, list[PassageRef]]:
        """By passage, those that a link joins to it, likely or possible."""
        found: dict[PassageRef, list[PassageRef]] = {}
        for link in (*self.report.links, *self.report.possible_links):
            found.setdefault(link.a, []).append(link.b)
            found.setdefault(link.b, []).append(link.a)
        return found

    @cached_property
    def linked_sources(self) -> dict[PassageRef, frozenset[str]]:
        """By passage, the sources that a link joins to it, likely or possible."""
        return {ref: frozenset(r.source for r in refs) for ref, refs in self.linked_passages.items()}

    def quoted_share(self, ref: PassageRef) -> float:
        """The share of a passage that stands in quotation marks, 0 to 1."""
        passage = self.sources[ref.source].passages[ref.passage]
        inside = (
            min(end, passage.end) - max(start, passage.start)
            for start, end in self._quoted[ref.source]
            if start < passage.end and passage.start < end
        )
        return sum(inside) / max(1, passage.end - passage.start)

    @cached_property
    def _quoted(self) -> dict[str, list[tuple[int, int]]]:
        found: dict[str, list[tuple[int, int]]] = {s.id: [] for s in self.report.sources}
        for quotation in self.report.quotations:
            if quotation.kind in {"speech", "fragment"}:
                found[quotation.source].append((quotation.start, quotation.end))
        return found

    def leads(self, ref: PassageRef) -> bool:
        """Whether a passage is a title or the first sentence of the account."""
        body = self.body(ref.source)
        return self.kind(ref) is BlockKind.TITLE or body[:1] == [ref.passage]

    def published(self, source: str) -> str | None:
        return self.sources[source].published

    def written(self, source: str) -> date | None:
        """The day of publication, where it is known."""
        return self._days[source]

    @cached_property
    def _days(self) -> dict[str, date | None]:
        return {s.id: _day(s.published) for s in self.report.sources}

    def around(self, span: SourceSpan, reach: int = 32) -> str:
        """A span with the words around it, at most `reach` characters either way, inside its passage."""
        source = self.sources[span.source]
        passage = source.passages[source.passage_at(span.start)]
        text = source.text[passage.start : passage.end]
        return around(text, span.start - passage.start, min(span.end, passage.end) - passage.start, reach)

    @cached_property
    def name_words(self) -> dict[str, frozenset[str]]:
        """For each source, the words of the names that it bears anywhere it tells the event."""
        return {
            s: frozenset(w for names in found for name in names for w in name.key) for s, found in self._names.items()
        }

    @cached_property
    def _names(self) -> dict[str, list[tuple[Name, ...]]]:
        return {
            s: [names_in(self.text(PassageRef(s, n))) for n in self.heard(numbers)]
            for s, numbers in self.told_passages.items()
        }

    @cached_property
    def common_names(self) -> frozenset[str]:
        """The words of names that a twentieth of all passages bear, so that sharing them tells nothing apart."""
        passages = [{w for name in names for w in name.key} for found in self._names.values() for names in found]
        counts = Counter(w for words in passages for w in words)
        return frozenset(w for w, n in counts.items() if n > 0.05 * len(passages) and len(passages) > 8)

    def named_together(self, a: tuple[str, ...], b: tuple[str, ...]) -> bool:
        """Whether any passage of the story bears both names, so that one may lie in the other."""
        return any(
            set(a) <= words and set(b) <= words
            for found in self._names.values()
            for names in found
            for words in [{w for name in names for w in name.key}]
        )


def labels(report: Report) -> dict[str, str]:
    """What to call each source, by its id and in their order: outlet, else title cut short, else id; no two alike."""
    return Story(report).labels


def made(
    story: Story,
    kind: str,
    sides: Sequence[Sequence[SourceSpan]],
    *,
    silent: Iterable[str] = (),
    confidence: float,
    summary: str,
    reason: str,
) -> Divergence:
    """A divergence with its id: a hash of its kind, its sources and its words, so that it outlives shifted offsets."""
    silent = tuple(silent)
    key = "\x1f".join([kind, *(f"{s.source}\x1e{story.words(s)}" for side in sides for s in side), *silent])
    name = f"{kind}-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"
    versions = tuple(Side(tuple(side), story.words(side[0])) for side in sides)
    return Divergence(kind, versions, silent, confidence, summary, reason, name)


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def _day_of(source: Source) -> str:
    return (source.published or "")[:10]


def _moment_of(source: Source) -> str:
    """`2025-03-11 18:15`, without seconds and zone."""
    published = source.published or ""
    return published[:16].replace("T", " ") if "T" in published else ""


def _id_of(source: Source) -> str:
    return source.id


def _short_title(title: str | None) -> str:
    """A title in quotation marks, at most `_TITLE` characters of it, cut between words."""
    if not title:
        return ""
    words = " ".join(re.sub('[“”"#]', "", title).split())
    if len(words) > _TITLE:
        words = words[:_TITLE].rsplit(" ", 1)[0].rstrip(" ,:;–-") + " …"
    return f"‘{words}’"


_LONGEST = 90
"""Characters of a quotation in a summary."""
_ENDING = re.compile(r"[\s.,;:—–-]+(?=[”’\"']*$)")
"""What the end of a sentence leaves before the closing mark; the summary has a point of its own."""
_LOOSE_ENDS = word_set("story.loose_ends")
_STUB = 2
"""Words after the last comma that are rather the beginning of what comes next."""
_MORE = 24
"""Characters that are added where that closes a quotation which the words break into."""


def quoted(text: str, limit: int = _LONGEST) -> str:
    """`text` in quotation marks on one line, cut at a word where it is longer than `limit`, without the point
    or comma at its end."""
    line = " ".join(text.split())
    line = _ENDING.sub("", line) if len(line) <= limit else line[:limit].rsplit(" ", 1)[0].rstrip(",;:.") + " …"
    line = _paired(line)
    return f"“{line}”" if not {"“", "”", '"'} & set(line) else f"‘{line}’"


def around(text: str, start: int, end: int, reach: int) -> str:
    """`text[start:end]` with the words around it, at most `reach` characters either way, cut where a phrase ends; a
    quotation that it breaks into is closed where its end is near."""
    first, last = max(0, start - reach), min(len(text), end + reach)
    while 0 < first < start and not text[first - 1].isspace():
        first += 1
    while end < last < len(text) and not text[last].isspace():
        last -= 1
    if text[first:last].count("“") > text[first:last].count("”"):
        close = text.find("”", last, last + _MORE)
        last = close + 1 if close >= 0 else last
    head, tail = text[first:start], text[end:last]
    return (head.lstrip(" ,;:—–-.") + text[start:end] + (plainly_cut(tail) if last < len(text) else tail)).strip()


def plainly_cut(text: str) -> str:
    """`text` without the small words and signs at its end that something would have to follow."""
    before, comma, after = text.rstrip(" ,;:—–-").rpartition(",")
    text = before if comma and len(after.split()) <= _STUB else before + comma + after
    words = text.rstrip(" ,;:—–-").split(" ")
    while len(words) > 1 and words[-1].lower().strip(",;:—–-") in _LOOSE_ENDS | {""}:
        words.pop()
    return " ".join(words).rstrip(" ,;:—–-")


def _paired(line: str) -> str:
    """With the mark that a cut took from a quotation, so that its words are still marked as somebody's."""
    opened, closed = line.count("“"), line.count("”")
    line = "“" * (closed - opened) + line + "”" * (opened - closed)
    return line + '"' if line.count('"') % 2 else line


_RIGHT: dict[str, tuple[tuple[float, float], ...]] = {
    "number": ((0.0, 0.66), (0.4, 0.72), (0.6, 0.78)),
    "name": ((0.0, 0.45), (2.5, 0.76), (3.0, 0.82)),
    "date": ((0.0, 0.74), (1.85, 0.8)),
}
"""By kind, evidence and the share that was right from there on: 31 of 40 of the judged ones and of those of the gold
(benchmarks/conflicts_calibration.py)."""
SPELLED_WORD = 2.5
"""Evidence of a name of one word that is spelled almost alike in passages that tell the same."""
SPELLED_NAME = 3.0
"""The same of a full name."""
_SLOPE = 0.02
"""What is added for each unit of evidence above a bound, at most twice, so that the surer stands first."""


def confidence(kind: str, evidence: float) -> float:
    """The share, 0 to 1, of divergences of this kind with this evidence that were right."""
    steps = _RIGHT[kind]
    at = bisect_right([bound for bound, _ in steps], evidence) - 1
    bound, share = steps[max(0, at)]
    return share + _SLOPE * min(2.0, max(0.0, evidence - bound))
