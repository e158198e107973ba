"""Files in the private store that no row of the database knows.

A file is stored before the row that knows it is committed, and deleted after its row is gone. Whoever is
killed in between leaves a file of nobody. It is deleted once it is older than any transaction can be.
"""

import logging
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.storage import Storage
from django.utils import timezone

from helpdesk_plugin import conf
from helpdesk_plugin.models.attachments import DIRECTORY, attachment_storage
from helpdesk_plugin.models.staging import STAGED_DIRECTORY
from helpdesk_plugin.models.stored import file_fields

logger = logging.getLogger(__name__)

#: The parts of each directory: names are random, so each holds about as many files as any other.
PARTS = tuple(f"{number:02x}" for number in range(256))
#: So many are deleted at once by the scheduler, which has other work.
MOST = 200
#: Killed transactions leave no more than this in one look; more may mean that the database is another one.
FEW = 20
#: Names that the models give, with what a store adds to a name that is taken, and the small pictures.
_OURS = re.compile(r"[0-9a-f]{40}(_\w{7})?(\.thumb)?", re.ASCII)


@dataclass
class Look:
    """What one look at some parts of the store has found: files of nobody, and how many are known."""

    leftovers: list[str]
    known: int

    @property
    def is_doubtful(self) -> bool:
        """Whether this looks like the wrong database beside the store, rather than like litter."""
        outnumbered = len(self.leftovers) > max(FEW, self.known)
        return outnumbered or (bool(self.leftovers) and not self.known and not _any_known())


def look(parts: Sequence[str], *, older_than: timedelta) -> Look:
    """Look through parts of the plugin's own directories; nothing is changed.

    Ages are measured by the clock of the machine, as the store measures them, whatever a simulation says.
    Raises what the store raises when it does not answer.
    """
    store, before = attachment_storage(), timezone.now() - older_than
    found = Look([], 0)
    for directory in (DIRECTORY, STAGED_DIRECTORY):
        for part in parts:
            # Listed before the rows are read: what is committed in between is known then.
            names = _listed(store, f"{directory}/{part}")
            known = _known(f"{directory}/{part}/") if names else set()
            found.known += len(known)
            unknown = [name for name in names if name.removesuffix(".thumb") not in known]
            found.leftovers += [name for name in unknown if _is_older(store, name, before)]
    return found


def remove(names: Sequence[str]) -> int:
    """Delete files of nobody that `look` has found, say so in the log, and return how many they were."""
    store = attachment_storage()
    for name in names:
        store.delete(name)
    if names:
        logger.info("%d files that no record knows were deleted: %s", len(names), ", ".join(names))
    return len(names)


def sweep(parts: Sequence[str] = ()) -> int:
    """Delete what is old enough in one part, taken at random, or in those given. For the tick.

    Nothing is deleted that looks like the wrong database; a store that does not answer is tried another time.
    """
    hours = conf.leftovers_hours()
    if not hours:
        return 0
    try:
        found = look(parts or [secrets.choice(PARTS)], older_than=timedelta(hours=hours))
        if not found.is_doubtful:
            return remove(found.leftovers[:MOST])
    except Exception:
        # Every store has errors of its own, and none may hold up the other work of the scheduler.
        logger.exception("The private store could not be looked through for files of nobody.")
        return 0
    logger.warning(
        "%d files of the private store are in no record, beside %d that are. Is this the right database? "
        "They were left alone; helpdesk_leftovers --dry-run names them.",
        len(found.leftovers),
        found.known,
    )
    return 0


def _listed(store: Storage, path: str) -> list[str]:
    """The files in a directory whose names are ours; none where there is no such directory."""
    try:
        _directories, names = store.listdir(path)
    except FileNotFoundError:
        return []
    return [f"{path}/{name}" for name in sorted(names) if _OURS.fullmatch(name)]


def _known(prefix: str) -> set[str]:
    """Names of files below a path that any row of the site knows. One query for each field."""
    found: set[str] = set()
    for field in file_fields().values():
        rows = field.model._base_manager.filter(**{f"{field.name}__startswith": prefix})
        found.update(rows.values_list(field.name, flat=True))
    return found


def _any_known() -> bool:
    """Whether any row of the plugin knows a file at all."""
    ours = (field for field in file_fields().values() if field.model._meta.app_label == "helpdesk_plugin")
    return any(field.model._base_manager.exclude(**{field.name: ""}).exists() for field in ours)


def _is_older(store: Storage, name: str, before: datetime) -> bool:
    try:
        return store.get_modified_time(name) < before
    except FileNotFoundError:
        return False
