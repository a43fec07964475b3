"""Why two passages are linked, or not, as lines of words. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from summitreader.comparison.linking.why import Weighed, Why
from summitreader.comparison.model import PassageRef, Shared
from summitreader.text import Source, Span
from summitreader.text.gate import shown_line
from summitreader.tui.inspection import name_of
from summitreader.tui.widgets.bars import Piece, one_line

_LONGEST = 600

_FEATURES = {
    "words": "rare words that both have",
    "letters": "sequences of letters that both have",
    "contained": "how much of the shorter stands in the other",
    "frames": "the same thing in other words of the news",
    "quoted": "quoted words that both have",
    "figures": "the same figures",
    "other_figures": "figures that differ",
    "other_names": "names that differ",
    "no_name": "no name in common",
    "early": "both stand near the head",
    "headline": "one of the two is a headline",
    "length": "how long they are: long passages share words by chance",
}
_REASONS = {"frame": "the same in other words", "place": "the same place", "compound": "one word or two"}


def why_lines(found: Why, sources: Sequence[Source], own: str = "", width: int = 100) -> Iterator[list[Piece]]:
    """In `width` cells: what decided; both passages, the words that both have marked; what weighs; their rivals."""
    number = {source.id: n for n, source in enumerate(sources)}
    if own:
        yield [(own, "note")]
    yield [(found.verdict, "linked" if found.linked else "check")]
    for ref, spans in ((found.a, [s.a for s in found.shared]), (found.b, [s.b for s in found.shared])):
        yield []
        yield [(_named(ref, sources, number), "strong")]
        yield _marked(sources[number[ref.source]], ref.passage, spans)
    if found.score is None:
        return
    yield []
    yield [("both have   ", "dim"), *(_words_of(found.shared, sources[number[found.a.source]], found, sources, number))]
    for sign, said in ((1, "speaks for it"), (-1, "against it")):
        weighed = [one for one in found.weighed if one.adds * sign > 0]
        if weighed:
            yield [(f"{said:<14}", "dim"), ("; ".join(_weighed(one) for one in weighed), "")]
    for ref, rivals in ((found.a, found.rivals_a), (found.b, found.rivals_b)):
        if rivals:
            yield []
            yield [(f"next to it, for {_named(ref, sources, number)}", "dim")]
            for rival, score in rivals:
                source = sources[number[rival.source]]
                better = found.score is not None and score > found.score
                named = f"{_named(rival, sources, number)}  "
                room = max(4, width - 8 - cell_len(named))
                words = one_line(shown_line(source.passage_text(rival.passage)), room)
                yield [(f"  {score:.2f} ", "check" if better else "dim"), (named, ""), (words, "dim")]


def _named(ref: PassageRef, sources: Sequence[Source], number: dict[str, int]) -> str:
    n = number[ref.source]
    return f"{n + 1} {one_line(shown_line(name_of(sources[n])), 30)} {sources[n].place_name(ref.passage)}"


def _marked(source: Source, passage: int, spans: Sequence[Span]) -> list[Piece]:
    """The passage, with the words at `spans` marked; a long one is cut."""
    start, end = source.passages[passage].start, source.passages[passage].end
    stop = min(end, start + _LONGEST)
    pieces: list[Piece] = []
    at = start
    for span in sorted(spans, key=lambda s: s.start):
        if span.start < at or span.end > stop:
            continue
        pieces += [
            (shown_line(source.text[at : span.start]), ""),
            (shown_line(source.text[span.start : span.end]), "text-shared"),
        ]
        at = span.end
    pieces.append((shown_line(source.text[at:stop]) + (" …" if stop < end else ""), ""))
    return [(" ".join(words.split("\n")), style) for words, style in pieces if words]


def _words_of(
    shared: Sequence[Shared], source: Source, found: Why, sources: Sequence[Source], number: dict[str, int]
) -> list[Piece]:
    if not shared:
        return [("nothing that tells anything", "")]
    other = sources[number[found.b.source]]
    said = []
    for one in shared[:12]:
        a, b = source.text[one.a.start : one.a.end], other.text[one.b.start : one.b.end]
        both = a if a.casefold() == b.casefold() else f"{a} = {b}"
        reason = _REASONS.get(one.reason, one.reason if one.reason in ("name", "number", "quoted") else "")
        said.append(f"{shown_line(both)} {one.weight:.0%}{f' ({reason})' if reason else ''}")
    more = f" · and {len(shared) - 12} more" if len(shared) > 12 else ""
    return [(" · ".join(said) + more, "linked")]


def _weighed(one: Weighed) -> str:
    return f"{_FEATURES.get(one.feature, one.feature.replace('_', ' '))} {one.adds:+.2f}"
