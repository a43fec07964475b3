"""Annotations as markdown: the words quoted, the note, and an exact citation for each."""

from __future__ import annotations

from collections.abc import Sequence

from summitreader.notes.model import Annotation
from summitreader.text import Source


def markdown(annotations: Sequence[Annotation], sources: Sequence[Source] = ()) -> str:
    """One document, in order of the text; `sources` gives the order of the sources."""
    order = {s.id: n for n, s in enumerate(sources)}
    lines = ["# Annotations", ""]
    for annotation in sorted(annotations, key=lambda a: _place(a, order)):
        for target in annotation.targets:
            lines += [f"> {line}" for line in target.quote.splitlines()] + [""]
            about = target.about
            known = [about.outlet, about.title, about.published, target.place, target.source_path, about.url]
            lines += [f"— {', '.join(part for part in known if part)}", ""]
        if annotation.note:
            lines += [annotation.note, ""]
        if annotation.tags:
            lines += [" ".join(f"#{tag}" for tag in annotation.tags), ""]
    return "\n".join(lines)


def _place(annotation: Annotation, order: dict[str, int]) -> tuple[int, int, int]:
    first = annotation.targets[0]
    return (order.get(first.source, len(order)), first.start or first.last_start, annotation.order)
