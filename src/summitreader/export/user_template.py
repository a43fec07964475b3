"""A person's own template for one annotation: Jinja2, in a sandbox, in a process of its own with limits.

A template sees `id`, `note`, `tags`, `colour`, `created`, `modified`, `state` and `targets`, each target with `quote`,
`now`, `place`, `start`, `end`, `sha256`, `path`, `state`, `confidence`, `title`, `outlet`, `author`, `published`, `url`
and `citation`. `{{ value }}` is written as plain words on one line, `{{ value | block }}` as paragraphs, `| quoted` as
a block quotation, `| tag` as a tag, `| raw` as it is. `{{ target.data }}` is the line that `verify` needs.

Templates are shared, so one may be anybody's: it can name no file, and what takes too long or too much memory ends the
process alone. Parent and child exchange JSON, a line each way.
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import time
import weakref
from pathlib import Path
from typing import Any

from summitreader.errors import SummitreaderError
from summitreader.export.citation import citation_line, cite, data_line
from summitreader.export.escaping import block, inline, visible
from summitreader.export.markdown import Render, tag_name
from summitreader.notes.model import Annotation
from summitreader.processes import INSTALLED, child_environment, module_command

LONGEST = 1_000_000
"""Characters that a template may make of one annotation."""
SECONDS = 5.0
"""How long it may take for one annotation."""
_START_SECONDS = 30.0
"""For the first answer, with which the process starts."""
_MEMORY = 512 << 20


def template(text: str) -> Render:
    """What `markdown(render=...)` takes. Raises `SummitreaderError` where the template cannot be read."""
    child = _Child()
    child.ask(text, "The template cannot be read")

    def render(annotation: Annotation, base: Path | None) -> str:
        made = child.ask(_seen(annotation, base), f"The template failed on note {annotation.id}")
        lines = visible(made.replace("\r\n", "\n")).rstrip("\n").split("\n")
        return "\n".join(f" {line}" if line.startswith("<!-- summitreader:") else line for line in lines) + "\n"

    return render


def _seen(annotation: Annotation, base: Path | None) -> dict[str, Any]:
    """What the template sees; `citation` and `data` are markdown already."""
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
                "citation": citation_line(target, cited),
                "data": data_line(annotation.id, index, cited),
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


class _Child:
    """The process, which ends with the last use of this."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            module_command("summitreader.export.user_template"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=INSTALLED,
            env=child_environment(),
        )
        self._read = b""
        self._seconds = _START_SECONDS
        self._end = weakref.finalize(self, _end, self._process)

    def ask(self, question: object, failure: str) -> str:
        """The child's answer. Raises `SummitreaderError`, beginning with `failure`, where it has none."""
        stdin = self._process.stdin
        assert stdin is not None
        try:
            stdin.write(json.dumps(question).encode() + b"\n")
            stdin.flush()
            answer = json.loads(self._line(failure))
        except (OSError, ValueError):
            raise SummitreaderError(f"{failure}: it took too much memory, or ended its process.") from None
        if "error" in answer:
            raise SummitreaderError(f"{failure}: {answer['error']}.")
        return str(answer["made"])

    def _line(self, failure: str) -> bytes:
        stdout = self._process.stdout
        assert stdout is not None
        end, self._seconds = time.monotonic() + self._seconds, SECONDS
        with selectors.DefaultSelector() as selector:
            selector.register(stdout, selectors.EVENT_READ)
            while b"\n" not in self._read:
                if not selector.select(max(0.0, end - time.monotonic())):
                    self._end()
                    raise SummitreaderError(f"{failure}: it takes too long.")
                data = os.read(stdout.fileno(), 1 << 16)
                if not data:
                    raise OSError("the process has ended")
                self._read += data
        line, _, self._read = self._read.partition(b"\n")
        return line


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:
                continue
    process.wait()


class _Rendered(str):
    """Markdown already; never escaped again."""


def _compiled(text: str) -> Any:
    from jinja2 import StrictUndefined
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
    return environment.from_string(text)


def main() -> int:
    """The child: the template first, then one annotation a line."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    except (ImportError, OSError, ValueError):
        pass  # without the module, or under a lower limit already
    compiled = None
    for line in sys.stdin.buffer:
        try:
            question = json.loads(line)
            if compiled is None:
                compiled, made = _compiled(question), ""
            else:
                for target in question["targets"]:
                    target["citation"] = _Rendered(target["citation"])
                    target["data"] = _Rendered(target["data"])
                made = compiled.render(question)
            answer = {"made": made} if len(made) <= LONGEST else {"error": f"it makes more than {LONGEST} characters"}
        except MemoryError:
            answer = {"error": "it takes too much memory"}
        except RecursionError:
            answer = {"error": "it is nested too deep"}
        except Exception as error:  # whatever a template does wrong is said, and is not the program's failure
            answer = {"error": f"{type(error).__name__}: {str(error)[:500]}"}
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
