"""Judging files from outside: by content as well as by name, before anything is stored.

A picture is stored as a new one (see `images`); a PDF is stored as it came and only ever handed out as a
download that no browser opens inside the site.
"""

import hashlib
import logging
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import filetype
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

from helpdesk_plugin import conf
from helpdesk_plugin.models.choices import AttachmentPurpose
from helpdesk_plugin.services import images, scanner
from helpdesk_plugin.services.images import Flaw, PictureRefused

logger = logging.getLogger(__name__)

MAX_BYTES = 5 * 1024 * 1024
MAX_FILES = 4

#: Allowed extension → content type that the content itself must show.
ALLOWED_TYPES: dict[str, str] = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
}


class FileProblem(StrEnum):
    """Why a file was refused."""

    TOO_LARGE = "too_large"
    EMPTY = "empty"
    WRONG_TYPE = "wrong_type"
    TOO_MANY = "too_many"
    BROKEN = "broken"
    TOO_MANY_PIXELS = "too_many_pixels"
    INFECTED = "infected"
    UNCHECKED = "unchecked"


_OF_FLAWS = {
    Flaw.BROKEN: FileProblem.BROKEN,
    Flaw.TOO_MANY_PIXELS: FileProblem.TOO_MANY_PIXELS,
    Flaw.TOO_LARGE: FileProblem.TOO_LARGE,
}


class FileRefused(Exception):
    """A file cannot be accepted; ``name`` and ``size`` (bytes) let a screen say which and why."""

    def __init__(self, problem: FileProblem, name: str = "", size: int = 0) -> None:
        self.problem, self.name, self.size = problem, name, size
        super().__init__(f"{problem.value}: {name}")


@dataclass(frozen=True)
class AcceptedFile:
    """A file that passed; ready to be kept with the act that it came with."""

    name: str
    content_type: str
    content: bytes
    purpose: str = AttachmentPurpose.EVIDENCE
    label: str = ""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def as_fields(self) -> dict:
        """Values for an `Attachment` row."""
        return {
            "name": self.name,
            "content_type": self.content_type,
            "size": len(self.content),
            "sha256": self.sha256,
            "purpose": self.purpose,
            "label": self.label,
            "file": ContentFile(self.content, name=self.name),
        }


def accept_file(
    upload: UploadedFile, *, purpose: str = AttachmentPurpose.EVIDENCE, label: str = ""
) -> AcceptedFile:
    """Return the file if it is a PDF, JPG or PNG of at most 5 MB, by name and by content.

    A picture comes back drawn anew: upright, without metadata. Where the site names a virus scanner, it is
    asked about the file as it came. Raises FileRefused. The name is cleaned before it is looked at; it is
    shown, never used as a path.
    """
    name = clean_name(upload.name or "")
    if upload.size and upload.size > MAX_BYTES:
        raise FileRefused(FileProblem.TOO_LARGE, name, upload.size)
    upload.seek(0)
    content = upload.read(MAX_BYTES + 1)
    if not content:
        raise FileRefused(FileProblem.EMPTY, name)
    if len(content) > MAX_BYTES:
        raise FileRefused(FileProblem.TOO_LARGE, name, len(content))
    expected = ALLOWED_TYPES.get(name.rpartition(".")[2].lower())
    if expected is None or filetype.guess_mime(content) != expected:
        raise FileRefused(FileProblem.WRONG_TYPE, name, len(content))
    refuse_infected(content, name)
    return AcceptedFile(name, expected, _safe(content, expected, name), purpose, label)


def refuse_infected(content: bytes, name: str) -> None:
    """Ask the virus scanner about these bytes, if the site names one.

    Raises FileRefused for what it finds, and while it is silent unless HELPDESK_SCANNER_NEEDED is off. The
    name is for the refusal alone.
    """
    try:
        found = scanner.finding(content)
    except scanner.ScannerSilent:
        if conf.scanner_needed():
            raise FileRefused(FileProblem.UNCHECKED, name, len(content)) from None
        # Without its name, which a stranger wrote; the digest finds it again.
        digest = hashlib.sha256(content).hexdigest()
        logger.warning("A file was taken without being scanned: SHA-256 %s.", digest)
        return
    if found:
        logger.warning("The virus scanner found %s in a file that was refused.", found)
        raise FileRefused(FileProblem.INFECTED, name, len(content))


def _safe(content: bytes, content_type: str, name: str) -> bytes:
    """What is stored of a file: a picture drawn anew, anything else as it came."""
    if content_type not in images.FORMATS:
        return content
    try:
        return images.redrawn(content, content_type, most_bytes=MAX_BYTES)
    except PictureRefused as refused:
        raise FileRefused(_OF_FLAWS[refused.flaw], name, len(content)) from None


def accept_files(uploads: Sequence[UploadedFile]) -> list[AcceptedFile]:
    """Judge the files of one message together. Raises FileRefused for the first that fails."""
    if len(uploads) > MAX_FILES:
        raise FileRefused(FileProblem.TOO_MANY)
    return [accept_file(upload) for upload in uploads]


def clean_name(raw: str) -> str:
    """A file name fit to be shown: no path, no control, format or surrogate characters, 120 letters."""
    base = re.split(r"[\\/]", raw)[-1]
    kept = "".join(c if unicodedata.category(c)[0] != "C" else "" for c in base)
    stem, dot, extension = " ".join(kept.split()).rpartition(".")
    return f"{stem[:110]}{dot}{extension[:9]}" if dot else extension[:120] or "file"
