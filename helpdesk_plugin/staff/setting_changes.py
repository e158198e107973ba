"""Who changed which setting, from what to what: the field history of everything that the agency owns.

Newest first over all tables together. A page costs the same however much was changed: a bounded look into
each table, and one more query for each table that has a row on the page.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from helpdesk_plugin.models import (
    AgencyProfile,
    CannedReply,
    Delegation,
    DocumentSettings,
    EscalationLevel,
    EvidenceItem,
    HelpDeskSettings,
    Holiday,
    MessageText,
    NoticeTemplate,
    Opd,
    OpdContact,
    PriorityRule,
    PriorityTarget,
    RequiredDocument,
    RetentionRule,
    Service,
    ServiceQuestion,
    Signatory,
    SopVersion,
    SpecialDay,
    StepStandard,
    SurveyElement,
    SurveyPeriod,
    Team,
    WorkingRegime,
)
from helpdesk_plugin.people import name_of
from helpdesk_plugin.staff.changes import Change, ChangeRecord
from helpdesk_plugin.staff.words import moment

#: Everything that is edited in the admin and keeps a field history, in the order of the menu.
WATCHED: tuple[type[models.Model], ...] = (
    HelpDeskSettings,
    AgencyProfile,
    DocumentSettings,
    Service,
    ServiceQuestion,
    RequiredDocument,
    SopVersion,
    StepStandard,
    MessageText,
    CannedReply,
    NoticeTemplate,
    Team,
    PriorityTarget,
    PriorityRule,
    EscalationLevel,
    WorkingRegime,
    SpecialDay,
    Holiday,
    Opd,
    OpdContact,
    Delegation,
    Signatory,
    EvidenceItem,
    SurveyElement,
    SurveyPeriod,
    RetentionRule,
)

#: How far back the pages go, all tables together.
MOST = 600
#: What setup adds is no change: a new site would begin with hundreds of them.
BY_SETUP = "setup"

_ADDED, _REMOVED = "+", "-"


def kinds() -> list[tuple[str, str]]:
    """The tables as a filter offers them: word in the address, name."""
    return [(model._meta.model_name or "", capfirst(str(model._meta.verbose_name))) for model in WATCHED]


def newest(kind: str = "") -> list[Any]:
    """The `MOST` newest rows of history, of one table or of all; one query a table."""
    models_asked = [model for model in WATCHED if kind in {"", model._meta.model_name}]
    rows: list[Any] = []
    for model in models_asked:
        kept = model.history.exclude(history_change_reason=BY_SETUP)  # type: ignore[attr-defined]
        rows += kept.order_by("-history_date", "-history_id")[:MOST]
    return sorted(rows, key=lambda row: (row.history_date, row.history_id), reverse=True)[:MOST]


def read(rows: Sequence[Any]) -> list[ChangeRecord]:
    """Rows of history in words. One query for each table among them, and one for the people."""
    before = _rows_before(rows)
    people = _people(row.history_user_id for row in rows)
    names = _Names(rows, before)
    return [_in_words(row, before.get((type(row), row.history_id)), people, names) for row in rows]


def _rows_before(rows: Sequence[Any]) -> dict[tuple[type, int], Any]:
    """The row of history before each of these, of the same thing."""
    found: dict[tuple[type, int], Any] = {}
    for history in dict.fromkeys(type(row) for row in rows):
        wanted = {row.id for row in rows if type(row) is history}
        of_these = history.objects.filter(id__in=wanted).order_by("id", "history_date", "history_id")
        for earlier, later in pairwise(of_these):
            if earlier.id == later.id:
                found[history, later.history_id] = earlier
    return found


def _in_words(row: Any, before: Any, people: dict, names: "_Names") -> ChangeRecord:
    changes = [] if row.history_type == _REMOVED else list(_differences(row, before, names))
    who = people.get(row.history_user_id, _("System"))
    return ChangeRecord(row.history_date, who, _heading(row), changes)


def _heading(row: Any) -> str:
    named = {"what": capfirst(str(row.instance_type._meta.verbose_name)), "name": _name_of(row)}
    if row.history_type == _ADDED:
        return _("%(what)s added: %(name)s") % named
    if row.history_type == _REMOVED:
        return _("%(what)s removed: %(name)s") % named
    return _("%(what)s changed: %(name)s") % named


def _name_of(row: Any) -> str:
    """What the thing was called; some names need rows that are gone."""
    try:
        return str(row.instance)
    except Exception:
        return f"#{row.id}"


def _differences(row: Any, before: Any, names: "_Names") -> Iterable[Change]:
    for field in row.instance_type._meta.concrete_fields:
        if field.primary_key:
            continue
        old = getattr(before, field.attname, None) if before else None
        new = getattr(row, field.attname, None)
        if before is None and new in (None, "", False, []):
            continue
        told = (names.words(field, old) if before else ""), names.words(field, new)
        if told[0] != told[1]:
            yield Change(str(field.verbose_name), *told)


class _Names:
    """Values in words; what other tables call the things that values point to is read once for all rows."""

    def __init__(self, rows: Sequence[Any], before: dict) -> None:
        wanted: dict[type[models.Model], set] = {}
        for row in (*rows, *before.values()):
            for field in row.instance_type._meta.concrete_fields:
                if field.related_model and getattr(row, field.attname, None) is not None:
                    wanted.setdefault(field.related_model, set()).add(getattr(row, field.attname))
        self._known = {
            (model, thing.pk): name_of(thing) if isinstance(thing, get_user_model()) else str(thing)
            for model, keys in wanted.items()
            for thing in model._default_manager.filter(pk__in=keys)
        }

    def words(self, field: models.Field, value: Any) -> str:
        if value in (None, ""):
            return ""
        if field.related_model:
            return self._known.get((field.related_model, value), f"#{value}")
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return moment(value) if isinstance(value, datetime) else str(value)


def _people(keys: Iterable[Any]) -> dict[Any, str]:
    users = get_user_model().objects.filter(pk__in={key for key in keys if key})
    return {user.pk: name_of(user) for user in users}
