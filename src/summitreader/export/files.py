"""Files that the program and a person write together: marked regions are the program's, all else is theirs.

A region begins with a line with its name and a checksum of its contents. What is outside is never touched. A region
that was changed inside is recognised by the checksum, left as it is, and reported. Regions stay where a person put
them; a new one comes after the one that goes before it in the export. Files are written aside, synced and renamed; one
that the program did not make is never overwritten unless that is asked for.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from summitreader.errors import SummitreaderError
from summitreader.files import write_whole

_BEGIN = re.compile(r"<!-- summitreader:(\S+) ([0-9a-f]{8}) -->")


@dataclass(frozen=True, slots=True)
class Region:
    """`name` is unique in a document and has no white space; `body` ends with a line feed."""

    name: str
    body: str

    @property
    def sum(self) -> str:
        return f"{zlib.crc32(self.body.encode('utf-8', 'surrogatepass')):08x}"

    @property
    def text(self) -> str:
        return f"<!-- summitreader:{self.name} {self.sum} -->\n{self.body}<!-- /summitreader:{self.name} -->\n"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a file: a region, with whether someone changed what it holds, or text that is not ours."""

    text: str
    region: Region | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Merged:
    """The new text of a file, and the names of the regions that were added, written anew, removed, and left alone
    because someone had changed them. `doubled` are names that occur twice: only the first is updated."""

    text: str
    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()


def assemble(head: str, regions: Iterable[Region]) -> str:
    """A new document: what comes before the regions, then each after an empty line."""
    return head + "".join(f"\n{region.text}" for region in regions)


def parse(text: str) -> list[Stretch]:
    """The stretches of a file, whose texts together are the file."""
    stretches: list[Stretch] = []
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    plain: list[str] = []
    at = 0
    while at < len(lines):
        begin = _BEGIN.fullmatch(lines[at].rstrip("\r\n"))
        end = _end(lines, at, begin[1]) if begin else None
        if begin is None or end is None:
            plain.append(lines[at])
            at += 1
            continue
        if plain:
            stretches.append(Stretch("".join(plain)))
            plain = []
        region = Region(begin[1], "".join(lines[at + 1 : end]))
        as_it_was = Region(region.name, region.body.replace("\r\n", "\n"))
        stretches.append(Stretch("".join(lines[at : end + 1]), region, changed=as_it_was.sum != begin[2]))
        at = end + 1
    if plain:
        stretches.append(Stretch("".join(plain)))
    return stretches


def merge(old: str, new: str) -> Merged:
    """The file `old` brought up to the document `new`: only its regions matter, not what is between them."""
    wanted = [s.region for s in parse(new) if s.region is not None]
    by_name = {region.name: region for region in wanted}
    added: list[str] = []
    updated: list[str] = []
    removed: list[str] = []
    kept: list[str] = []
    doubled: list[str] = []
    out: list[Stretch] = []
    seen: set[str] = set()
    for stretch in parse(old):
        region = stretch.region
        if region is None:
            text = stretch.text
            if out and out[-1].region is not None and out[-1].text == "" and text.startswith("\n"):
                text = text[1:]
            out.append(Stretch(text))
            continue
        if region.name in seen:
            doubled.append(region.name)
            out.append(Stretch(stretch.text))
            continue
        seen.add(region.name)
        to_be = by_name.get(region.name)
        if stretch.changed and (to_be is None or to_be.body != region.body):
            kept.append(region.name)
            out.append(stretch)
        elif to_be is None:
            removed.append(region.name)
            out.append(Stretch("", region))
        elif to_be.body == region.body or to_be.body == region.body.replace("\r\n", "\n"):
            out.append(Stretch(stretch.text if not stretch.changed else to_be.text, region))
        else:
            updated.append(region.name)
            out.append(Stretch(to_be.text, to_be))
    before: str | None = None
    for region in wanted:
        if region.name not in seen:
            added.append(region.name)
            _insert(out, region, before)
        before = region.name
    return Merged("".join(s.text for s in out), *map(tuple, (added, updated, removed, kept, doubled)))


def _insert(out: list[Stretch], region: Region, before: str | None) -> None:
    """Put a region after the one named `before`; the first goes before all others, or to the end where none is."""
    at = next((i + 1 for i, s in enumerate(out) if s.region and s.region.name == before), None)
    if at is None:
        at = next((i for i, s in enumerate(out) if s.region), len(out))
        if at < len(out):
            out[at:at] = [Stretch(region.text, region), Stretch("\n")]
            return
    ends = "".join(s.text for s in out[:at])
    gap = "" if not ends else "\n" if ends.endswith("\n") else "\n\n"
    out[at:at] = [Stretch(gap), Stretch(region.text, region)]


def _end(lines: list[str], begin: int, name: str) -> int | None:
    closing = f"<!-- /summitreader:{name} -->"
    for at in range(begin + 1, len(lines)):
        line = lines[at].rstrip("\r\n")
        if line == closing:
            return at
        if _BEGIN.fullmatch(line):
            return None
    return None


_LONGEST = 200
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?\Z", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|#^\[\]\u2028\u2029]+')


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, or would be: where, the whole text, and sentences about what was left of an older file.

    `exists` says that there is a file, `merged` what changes in it; None where all of it is new.
    """

    path: Path
    text: str
    exists: bool
    merged: Merged | None = None
    notices: tuple[str, ...] = ()


def preview_export(path: Path, text: str, *, overwrite: bool = False) -> Written:
    """What `write_export` would do. Raises `SummitreaderError` where it would refuse."""
    old = _old(path)
    if old is None or overwrite:
        return Written(path, text, exists=old is not None)
    if old.strip() and not any(s.region for s in parse(old)):
        raise SummitreaderError(
            f"{path} was not made by summitreader and stays as it is. Name another file, or ask to overwrite it."
        )
    if not old.strip():
        return Written(path, text, exists=True)
    merged = merge(old, text)
    notices = []
    if merged.kept:
        notices.append(f"{_count(merged.kept)} changed by hand, left as it is: {', '.join(merged.kept)}.")
    if merged.doubled:
        notices.append(f"{_count(merged.doubled)} occurs twice; the first was updated: {', '.join(merged.doubled)}.")
    return Written(path, merged.text, exists=True, merged=merged, notices=tuple(notices))


def write_export(path: Path, text: str, *, overwrite: bool = False) -> Written:
    """Write a markdown document to `path`, or bring the one there up to date, in one step.

    Raises `SummitreaderError` where the file there was not made by the program, and where it cannot be written.
    """
    written = preview_export(path, text, overwrite=overwrite)
    write_whole(path, written.text.encode("utf-8", "surrogatepass"))
    return written


def write_files(folder: Path, texts: Mapping[str, str], *, overwrite: bool = False) -> list[Written]:
    """Write several documents into a folder, made where there is none; none is written where one would be refused."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SummitreaderError(f"{folder} could not be made ({error.strerror}).") from error
    for name, text in texts.items():
        preview_export(folder / name, text, overwrite=overwrite)
    return [write_export(folder / name, text, overwrite=overwrite) for name, text in texts.items()]


def file_name(title: str, taken: Iterable[str] = (), ending: str = ".md") -> str:
    """A name for a file from a title: one path segment, not hidden, no device, at most 200 bytes, none of `taken`.

    Two titles that differ only in what a name cannot bear, or in case, get different names.
    """
    name = unicodedata.normalize("NFC", title.encode("utf-8", "replace").decode("utf-8"))
    name = "".join(
        c for c in _FORBIDDEN.sub(" ", name) if unicodedata.category(c) not in ("Cf", "Cc", "Cs", "Co", "Cn")
    )
    name = " ".join(name.split()).strip(" .-~")
    if not name or _DEVICES.match(name):
        name = f"source {name}".strip()
    lower = {t.casefold() for t in taken}
    n = 1
    while True:
        suffix = ("" if n == 1 else f" {n}") + ending
        stem = name.encode()[: _LONGEST - len(suffix.encode())].decode("utf-8", "ignore").rstrip(" .")
        if f"{stem}{suffix}".casefold() not in lower:
            return f"{stem}{suffix}"
        n += 1


def _old(path: Path) -> str | None:
    try:
        if not path.exists():
            return None
        if not path.is_file():
            raise SummitreaderError(f"{path} is not a regular file; nothing was written.")
        return path.read_bytes().decode("utf-8", "surrogatepass")
    except OSError as error:
        raise SummitreaderError(f"{path} could not be read ({error.strerror}); it is as it was.") from error
    except UnicodeDecodeError:
        raise SummitreaderError(f"{path} is not UTF-8 text and was left as it is. Name another file.") from None


def _count(names: tuple[str, ...]) -> str:
    return "One region" if len(names) == 1 else f"{len(names)} regions"
