"""The way back: into an empty site, or into a place that is thrown away, to see whether it would work."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings as django_settings
from django.db import connections
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin.backup import databases, stores
from helpdesk_plugin.backup.manifest import Manifest
from helpdesk_plugin.models import MessageState, NumberSeries, OutboxMessage
from helpdesk_plugin.models.outbox import WAITING
from helpdesk_plugin.models.stored import file_fields

#: Why messages rest that waited when the backup was made; officers read it beside each.
MAY_HAVE_BEEN_SENT = _("Restored from a backup: it may have been sent since.")


class CannotRestore(Exception):
    """The backup does not fit, or something is in the way; nothing was overwritten. Lists every reason."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reasons))


@dataclass(frozen=True)
class Settled:
    """What was done so that the restored site harms nobody: numbers that jumped, messages that were held."""

    series: int
    messages: int


def restore(directory: Path) -> Manifest:
    """Fill an empty database and empty stores from a backup, and compare what came out with what went in.

    Raises NoBackup, CannotRestore, CannotBackUp, CannotStore.
    """
    manifest, settings = _sound(directory), connections["default"].settings_dict
    _demand_emptiness(manifest)
    connections["default"].close()
    databases.restore(settings, directory / manifest.dump)
    _compare(manifest, settings)
    for _stored in stores.copy_in(manifest.files or [], directory):
        pass
    return manifest


def rehearse(directory: Path) -> Manifest:
    """Restore the database into a place that is thrown away, compare it, and look for its files.

    Touches neither the site's database nor its files. Raises the same as `restore`.
    """
    manifest, settings = _sound(directory), connections["default"].settings_dict
    with (
        tempfile.TemporaryDirectory(prefix="helpdesk-rehearsal-") as scratch,
        databases.place_for_rehearsal(settings, Path(scratch)) as place,
    ):
        databases.restore(place, directory / manifest.dump)
        _compare(manifest, place)
        _look_for_files(manifest, place)
    return manifest


def settle(numbers_ahead: int) -> Settled:
    """Make a restored site safe to open.

    Numbers given since the backup are on receipts that people hold, so every series jumps ahead. Messages
    that waited then have most likely been sent since; they are parked, and a person may send them again.
    """
    series = NumberSeries.objects.update(last=F("last") + numbers_ahead)
    with translation.override(django_settings.LANGUAGE_CODE):
        reason = str(MAY_HAVE_BEEN_SENT)
    held = OutboxMessage.objects.filter(state__in=WAITING)
    return Settled(series, held.update(state=MessageState.PARKED, last_error=reason))


def _sound(directory: Path) -> Manifest:
    manifest = Manifest.read(directory)
    reasons = list(manifest.damage(directory))
    vendor = databases.vendor_of(connections["default"].settings_dict)
    if manifest.vendor != vendor:
        reasons.append(f"The backup is of {manifest.vendor}, but DATABASE_URL names {vendor}.")
    if reasons:
        raise CannotRestore(*reasons)
    return manifest


def _demand_emptiness(manifest: Manifest) -> None:
    settings = connections["default"].settings_dict
    with databases.opened(settings) as query:
        tables = databases.tables_of(settings, query)
    if tables:
        raise CannotRestore(
            f"The database {settings['NAME']} holds {len(tables)} tables, and nothing is overwritten. "
            "Name an empty one in DATABASE_URL (or HELPDESK_VAR)."
        )
    found = stores.in_the_way(manifest.files or [])
    if found:
        raise CannotRestore(f"{len(found)} files are in the stores already, or have no place: {found[0]} …")


def _compare(manifest: Manifest, settings: databases.Settings) -> None:
    with databases.opened(settings) as query:
        found = databases.fingerprints(settings, query)
    names = sorted(set(manifest.tables) | set(found))
    differing = [name for name in names if manifest.tables.get(name) != found.get(name)]
    if differing:
        raise CannotRestore(f"What was restored differs from the backup in: {', '.join(differing)}.")


def _look_for_files(manifest: Manifest, settings: databases.Settings) -> None:
    """Whether every file that the restored rows know is in the backup."""
    if manifest.files is None:
        return
    here = {(one.field, one.name) for one in manifest.files}
    with databases.opened(settings) as query:
        for label, field in file_fields().items():
            lacking = {(label, name) for name in stores.names_in(query, field)} - here
            missing = sorted(name for _label, name in lacking if name not in manifest.gone)
            if missing:
                raise CannotRestore(f"{len(missing)} files of {label} are not in the backup: {missing[0]} …")
