"""Annotations for other programs: JSON-LD in the W3C Web Annotation model (an AnnotationPage with `items`), JSON Lines.

Everything that the model has no word for (colour, states, what a reader decided) is under names of our own, so
that what is exported and imported again is exported as the same bytes. JSON Lines are the full backup: the texts that
the annotations were made on, then each annotation, then what was decided of what was flagged.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from summitreader.notes.documents import document_of, dumps
from summitreader.notes.model import Annotation, Decision, decision_document

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"summitreader": "urn:x-summitreader:terms:"}]
IRI = "urn:x-summitreader:annotation:"
PAGE = "urn:x-summitreader:page:annotations"
_WEB = re.compile(r"https?://[A-Za-z0-9.\-]+(:\d+)?([/?#][A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]*)?\Z")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]+\Z")


def jsonld(annotations: Iterable[Annotation]) -> str:
    """The page, in the order given, as readable ASCII that ends with a line feed."""
    page = {"@context": CONTEXT, "id": PAGE, "type": "AnnotationPage", "items": [item(a) for a in annotations]}
    return json.dumps(page, ensure_ascii=True, indent=1) + "\n"


def item(annotation: Annotation) -> dict[str, Any]:
    """One annotation, complete in itself."""
    document = document_of(annotation)
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "id": annotation.iri if annotation.iri and _IRI.match(annotation.iri) else IRI + annotation.id,
        "type": "Annotation",
        "motivation": "commenting" if annotation.note else "tagging" if annotation.tags else "highlighting",
        "created": annotation.created,
        "modified": annotation.modified,
    }
    if annotation.creator:
        found["creator"] = {"type": "Person", "name": annotation.creator}
    bodies = [_body(annotation.note, "commenting")] if annotation.note else []
    bodies += [_body(tag, "tagging") for tag in annotation.tags]
    if bodies:
        found["body"] = bodies
    found["target"] = [_target(target) for target in document["targets"]]
    found["summitreader:annotation"] = {
        "id": annotation.id,
        "iri": annotation.iri,
        "colour": annotation.colour,
    }
    return found


def _body(value: str, purpose: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def _target(target: dict[str, Any]) -> dict[str, Any]:
    own = ("id", "origin", "place", "decided", "placed", "source")
    return {
        "source": source_iri(target["source"]),
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": target["exact"],
                "prefix": target["prefix"],
                "suffix": target["suffix"],
            },
            {"type": "TextPositionSelector", "start": target["start"], "end": target["end"]},
        ],
        "summitreader:target": {name: target[name] for name in own},
    }


def source_iri(source: dict[str, Any]) -> str:
    """The web address of a source, else that of its file, else a name made of its hash."""
    url = source["about"]["url"]
    if url and _WEB.match(url):
        return str(url)
    if source["location"]:
        try:
            return Path(source["location"]).as_uri()
        except ValueError:
            pass
    return "urn:x-summitreader:source:" + quote(source["sha256"] or source["id"], safe="", errors="surrogatepass")


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
