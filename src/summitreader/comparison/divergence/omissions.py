"""Who reports what: one only, left out by one, said to be left out, at the top of one and far down in another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, log

from summitreader.comparison.divergence.story import Story, made, quoted
from summitreader.comparison.divergence.words import content_stems
from summitreader.comparison.model import CONFLICTS, Alone, Divergence, PassageRef, SourceSpan
from summitreader.text import BlockKind, Source

_SURE = 0.82
"""Confidence of a passage that linking calls surely alone, at most: of a sample drawn afresh two readers found 0.82 and
0.77 right, 0.86 and 0.82 with doubtful ones as half (docs/linking.md)."""


def find_only(story: Story) -> list[Divergence]:
    """What surely one source alone tells: neighbouring passages of a paragraph together."""
    if not story.report.alone or len(story.report.sources) < 2:
        return []
    found = []
    for source, alone in zip(story.report.sources, story.report.alone, strict=True):
        if not story.comparable[source.id]:
            continue
        runs: list[list[int]] = []
        for n in story.heard(story.told_passages[source.id]):
            if alone[n] is not Alone.SURE:
                continue
            last = runs[-1][-1] if runs else -2
            if last == n - 1 and source.passages[last].block == source.passages[n].block:
                runs[-1].append(n)
            else:
                runs.append([n])
        for run in runs:
            start, end = source.passages[run[0]].start, source.passages[run[-1]].end
            summary = f"Only {story.labels[source.id]} tells {quoted(source.text[start:end])}."
            prominent = 0.05 * (1 - story.depth(PassageRef(source.id, run[0])))
            found.append(
                made(
                    story, "only", [[SourceSpan(source.id, start, end)]], confidence=_SURE - 0.05 + prominent,
                    summary=summary, reason="no passage of any other source is linked to it or near it",
                )
            )  # fmt: skip
    return found


_QUOTED = 0.5
"""Share of a passage in quotation marks from which leaving it out is a choice of words rather than an omission: of the
silent sources of threads that are quoted more than this, a careful reader called one in five an omission; of the rest,
two in three (40 stories)."""
_TIED = 0.35
"""Score of a possible link from which its two passages are taken to report one thing, if no third source is linked to
either: without these a third of the important omissions is found by nobody's thread. Of the seven from 0.3 to here one
met an omission (40 stories)."""
_RIGHT_LIKELY, _RIGHT_POSSIBLE = 0.72, 0.6
"""Share of what careful readers call an omission, of threads and of pairs that are possibly linked (40 stories)."""


def find_silent(story: Story, conflicts: Iterable[Divergence] = ()) -> list[Divergence]:
    """What most sources report in their own words, and a comparable source that is not older leaves out.

    A source is not silent where any link, likely or possible, joins it to a passage that reports it, or where one of
    `conflicts` holds its words against one.
    """
    comparable = [s.id for s in story.report.sources if story.comparable[s.id]]
    if len(comparable) < 3:
        return []
    linked = story.linked_sources
    threads = [(tuple(t.members), t.representative, _RIGHT_LIKELY) for t in story.report.threads]
    possible = [k for k in story.report.possible_links if k.score >= _TIED]
    threads += [((k.a, k.b), k.a, _RIGHT_POSSIBLE) for k in sorted(possible, key=lambda k: -k.score)]
    found: list[Divergence] = []
    used: set[tuple[PassageRef, str]] = set()
    weights, against = Rarity(story), held_against(story.sources, conflicts)
    for thread, representative, right in story.heard(threads):
        members = [m for m in thread if story.told(m)]
        tellers = list(dict.fromkeys(m.source for m in members))
        if len(tellers) < max(2, ceil(0.6 * len(comparable))):
            continue
        if sum(map(story.quoted_share, members)) >= _QUOTED * len(members):
            continue
        otherwise = frozenset[str]().union(*(against.get(m, frozenset()) | linked.get(m, frozenset()) for m in members))
        silent = [
            s
            for s in comparable
            if s not in tellers
            and s not in otherwise
            and not any((m, s) in used for m in members)
            and not _older(story, s, tellers)
            and weights.untold(members, s)
        ]
        if not silent:
            continue
        used.update((m, s) for m in members for s in silent)
        prominence = max(1 - story.depth(m) for m in members)
        who = " and ".join(story.labels[s] for s in silent)
        verb = "leaves" if len(silent) == 1 else "leave"
        spans = [story.whole(_first(members, t)) for t in tellers]
        told_by = f"{len(tellers)} of {len(comparable)}"
        found.append(
            made(
                story, "silent", [spans], silent=silent, confidence=right + 0.05 * prominence,
                summary=f"{who} {verb} out what {told_by} report: {quoted(story.text(representative))}.",
                reason=f"reported by {told_by}; no passage of {who} shares enough of its rarer words",
            )
        )  # fmt: skip
    return found


def _older(story: Story, source: str, tellers: list[str]) -> bool:
    """Whether a source was published before each of `tellers`, as far as that is known."""
    mine = story.published(source)
    theirs = [story.published(t) for t in tellers]
    return mine is not None and all(t is not None and mine < t for t in theirs)


def held_against(sources: Mapping[str, Source], conflicts: Iterable[Divergence]) -> dict[PassageRef, frozenset[str]]:
    """By passage, the sources whose words a conflict holds against it."""
    found: dict[PassageRef, frozenset[str]] = {}
    for divergence in conflicts:
        if divergence.kind in CONFLICTS:
            places = [PassageRef(s.source, sources[s.source].passage_at(s.start)) for s in divergence.spans]
            for place in places:
                found[place] = found.get(place, frozenset()) | {other.source for other in places}
    return found


def _first(members: list[PassageRef], source: str) -> PassageRef:
    return next(m for m in members if m.source == source)


def find_says_silent(story: Story) -> list[Divergence]:
    """Where a source says that another left something out; sources that say so in linked passages together."""
    said: dict[int, list[tuple[PassageRef, SourceSpan]]] = {}
    single = len(story.report.threads)
    for source in story.report.sources:
        for n in story.heard(story.told_passages[source.id]):
            ref = PassageRef(source.id, n)
            for silence in silences_in(story.text(ref), story.kind(ref) is BlockKind.TITLE):
                home = story.thread_of.get(ref)
                if home is None:
                    home, single = single, single + 1
                said.setdefault(home, []).append((ref, story.span(ref, silence.start, silence.end)))
                break
    found = []
    for home in sorted(said, key=lambda h: story.place(said[h][0][0])):
        sayings = said[home]
        ref = sayings[0][0]
        who = story.labels[ref.source] if len({r.source for r, _ in sayings}) == 1 else "Several sources"
        verb = "says" if who != "Several sources" else "say"
        title = all(story.kind(r) is BlockKind.TITLE for r, _ in sayings)
        found.append(
            made(
                story, "says-silent", [[story.whole(r) for r, _ in sayings]],
                confidence=0.75 if title else 0.85,
                summary=f"{who} {verb} that something was left out: {quoted(story.text(ref), 140)}.",
                reason=f"the words {quoted(story.words(sayings[0][1]))}",
            )
        )  # fmt: skip
    return found


_BURIED = 0.6
"""Depth from which a passage counts as buried, 0 the lede and 1 the end."""

_LONG_ENOUGH = 6
"""Passages of the body that an account needs before anything in it can be buried."""


def find_placement(story: Story) -> list[Divergence]:
    """What one source leads with (title or lede) and another has only far down, with nothing earlier that is linked, or
    possibly linked, to the lead."""
    found = []
    for thread in story.heard(story.report.threads):
        members = [m for m in thread.members if story.told(m)]
        leads = [m for m in members if story.leads(m)]
        if not leads:
            continue
        leading = {m.source for m in leads}
        for source in dict.fromkeys(m.source for m in members):
            body = story.body(source)
            if source in leading or not story.comparable[source] or len(body) < _LONG_ENOUGH:
                continue
            near = [ref for lead in leads for ref in story.linked_passages.get(lead, ()) if ref.source == source]
            first = min((m for m in (*members, *near) if m.source == source), key=lambda m: m.passage)
            depth = story.depth(first)
            if depth < _BURIED or first not in members:
                continue
            lead = leads[0]
            spot = story.sources[lead.source].place_name(lead.passage)
            below = story.sources[source].place_name(first.passage)
            found.append(
                made(
                    story, "placement", [[story.whole(lead)], [story.whole(first)]], confidence=0.3 + 0.4 * depth,
                    summary=f"{story.labels[lead.source]} leads ({spot}) with {quoted(story.text(lead))}; "
                    f"{story.labels[source]} has it in {below}: {quoted(story.text(first))}.",
                    reason=f"{round(100 * depth)} % of the way down one account, at the top of the other",
                )
            )  # fmt: skip
    return found


UNTOLD = 0.3
"""Share of the weight of a thread's words up to which a passage of another source does not tell it."""

_SLACK = 1 - 1e-9
"""What is nearly enough is summed again, in a fixed order."""


@dataclass(frozen=True)
class Rarity:
    """Words weighted by how few passages of the story have them (logarithm of the inverse share)."""

    story: Story

    @cached_property
    def _stems(self) -> dict[str, list[frozenset[str]]]:
        return {
            source: [content_stems(self.story.text(PassageRef(source, n))) for n in self.story.heard(numbers)]
            for source, numbers in self.story.told_passages.items()
        }

    @cached_property
    def _weights(self) -> dict[str, float]:
        df = Counter(stem for passages in self._stems.values() for stems in passages for stem in stems)
        total = sum(map(len, self._stems.values()))
        return {stem: log((total + 1) / n) for stem, n in df.items()}

    @cached_property
    def _holding(self) -> dict[str, dict[str, list[int]]]:
        """For each source and stem the passages that have it, they or the next."""
        found: dict[str, dict[str, list[int]]] = {}
        for source, stems in self._stems.items():
            holding = found.setdefault(source, {})
            for n, (own, following) in enumerate(zip(stems, [*stems[1:], frozenset[str]()], strict=False)):
                for stem in own | following:
                    holding.setdefault(stem, []).append(n)
        return found

    def untold(self, members: Sequence[PassageRef], source: str) -> bool:
        """Whether no passage of `source` and its next have the share `UNTOLD` of the words that tell a thread.

        Of several members only the words count that two of them have; where there are none nothing is called untold.
        Words are asked from the rarest on, and only passages that can still reach the share are followed further.
        """
        common = self._telling(tuple(members))
        enough = UNTOLD * sum(weight for _, weight in common)
        if enough <= 0:
            return False
        holding = self._holding[source]
        held = sorted((len(holding[stem]), stem, weight) for stem, weight in common if stem in holding)
        left = sum(weight for *_, weight in held)
        least = enough * _SLACK
        shares: dict[int, float] = {}
        for _, stem, weight in held:
            if left < least:
                break
            for n in holding[stem]:
                shares[n] = shares.get(n, 0.0) + weight
            left -= weight
        return not any(self._has(source, n, common) for n, share in shares.items() if share + left >= least)

    def _has(self, source: str, n: int, common: tuple[tuple[str, float], ...]) -> bool:
        """Whether a passage and its next have so much; summed in one order, so that it comes out alike everywhere."""
        stems = self._stems[source]
        here, after = stems[n], stems[n + 1] if n + 1 < len(stems) else frozenset[str]()
        share = sum([weight for stem, weight in common if stem in here or stem in after])
        return share / sum([weight for _, weight in common]) >= UNTOLD

    def _telling(self, members: tuple[PassageRef, ...]) -> tuple[tuple[str, float], ...]:
        """The stems that tell a thread with their weights, always in one order, so that sums come out alike."""
        if members not in self._told:
            told = Counter(stem for m in members for stem in content_stems(self.story.text(m)))
            least = 1 if len(members) == 1 else 2
            self._told[members] = tuple((s, self._weights.get(s, 0.0)) for s, n in sorted(told.items()) if n >= least)
        return self._told[members]

    @cached_property
    def _told(self) -> dict[tuple[PassageRef, ...], tuple[tuple[str, float], ...]]:
        return {}


_LEFT_OUT = re.compile(
    r"""\b(?:
        (?:omit(?:s|ted|ting)?|sidestep(?:s|ped|ping)?|skirt(?:s|ed|ing)?|gloss(?:es|ed|ing)?\ over
            |steer(?:s|ed|ing)?\ clear\ of
            |skip(?:s|ped)(?!\ (?:class|school|work|bail|town|the\ country))
          )\ (?:any\ |all\ |the\ |its\ |their\ |his\ |her\ )?\w+
      | (?:did|does|do|has|have|had|would)(?:\ not|n['’]t)\ (?:\w+ly\ )?
            (?:mention(?:ed)?|touch(?:ed)?\ (?:on|upon)|refer(?:red)?\ to|address(?:ed)?|allude(?:d)?\ to
              |bring\ up|speak\ of|raise(?:d)?\ the)
      | (?:makes?|made|making|contain(?:s|ed|ing)?|with|carried|carries|gave|gives)\ no\ (?:\w+\ )?
            (?:mention|reference|word|allusion)
      | without\ (?:\w+ly\ )?(?:mentioning|referring\ to|touching\ on|any\ (?:mention|reference))
      | (?:is|was|were|are|stay(?:s|ed)?|remain(?:s|ed)?|keep(?:s)?|kept|fell)\ (?:\w+ly\ )?
            (?:silent|mum|quiet)\ (?:on|about|over)
      | (?:silent|mum)\ on\ (?:the\ )?[A-Z]
      | avoid(?:s|ed|ing)?\ (?:any\ |all\ )?(?:mention|reference|mentioning|naming|the\ (?:subject|topic|issue))
      | never\ (?:\w+ly\ )?(?:mentioned|mentions|touched\ on|referred\ to|named)
      | was\ in\ none\ of\ (?:them|it)
      | absent\ from\ (?:the\ )?(?:\w+\ ){0,3}
            (?:statement|report|reports|read-?out|communiqu[eé]|account|speech|remarks)
      | (?:go|goes|went|gone|going)\ unmentioned
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_TELLERS = re.compile(
    r"""\b(?:reports?|media|agency|agencies|statements?|read-?outs?|communiqu[eé]s?|accounts?|articles?|coverage|speech
    |remarks|newspapers?|papers?|broadcast(?:er)?s?|television|dispatch(?:es)?|comments|letter|announcement|press
    |newscast|bulletins?|summary|transcript|post|tweet|text|declaration|Xinhua|KCNA|Reuters|TASS|Yonhap|ministry|office
    |headline)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_POSSIBLE = re.compile(r"\b(?:to|can|could|may|might|would|should|will|shall)\s(?:\w+ly\s)?\Z", re.IGNORECASE)
"""Before a verb that is then no report of what was done: "allowed the agencies to sidestep the evidence"."""
_NAMED = re.compile(r"\b[A-Z][\w'’.-]+")


@dataclass(frozen=True, slots=True)
class Silence:
    """`[start, end)` of the passage: the words that say so; `media` where what is silent is a report or a speech."""

    start: int
    end: int
    media: bool


def silences_in(text: str, title: bool = False) -> tuple[Silence, ...]:
    """Where `text` says that someone left something out; in a title a name will do for who did."""
    found = []
    for match in _LEFT_OUT.finditer(text):
        before = text[: match.start()]
        clause = re.split(r"[;:.]\s|(?<=\w),\s(?:and|but)\s", before)[-1]
        media = bool(_TELLERS.search(clause))
        if _POSSIBLE.search(before):
            continue
        if media or (title and _NAMED.search(before)):
            found.append(Silence(match.start(), match.end(), media))
    return tuple(found)
