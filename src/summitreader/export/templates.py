"""A person's own template for one annotation: Jinja2, in a sandbox, with everything escaped unless it is asked for raw.

A template sees `id`, `note`, `tags`, `colour`, `created`, `modified`, `state` and `targets`, each target with `quote`,
`now`, `place`, `start`, `end`, `sha256`, `path`, `state`, `confidence`, `title`, `outlet`, `author`, `published`, `url`
and `citation`. `{{ value }}` comes out as plain words on one line; `{{ value | block }}` as paragraphs, `| quoted` as a
block quotation, `| tag` as a tag, `| raw` as it is. `{{ target.data }}` is the line that `verify` needs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from summitreader.errors import SummitreaderError
from summitreader.export.citation import citation_line, cite, data_line
from summitreader.export.escaping import block, inline
from summitreader.export.markdown import Render, tag_name
from summitreader.notes.model import Annotation

LONGEST = 1_000_000


class _Rendered(str):
    """Markdown already; never escaped again."""


def template(text: str) -> Render:
    """What `markdown(render=...)` takes. Raises `SummitreaderError` where the template cannot be read."""
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment, SandboxedEnvironment

    def finalize(value: Any) -> str:
        return value if isinstance(value, _Rendered) else "" if value is None else _Rendered(inline(str(value)))

    environment: SandboxedEnvironment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, finalize=finalize, autoescape=False, keep_trailing_newline=True, trim_blocks=True
    )
    environment.filters |= {
        "block": lambda value: _Rendered("\n".join(block(str(value)))),
        "quoted": lambda value: _Rendered("\n".join(f"> {line}".rstrip() for line in block(str(value)))),
        "tag": lambda value: _Rendered(f"#{tag_name(str(value))}"),
        "raw": lambda value: _Rendered(value),
    }
    try:
        compiled = environment.from_string(text)
    except TemplateError as error:
        raise SummitreaderError(f"The template cannot be read: {error}.") from error

    def render(annotation: Annotation, base: Path | None) -> str:
        try:
            made = compiled.render(_seen(annotation, base))
        except Exception as error:
            raise SummitreaderError(f"The template failed on note {annotation.id}: {error}.") from error
        if len(made) > LONGEST:
            raise SummitreaderError(f"The template made more than {LONGEST} characters of note {annotation.id}.")
        lines = made.replace("\r\n", "\n").rstrip("\n").split("\n")
        return "\n".join(f" {line}" if line.startswith("<!-- summitreader:") else line for line in lines) + "\n"

    return render


def _seen(annotation: Annotation, base: Path | None) -> dict[str, Any]:
    targets = []
    for index, target in enumerate(annotation.targets):
        cited = cite(target, base)
        about = target.about
        targets.append(
            {
                "quote": cited.quote,
                "now": target.now,
                "place": cited.place,
                "start": cited.start,
                "end": cited.end,
                "sha256": cited.sha256,
                "path": cited.path,
                "state": str(target.state),
                "confidence": target.confidence,
                "title": about.title,
                "outlet": about.outlet,
                "author": about.author,
                "published": about.published,
                "url": about.url,
                "citation": _Rendered(citation_line(target, cited)),
                "data": _Rendered(data_line(annotation, index, cited)),
            }
        )
    return {
        "id": annotation.id,
        "note": annotation.note,
        "tags": list(annotation.tags),
        "colour": annotation.colour,
        "created": annotation.created,
        "modified": annotation.modified,
        "state": str(annotation.state),
        "targets": targets,
    }
