"""Zip archives, and what every format that is a zip archive inside shares: members read within limits.

A member is read only within limits of number and size, so that no small file becomes a large one; a member whose name
leads out of the archive is skipped. Archives in archives are not opened.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace

from summitreader.sources.isolation import reader_failed
from summitreader.sources.model import Document, Skipped, UnreadableFile
from summitreader.text.gate import shown_line

MOST_MEMBERS = 10_000
LARGEST_MEMBER = 32 * 1024 * 1024
LARGEST_TOTAL = 256 * 1024 * 1024
"""Bytes when unpacked, of one member and of all."""

PROTECTED = "it is protected by a password."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_zip(data: bytes, name: str) -> Iterator[Document | Skipped]:
    """The documents of every member that some reader reads; each of the others with its reason."""
    from summitreader.sources.registry import reader_for

    with opened(data) as archive:
        total = 0
        for info in sorted(archive.infolist(), key=lambda info: info.filename):
            if info.filename.endswith("/") or _hidden(info.filename):
                continue
            shown = shown_line(f"{name}#{info.filename}")
            try:
                if not info.filename:
                    raise UnreadableFile("it has no name in the archive.")
                total += info.file_size
                if total > LARGEST_TOTAL:
                    raise UnreadableFile("the archive unpacks to more than is read of one.")
                _check_name(info.filename)
                reader = reader_for(info.filename)
                if reader is read_zip:
                    raise UnreadableFile("it is an archive in an archive, which is not opened.")
                for document in reader(_bytes_of(archive, info), info.filename):
                    if isinstance(document, Skipped):
                        yield Skipped(shown_line(f"{name}#") + document.path, document.reason)
                    else:
                        own = f"{info.filename}#{document.name}" if document.name else info.filename
                        yield replace(document, name=own)
            except UnreadableFile as error:
                yield Skipped(shown, str(error))
            except MemoryError:
                raise
            except Exception as error:
                yield Skipped(shown, str(reader_failed(error)))


def opened(data: bytes, kind: str = "an archive") -> zipfile.ZipFile:
    """The archive. Raises `UnreadableFile` for what is not one; `kind` is what it should be, for the message."""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableFile(PROTECTED)
        raise UnreadableFile("it is an old office document (.doc) under another name; save it as .docx.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, IndexError) as error:
        if not data.startswith(b"PK"):
            raise UnreadableFile(f"it is not {kind}.") from error
        raise UnreadableFile(f"it is {kind} that is damaged or incomplete.") from error
    if len(archive.infolist()) > MOST_MEMBERS:
        raise UnreadableFile(f"it is {kind} of more than {MOST_MEMBERS:,} files.")
    return archive


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of a member, unpacked up to the limit whatever size it claims; capitals in its name do not matter."""
    try:
        info = archive.getinfo(name)
    except KeyError as error:
        low = name.lower()
        same = next((info for info in archive.infolist() if info.filename.lower() == low), None)
        if same is None:
            raise UnreadableFile(f"there is no {shown_line(name)} in it.") from error
        info = same
    return _bytes_of(archive, info)


def optional_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of a member, none where it is missing or damaged."""
    try:
        return member(archive, name)
    except UnreadableFile:
        return b""


def _bytes_of(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.flag_bits & 1:
        raise UnreadableFile(PROTECTED)
    try:
        with archive.open(info) as file:
            data = file.read(LARGEST_MEMBER + 1)
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError, NotImplementedError, zlib.error) as error:
        raise UnreadableFile("it is damaged inside.") from error
    if len(data) > LARGEST_MEMBER:
        raise UnreadableFile(f"it unpacks to more than {LARGEST_MEMBER // 1048576} MB.")
    return data


def _check_name(name: str) -> None:
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or (len(parts[0]) == 2 and parts[0][1] == ":"):
        raise UnreadableFile("its name leads out of the archive.")


def _hidden(name: str) -> bool:
    return any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in name.split("/"))
