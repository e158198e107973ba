"""A ZIP that anybody can check: a manifest of SHA-256, and the same bytes for the same content."""

import hashlib
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

#: In the form that ``sha256sum --check`` reads.
MANIFEST = "MANIFEST-SHA256.txt"
#: The first moment that the format knows: when an archive was made says nothing about what is in it.
_ALWAYS = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o100644 << 16


@dataclass(frozen=True)
class Entry:
    """A file of the archive. ``name`` may have folders, parted by strokes."""

    name: str
    content: bytes


def archive(entries: Iterable[Entry]) -> bytes:
    """The entries by name, and the manifest after them. Raises ValueError for a name that comes twice."""
    ordered = sorted(entries, key=lambda entry: entry.name)
    if len({entry.name for entry in ordered}) < len(ordered):
        raise ValueError("Two files of an archive have one name.")
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for entry in (*ordered, Entry(MANIFEST, manifest(ordered))):
            packed.writestr(_about(entry), entry.content)
    return written.getvalue()


def manifest(entries: Iterable[Entry]) -> bytes:
    """A line for each file: SHA-256, two spaces, name."""
    lines = (f"{hashlib.sha256(entry.content).hexdigest()}  {entry.name}\n" for entry in entries)
    return "".join(lines).encode()


def _about(entry: Entry) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(entry.name, date_time=_ALWAYS)
    info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, _UNIX, _READABLE
    return info
