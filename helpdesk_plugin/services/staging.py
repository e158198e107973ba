"""Keeping the good files of a form that could not be sent, until it is sent or a day has passed."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from helpdesk_plugin import clock
from helpdesk_plugin.models import StagedFile
from helpdesk_plugin.services.files import AcceptedFile

#: How long a file waits for its form to be sent.
KEPT_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class Kept:
    """A staged file as a form shows it; the content is read only when the form is sent."""

    pk: int
    slot: str
    name: str
    size: int
    row: StagedFile

    def read(self) -> AcceptedFile:
        """The file as it was accepted. Raises OSError when the store has lost it."""
        row = self.row
        with row.file.open("rb") as stored:
            return AcceptedFile(row.name, row.content_type, stored.read(), row.purpose, row.label)


def keep(form_key: uuid.UUID, slot: str, accepted: AcceptedFile) -> Kept:
    """Keep one accepted file for the form with this key. Raises OSError when it cannot be stored."""
    with transaction.atomic():
        row = StagedFile.objects.create(
            form_key=form_key, slot=slot, created_at=clock.now(), **accepted.as_fields()
        )
    return _kept(row)


def kept_for(form_key: uuid.UUID) -> list[Kept]:
    """What is kept for a form, oldest first; files past their day are no longer offered."""
    fresh = StagedFile.objects.filter(form_key=form_key, created_at__gt=clock.now() - KEPT_FOR)
    return [_kept(row) for row in fresh]


def discard(kept: Iterable[Kept]) -> None:
    """Forget files, because they were removed, replaced or sent with the form."""
    _delete([one.row for one in kept])


def move(form_key: uuid.UUID, to: uuid.UUID) -> None:
    """Hand what is kept for one form to another: the same words, sent deliberately a second time."""
    StagedFile.objects.filter(form_key=form_key).update(form_key=to)


def sweep(now: datetime | None = None) -> int:
    """Delete what waited longer than `KEPT_FOR` and return how many files that were. For the tick."""
    stale = list(StagedFile.objects.filter(created_at__lte=(now or clock.now()) - KEPT_FOR)[:500])
    _delete(stale)
    return len(stale)


def _kept(row: StagedFile) -> Kept:
    return Kept(row.pk, row.slot, row.name, row.size, row)


def _delete(rows: list[StagedFile]) -> None:
    """Rows first: a file without a row is litter, a row without its file would be a broken promise."""
    if not rows:
        return
    with transaction.atomic():
        StagedFile.objects.filter(pk__in=[row.pk for row in rows]).delete()
        for row in rows:
            transaction.on_commit(partial(row.file.delete, save=False), robust=True)
