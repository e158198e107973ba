"""Logged work by officer, for those alone who may look at what every officer does.

It stands on the screen and nowhere else: no document, export, evidence or raw data tells it.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.people import joined_name, name_fields
from helpdesk_plugin.reports.measures import work_of
from helpdesk_plugin.reports.overview import WORK, Work, as_work
from helpdesk_plugin.reports.scope import Scope

#: Whoever holds it makes the evidence of any officer; everybody else their own.
FOR_ANYBODY = "helpdesk_plugin.evidence_steprecord"


def may_read(user: Any) -> bool:
    """Whether a reader may see what single officers did."""
    return user is not None and holds(user, FOR_ANYBODY)


def work_by_officer(scope: Scope) -> list[tuple[int | None, str, Work]]:
    """Work logged in the period by officer: key, name and figures, by name. One query.

    The key is None, and the name empty, for accounts that are gone. Raises PermissionDenied.
    """
    rows = _work(scope).values("by", *_names()).annotate(**WORK)
    return sorted(((row["by"], _name(row), as_work(row)) for row in rows), key=lambda one: one[1].casefold())


def tickets_worked_on(scope: Scope, officer: str) -> QuerySet:
    """The tickets on which one officer logged work in the period. Raises PermissionDenied."""
    return scope.tickets.filter(pk__in=_of(scope, officer).values("ticket"))


def name_of_officer(scope: Scope, officer: str) -> str:
    """Who that is, if they logged work in the period; else what was asked. Raises PermissionDenied."""
    row = _of(scope, officer).values(*_names()).first()
    return _name(row) if row else officer[:20]


def _of(scope: Scope, officer: str) -> QuerySet:
    known = officer.isascii() and officer.isdigit() and len(officer) < 18
    return _work(scope).filter(by=int(officer) if known else 0)


def _work(scope: Scope) -> QuerySet:
    if not may_read(scope.user):
        raise PermissionDenied
    return work_of(scope)


def _names() -> list[str]:
    return [f"by__{name}" for name in name_fields()]


def _name(row: dict) -> str:
    return joined_name([row[name] for name in _names()])
