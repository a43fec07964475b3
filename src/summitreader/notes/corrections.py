"""What a reader put right, laid over the sources as they were loaded; pure.

`corrected_sources` gives the sources as they are to be compared and shown, `placed_by_hand` the links, cuts and
speakers at their places of today. A place that is in doubt, or lost, is not acted on until the reader has confirmed it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from summitreader.notes.model import Annotation, Correction, State, Target, What
from summitreader.text import BlockKind, Source

FIELDS = ("title", "outlet", "author", "published", "url", "language")
"""What of a source can be put right, in the order in which it is asked for."""

Place = tuple[str, int, int]
"""`[start, end)` of the text of the source with that id."""


@dataclass(frozen=True, slots=True)
class ByHand:
    """Pairs of places that tell the same, pairs that do not, and quotations with who says them (None: not known)."""

    links: tuple[tuple[Place, Place], ...] = ()
    cuts: tuple[tuple[Place, Place], ...] = ()
    speakers: tuple[tuple[Place, str | None], ...] = ()


def placed_by_hand(corrections: Iterable[Annotation], loaded: Collection[str]) -> ByHand:
    """The links, cuts and speakers of `corrections` on the sources whose ids are `loaded`; of two on the same places
    the later holds."""
    pairs: dict[tuple[Place, Place], bool] = {}
    speakers: dict[Place, str | None] = {}
    for annotation in sorted(corrections, key=lambda a: a.order):
        said = annotation.correction
        places = [_place(target) for target in annotation.targets if target.source in loaded]
        if said is None or None in places:
            continue
        found = [place for place in places if place is not None]
        if said.what in (What.LINK, What.CUT) and len(found) == 2:
            a, b = sorted(found)
            pairs.pop((a, b), None)
            pairs[a, b] = said.what is What.LINK
        elif said.what is What.SPEAKER and found:
            speakers[found[0]] = said.value
    return ByHand(
        tuple(pair for pair, linked in pairs.items() if linked),
        tuple(pair for pair, linked in pairs.items() if not linked),
        tuple(speakers.items()),
    )


def corrected_sources(sources: Sequence[Source], corrections: Iterable[Annotation]) -> tuple[Source, ...]:
    """The sources with what was put right of each; a source of which nothing was is returned as it is."""
    of: dict[str, list[tuple[Correction, Target]]] = {}
    for annotation in sorted(corrections, key=lambda a: a.order):
        said = annotation.correction
        if said is not None and said.what in (What.FIELD, What.BLOCK):
            of.setdefault(annotation.targets[0].source, []).append((said, annotation.targets[0]))
    return tuple(_corrected(source, of[source.id]) if source.id in of else source for source in sources)


def fields_by_hand(corrections: Iterable[Annotation], source: str) -> dict[str, Annotation]:
    """The correction that holds of each field of the source with that id."""
    return {
        a.correction.name: a
        for a in sorted(corrections, key=lambda a: a.order)
        if a.correction is not None and a.correction.what is What.FIELD and a.targets[0].source == source
    }


def cited_by_hand(annotations: Iterable[Annotation], corrections: Iterable[Annotation]) -> list[Annotation]:
    """The annotations, their sources described as the reader put them right."""
    known: dict[str, dict[str, str | None]] = {}
    for annotation in sorted(corrections, key=lambda a: a.order):
        said = annotation.correction
        if said is not None and said.what is What.FIELD and said.name in FIELDS:
            known.setdefault(annotation.targets[0].source_key, {})[said.name] = said.value

    def cited(target: Target) -> Target:
        fields = known.get(target.source_key)
        return replace(target, about=replace(target.about, **fields)) if fields else target

    return [replace(annotation, targets=tuple(map(cited, annotation.targets))) for annotation in annotations]


def moved_stories(
    stories: Sequence[tuple[str, Sequence[str]]], corrections: Iterable[Annotation], corpus: str
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Stories, each a name and the ids of its sources, after the reader moved sources between them.

    `corpus` is the folder of the corpus, since a source can belong to another story in another corpus. A story that is
    new stands at the end, one that lost all its sources goes. A source leaves the story that it was moved from, else
    the smallest that it is in, since a folder can be a story besides those that were found in it.
    """
    moves = {
        a.targets[0].source: a.correction
        for a in sorted(corrections, key=lambda a: a.order)
        if a.correction is not None and a.correction.what is What.STORY and a.correction.name == corpus
    }
    members: dict[str, list[str]] = {name: list(ids) for name, ids in stories}
    order = {id: n for n, id in enumerate(dict.fromkeys(id for _, ids in stories for id in ids))}
    for id, move in moves.items():
        homes = [name for name, ids in members.items() if id in ids]
        if not homes or not move.value or move.value in homes:
            continue
        home = move.was if move.was in homes else min(homes, key=lambda name: (len(members[name]), name))
        members[home].remove(id)
        there = members.setdefault(move.value, [])
        there.append(id)
        there.sort(key=order.__getitem__)
    return tuple((name, tuple(ids)) for name, ids in members.items() if ids)


def _place(target: Target) -> Place | None:
    if target.state is not State.SURE or target.start is None or target.end is None:
        return None
    return (target.source, target.start, target.end)


def _corrected(source: Source, said: Sequence[tuple[Correction, Target]]) -> Source:
    known: dict[str, str | None] = {c.name: c.value for c, _ in said if c.what is What.FIELD and c.name in FIELDS}
    notices = [
        f"{name} corrected (was {f'“{was}”' if (was := getattr(source, name)) else 'unknown'})."
        for name in FIELDS
        if name in known and known[name] != getattr(source, name)
    ]
    kinds = _kinds_by_hand(source, said)
    for kind, words in ((BlockKind.BOILERPLATE, "page furniture"), (BlockKind.PARAGRAPH, "part of the account")):
        count = sum(found is kind for found in kinds.values())
        if count:
            notices.append(f"{count} paragraph{'' if count == 1 else 's'} marked as {words}.")
    if not notices:
        return source
    from summitreader.text.build import passages_of

    blocks = tuple(replace(b, kind=kinds[n]) if n in kinds else b for n, b in enumerate(source.blocks))
    language = known.get("language", source.language)
    again = bool(kinds) or language != source.language
    return replace(
        source,
        **known,  # type: ignore[arg-type]
        day=None if known.get("published") else source.day,
        blocks=blocks,
        passages=tuple(passages_of(source.text, blocks, language)) if again else source.passages,
        notices=(*source.notices, *notices),
    )


def _kinds_by_hand(source: Source, said: Sequence[tuple[Correction, Target]]) -> dict[int, BlockKind]:
    """The blocks, by number, that the reader says are of another kind."""
    kinds: dict[int, BlockKind] = {}
    for correction, target in said:
        place = _place(target)
        if correction.what is not What.BLOCK or place is None or not source.passages:
            continue
        number = source.passages[source.passage_at((place[1] + place[2]) // 2)].block
        if correction.value in set(BlockKind):
            kinds[number] = BlockKind(correction.value)
    return {n: kind for n, kind in kinds.items() if kind is not source.blocks[n].kind}
