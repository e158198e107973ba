"""The field history of a ticket as old → new: one query for a page of records, one for each kind of label."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from helpdesk_plugin import labels
from helpdesk_plugin.domain.indonesia import format_nip, format_phone, mask_nip
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import act_named
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.models.questions import answers_in_words
from helpdesk_plugin.people import name_of
from helpdesk_plugin.staff.words import moment

#: Bookkeeping of the row itself; it changes with every act and tells nobody anything.
_NOT_SHOWN = {
    *("version", "updated_at", "submission_key", "submission_digest", "status_since"),
    *("promise", "calendar_edition", "recovery_warn_at", "clock_used", "clock_running_since"),
}


@dataclass(frozen=True)
class Change:
    """One field before and after, in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class ChangeRecord:
    """One saving of the row: when, by whom, by which act, and what it changed."""

    at: Any
    who: str
    act: str
    changes: list[Change]


class ChangeReader:
    """Turns history rows into words. ``shows_nip``: whether this officer may read the number in full."""

    def __init__(self, *, shows_nip: bool) -> None:
        self.shows_nip = shows_nip
        self._fields = [
            f for f in Ticket._meta.concrete_fields if f.name not in _NOT_SHOWN and not f.primary_key
        ]
        self._names: dict[tuple[type, Any], str] = {}

    def read(self, rows: Sequence, earlier: Any) -> list[ChangeRecord]:
        """Records of ``rows`` (newest first); ``earlier`` is the row before the oldest, if there is one."""
        pairs = list(zip(rows, [*rows[1:], earlier], strict=True))
        raw = [(row, self._differences(row, before)) for row, before in pairs]
        self._learn_names(raw)
        return [self._record(row, found) for row, found in raw]

    def _differences(self, row, before) -> list[tuple]:
        """Fields that differ, with both values; of the first row those that are filled."""
        values = [
            (f, getattr(before, f.attname) if before else None, getattr(row, f.attname)) for f in self._fields
        ]
        if before is None:
            return [(f, old, new) for f, old, new in values if new not in (None, "", False, [])]
        return [(f, old, new) for f, old, new in values if old != new]

    def _learn_names(self, raw) -> None:
        """Fetch the names of everything referred to, one query for each kind of thing."""
        wanted: dict[type, set] = {}
        for row, found in raw:
            if row.history_user_id:
                wanted.setdefault(get_user_model(), set()).add(row.history_user_id)
            for f, old, new in found:
                if f.related_model:
                    wanted.setdefault(f.related_model, set()).update({old, new} - {None})
        for model, keys in wanted.items():
            for thing in model._default_manager.filter(pk__in=keys):
                self._names[model, thing.pk] = _name_of(thing)

    def _record(self, row, found) -> ChangeRecord:
        changes = [
            Change(str(f.verbose_name), self._words(f, old), self._words(f, new)) for f, old, new in found
        ]
        return ChangeRecord(row.history_date, self._who(row), _act(row.history_change_reason), changes)

    def _who(self, row) -> str:
        if row.history_user_id is None:
            return _("Requester or system")
        return self._names.get((get_user_model(), row.history_user_id), _("somebody who is no longer listed"))

    def _words(self, f, value) -> str:
        if value in (None, ""):
            return ""
        if f.name == "answers":
            return "\n".join(f"{question}: {answer}" for question, answer in answers_in_words(value))
        if f.related_model:
            return self._names.get((f.related_model, value), f"#{value}")
        if f.name == "held_from":
            return str(labels.STATUS_FOR_STAFF[TicketStatus(value)])
        if f.name == "requester_nip":
            return format_nip(value) if self.shows_nip else mask_nip(value)
        if f.name == "requester_phone":
            return format_phone(value)
        if f.choices:
            return str(dict(f.flatchoices).get(value, value))
        return _plain(value)


def _plain(value) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if hasattr(value, "hour"):
        return moment(value)
    return date_format(value, "j M Y") if hasattr(value, "year") else str(value)


def _name_of(thing) -> str:
    return name_of(thing) if isinstance(thing, get_user_model()) else str(thing)


def _act(reason: str | None) -> str:
    """The act that stands as reason, in words; other reasons as they are."""
    try:
        return str(labels.ACT_DONE[act_named(reason or "")])
    except ValueError:
        return reason or ""
