"""The files that belong to a former register: beside it in a ZIP, or in a folder of the server.

They are found by the names that the register gives them, whatever the capitals, and judged by content like
every upload when their row is stored. Nothing is unpacked to disk, and a member is read no further than a
file may be long.
"""

import io
import os
import re
import unicodedata
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from helpdesk_plugin.services.files import MAX_BYTES, AcceptedFile, accept_file, clean_name

MAX_ARCHIVE = 100 * 1024 * 1024
MAX_MEMBERS = 20_000
#: Files of one row; what a person needs more of lies in the old system.
MOST_OF_A_ROW = 20
#: How each entry begins in the list at the end of a ZIP.
_ENTRY = b"PK\x01\x02"
_UNREADABLE = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError)


class ArchiveProblem(StrEnum):
    """Why a file is no archive that can be used."""

    NOT_A_ZIP = "not_a_zip"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"


class ArchiveRefused(Exception):
    """What came beside the register is no ZIP, or too large."""

    def __init__(self, problem: ArchiveProblem) -> None:
        self.problem = problem
        super().__init__(problem.value)


class FileMissing(LookupError):
    """No file of this name came along, or it cannot be read."""


class FileAmbiguous(LookupError):
    """Several files bear this name; only its folder could tell which is meant."""


@dataclass(frozen=True)
class Member:
    """One file that came along. ``read`` returns at most so many bytes of it."""

    path: str
    read: Callable[[int], bytes]

    @property
    def name(self) -> str:
        """The name that it has on a ticket."""
        return clean_name(self.path)


class FilesBeside:
    """What came beside a register, found by path or by name."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._by_path: dict[str, Member] = {}
        self._by_name: dict[str, list[Member]] = defaultdict(list)
        for member in members:
            path = _comparable(member.path)
            self._by_path[path] = member
            self._by_name[path.rpartition("/")[2]].append(member)

    def find(self, typed: str) -> Member:
        """The file of this name, with or without its folder. Raises FileMissing, FileAmbiguous."""
        path = _comparable(typed)
        if path in self._by_path:
            return self._by_path[path]
        found = self._by_name.get(path.rpartition("/")[2], [])
        if len(found) > 1:
            raise FileAmbiguous(typed)
        if not found:
            raise FileMissing(typed)
        return found[0]

    def names_in(self, cell: str) -> list[str]:
        """The names in a cell: one, or several parted by semicolons, strokes, new lines or commas."""
        names: list[str] = []
        for part in (cell,) if self._knows(cell) else re.split(r"[;|\n]+", cell):
            names += [part] if self._knows(part) else part.split(",")
        return list(dict.fromkeys(filter(None, (" ".join(name.split()) for name in names))))

    def _knows(self, typed: str) -> bool:
        return _comparable(typed).rpartition("/")[2] in self._by_name


def in_archive(content: bytes) -> FilesBeside:
    """The files of a ZIP. Raises ArchiveRefused."""
    if len(content) > MAX_ARCHIVE:
        raise ArchiveRefused(ArchiveProblem.TOO_LARGE)
    # Counted before it is opened: a list of millions of empty entries fits into few bytes, not into memory.
    if content.count(_ENTRY) > MAX_MEMBERS:
        raise ArchiveRefused(ArchiveProblem.TOO_MANY)
    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
    except _UNREADABLE:
        raise ArchiveRefused(ArchiveProblem.NOT_A_ZIP) from None
    entries = [entry for entry in packed.infolist() if not entry.is_dir() and _is_meant(entry.filename)]
    return FilesBeside(Member(entry.filename, partial(_unpacked, packed, entry)) for entry in entries)


def in_folder(folder: Path) -> FilesBeside:
    """The files below a folder of the server; links are not followed. Raises NotADirectoryError."""
    if not folder.is_dir():
        raise NotADirectoryError(folder)
    return FilesBeside(_members_below(folder))


def accepted(member: Member) -> AcceptedFile:
    """The file as it may be kept. Raises FileRefused, and FileMissing if it cannot be read."""
    try:
        content = member.read(MAX_BYTES + 1)
    except _UNREADABLE:
        raise FileMissing(member.path) from None
    return accept_file(SimpleUploadedFile(member.name, content))


def _unpacked(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    with packed.open(entry) as opened:
        return opened.read(most)


def _members_below(folder: Path) -> Iterator[Member]:
    for where, _folders, names in os.walk(folder):
        for name in names:
            path = Path(where, name)
            if _is_meant(name) and path.is_file() and not path.is_symlink():
                yield Member(path.relative_to(folder).as_posix(), partial(_read, path))


def _read(path: Path, most: int) -> bytes:
    with path.open("rb") as opened:
        return opened.read(most)


def _is_meant(path: str) -> bool:
    """Not what file managers leave behind."""
    return not path.startswith("__MACOSX/") and not path.rpartition("/")[2].startswith(".")


def _comparable(path: str) -> str:
    plain = unicodedata.normalize("NFC", path).replace("\\", "/").strip()
    return " ".join(plain.split()).removeprefix("./").casefold()
