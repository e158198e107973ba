"""The field history of a service and of what hangs on it, as old → new.

Rows of the three tables are read together, so that a question that was reworded, or taken away, stands
beside the other changes of that day. A form saves its unchanged rows too; they are left out.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from django.contrib.auth import get_user_model
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helpdesk_plugin.models import RequiredDocument, Service, ServiceQuestion
from helpdesk_plugin.people import name_of
from helpdesk_plugin.staff.changes import Change, ChangeRecord

#: What hangs on a service and has a history of its own.
PARTS = {ServiceQuestion: gettext_lazy("Question"), RequiredDocument: gettext_lazy("Required document")}

_ADDED, _REMOVED = "+", "-"


def changes_of(service: Service) -> list[ChangeRecord]:
    """Every change of a service, its questions and its documents, newest first. Four queries."""
    found = [step for rows in _histories(service) for step in _steps(rows)]
    people = _people({row.history_user_id for row, _before, _changes in found})
    found.sort(key=lambda step: (step[0].history_date, step[0].history_id), reverse=True)
    return [
        ChangeRecord(
            row.history_date, people.get(row.history_user_id, _("System")), _heading(row, before), changes
        )
        for row, before, changes in found
    ]


def _histories(service: Service) -> Iterator[list]:
    """The history rows of each thing, oldest first."""
    yield list(service.history.order_by("history_date", "history_id"))
    for model in PARTS:
        rows = model.history.filter(service=service.pk).order_by("id", "history_date", "history_id")
        for _pk, of_one in groupby(rows, key=attrgetter("id")):
            yield list(of_one)


def _steps(rows: list) -> Iterator[tuple]:
    """Each row that changed something, with the row before it and the fields that changed."""
    for before, row in zip([None, *rows[:-1]], rows, strict=True):
        changes = _differences(before, row)
        if changes:
            yield row, before, changes


def _heading(row, before) -> str:
    what = PARTS.get(row.instance_type)
    if what is None:
        return _("The service")
    named = {"what": what, "name": str((before or row).instance)}
    if row.history_type == _ADDED:
        return _("%(what)s added: %(name)s") % named
    if row.history_type == _REMOVED:
        return _("%(what)s removed: %(name)s") % named
    return _("%(what)s changed: %(name)s") % named


def _differences(before, row) -> list[Change]:
    """The fields that differ; of a new row those that are filled, of a removed one what it had."""
    found = []
    for field in _fields_of(row):
        old = getattr(before, field.attname) if before else None
        new = None if row.history_type == _REMOVED else getattr(row, field.attname)
        if row.history_type == _REMOVED:
            old = getattr(row, field.attname)
        if _in_words(field, old) != _in_words(field, new):
            found.append(Change(str(field.verbose_name), _in_words(field, old), _in_words(field, new)))
    return found


def _fields_of(row) -> list[models.Field]:
    fields = row.instance_type._meta.concrete_fields
    return [field for field in fields if not field.primary_key and field.name != "service"]


def _in_words(field: models.Field, value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return "\n".join(str(value).splitlines())


def _people(keys: set) -> dict:
    return {user.pk: name_of(user) for user in get_user_model().objects.filter(pk__in=keys - {None})}
