"""Annotations as JSON-lines that lose nothing: the texts that they were made on, then each annotation, then what was
decided of what was flagged.

The first line says what it is. Imported into an empty store and exported again it is the same, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from summitreader.notes.documents import document_of, dumps
from summitreader.notes.model import Annotation, Decision, decision_document

SCHEMA = "summitreader.annotations/1"


def jsonl(
    annotations: Iterable[Annotation], text_of: Callable[[str], str | None], decisions: Iterable[Decision] = ()
) -> str:
    """The lines, each pure ASCII; `text_of` gives the snapshot with a hash (`Store.snapshot`)."""
    chosen = list(annotations)
    hashes = dict.fromkeys(
        sha256
        for annotation in chosen
        for target in annotation.targets
        for sha256 in (target.origin, target.sha256, target.last_sha256, *(d.sha256 for d in target.decided))
        if sha256
    )
    lines = [dumps({"schema": SCHEMA})]
    for sha256 in sorted(hashes):
        text = text_of(sha256)
        if text is not None:
            lines.append(dumps({"text": text, "sha256": sha256}))
    lines += [dumps({"annotation": document_of(annotation)}) for annotation in chosen]
    lines += [dumps({"decision": decision_document(d)}) for d in sorted(decisions, key=lambda d: d.key)]
    return "\n".join(lines) + "\n"
