"""The files that rows of the database know: copied out of their stores, and back into them."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from django.core.files import File
from django.core.files.storage import Storage
from django.db import models

from helpdesk_plugin.backup.databases import Query
from helpdesk_plugin.backup.manifest import StoredFile
from helpdesk_plugin.models.stored import file_fields

_CHUNK = 1024 * 1024


class CannotStore(Exception):
    """A file cannot be copied; the sentence says which and why."""


def names_in(query: Query, field: models.FileField) -> list[str]:
    """Names of the files that rows of this field know, at the moment that ``query`` looks at."""
    table, column = field.model._meta.db_table, field.column
    rows = query(f'SELECT DISTINCT "{column}" FROM "{table}" WHERE "{column}" <> \'\'')  # noqa: S608 - our own names
    return sorted(name for (name,) in rows)


def copy_out(query: Query, directory: Path) -> tuple[list[StoredFile], list[str]]:
    """Copy every known file below ``directory``; also the names of those whose rows are gone by now.

    Raises CannotStore for a file that is missing although its row is there.
    """
    copied, gone = [], []
    for label, field in file_fields().items():
        for name in names_in(query, field):
            try:
                copied.append(_copy_one(label, field.storage, name, directory))
            except OSError as error:
                if field.model._base_manager.filter(**{field.name: name}).exists():
                    raise CannotStore(f"{name} ({label}) cannot be copied: {error}") from error
                gone.append(name)
    return copied, gone


def _copy_one(label: str, storage: Storage, name: str, directory: Path) -> StoredFile:
    digest, size = hashlib.sha256(), 0
    target = _inside(directory, Path("files", label, name))
    with storage.open(name, "rb") as source:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as copy:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                copy.write(chunk)
            copy.flush()
            os.fsync(copy.fileno())
    return StoredFile(label, name, size, digest.hexdigest())


def _inside(directory: Path, path: Path) -> Path:
    """The path below the directory. Raises CannotStore for a name that leads out of it."""
    found = (directory / path).resolve()
    if not found.is_relative_to(directory.resolve()):
        raise CannotStore(f"{path} leads out of the backup.")
    return found


def in_the_way(files: list[StoredFile]) -> list[str]:
    """Files of a backup that the stores hold already, or whose field this site does not have."""
    fields = file_fields()
    return [
        f"{one.name} ({one.field})"
        for one in files
        if one.field not in fields or fields[one.field].storage.exists(one.name)
    ]


def copy_in(files: list[StoredFile], directory: Path) -> Iterator[StoredFile]:
    """Copy the files of a backup into their stores, one after the other, and read each back.

    Raises CannotStore when a store gives back something else.
    """
    fields = file_fields()
    for one in files:
        storage = fields[one.field].storage
        with _inside(directory, one.path).open("rb") as content:
            name = storage.save(one.name, File(content))
        with storage.open(name, "rb") as stored:
            digest = hashlib.file_digest(stored, "sha256").hexdigest()
        if name != one.name or digest != one.sha256:
            raise CannotStore(f"{one.name} ({one.field}) came out of its store as something else.")
        yield one
