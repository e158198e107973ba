"""Migrating an empty SQLite database takes longer than most test runs, so its result is kept in var/.

It is used again only while nothing that could change it has changed: our migrations, the installed packages,
the list of apps. PostgreSQL is always migrated from the start.
"""

import hashlib
import os
import shutil
import sys
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection

KEPT = Path(settings.BASE_DIR, "var", "test-database")


def reuse_migrated() -> bool:
    """Put a kept database where the test database is expected; return whether there was one."""
    kept = kept_path()
    if kept is None or not kept.exists():
        return False
    shutil.copyfile(kept, connection.settings_dict["TEST"]["NAME"])
    return True


def keep_migrated() -> None:
    """Keep the test database as it is now, freshly migrated, unless it is kept already."""
    kept = kept_path()
    if kept is None or kept.exists():
        return
    KEPT.mkdir(parents=True, exist_ok=True)
    # One for each supported cell may stay; older ones belong to migrations that have changed.
    for outdated in sorted(KEPT.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)[:-2]:
        outdated.unlink(missing_ok=True)
    draft = kept.with_suffix(f".{os.getpid()}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(draft)])
    draft.replace(kept)


@cache
def kept_path() -> Path | None:
    """Return where the database of the present migrations is kept; None for other databases than SQLite.

    Asked once, before migrating: a migration that is edited meanwhile must not lend its name to the old one.
    """
    if connection.vendor != "sqlite":
        return None
    seen = hashlib.sha256(sys.version.encode())
    for distribution in sorted(f"{package.name}=={package.version}" for package in distributions()):
        seen.update(distribution.encode())
    for app in apps.get_app_configs():
        seen.update(app.name.encode())
        if Path(app.path).is_relative_to(settings.BASE_DIR):
            for migration in sorted(Path(app.path, "migrations").glob("*.py")):
                seen.update(migration.read_bytes())
    return KEPT / f"{seen.hexdigest()[:16]}.sqlite3"
