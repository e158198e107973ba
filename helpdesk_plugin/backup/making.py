"""Making a backup while people work: a snapshot of the database, then the files that it knows."""

import os
import shutil
from datetime import datetime
from pathlib import Path

from django.db import connections
from django.utils import timezone

from helpdesk_plugin.backup import databases, stores
from helpdesk_plugin.backup.manifest import Manifest, sha256_of
from helpdesk_plugin.models import Heartbeat, Program

DUMPS = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}


class AlreadyThere(Exception):
    """Where the backup is to lie something is already; nothing was touched."""


def make_backup(directory: Path, *, with_files: bool = True) -> Manifest:
    """Back up database and files into a new directory, and give the sign of life of backups.

    Written beside it under another name and moved there when complete, so that a directory of this name
    is a whole backup. Only its owner may read it. Raises AlreadyThere, CannotBackUp, CannotStore, OSError.
    """
    if directory.exists():
        raise AlreadyThere(f"{directory} exists. A backup goes into a new directory and overwrites nothing.")
    partial = directory.with_name(f"{directory.name}.partial")
    if partial.exists():
        # Left by a backup that was interrupted; a second one at the same time would have failed here too.
        shutil.rmtree(partial)
    partial.mkdir(mode=0o700, parents=True)
    try:
        manifest = _write(partial, with_files)
        os.replace(partial, directory)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    Heartbeat.beat(Program.BACKUP, manifest.made_at)
    return manifest


def _write(directory: Path, with_files: bool) -> Manifest:
    settings, made_at = connections["default"].settings_dict, timezone.now()
    vendor = databases.vendor_of(settings)
    dump = DUMPS[vendor]
    files, gone = None, []
    with databases.snapshot(settings, directory / dump) as query:
        tables = databases.fingerprints(settings, query)
        if with_files:
            files, gone = stores.copy_out(query, directory)
    manifest = Manifest(made_at, vendor, dump, sha256_of(directory / dump), tables, files, gone)
    manifest.write(directory)
    _sync(directory)
    return manifest


def _sync(directory: Path) -> None:
    """Have the disk hold what was written before anybody is told that there is a backup."""
    for path in directory.iterdir():
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def age_of(manifest: Manifest, now: datetime) -> str:
    """How old a backup is, in hours."""
    return f"{(now - manifest.made_at).total_seconds() / 3600:.1f} hours old"
