"""Taking the steps of setup, or only saying what they would add."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import Promise

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.models import SetupRecord
from helpdesk_plugin.setup.plan import Addition, Plan, SetupStep, Situation
from helpdesk_plugin.setup.registry import STEPS

_TURN = "turn"


@dataclass(frozen=True)
class Added:
    """What one step added, or would add."""

    title: str | Promise
    additions: Sequence[Addition]


def run(*, dry_run: bool = False, restore: bool = False) -> list[Added]:
    """Add what is missing and return it by step; with ``dry_run`` write nothing at all.

    ``restore`` also adds again what people have deleted since an earlier run. All or nothing: an error
    undoes the whole run. Two runs at once take turns.
    """
    if dry_run:
        return _walk(_planned_only, restore)
    with transaction.atomic():
        _take_turn()
        return _walk(_carry_out, restore)


def _walk(act, restore: bool) -> list[Added]:
    recorded = frozenset() if restore else frozenset(SetupRecord.objects.values_list("key", flat=True))
    situation = Situation(recorded, agency_date(clock.now()))
    done = []
    for step in STEPS:
        plan = step.plan(situation)
        act(step, plan, recorded)
        if plan.additions:
            done.append(Added(step.title, plan.additions))
    return done


def _planned_only(step: SetupStep, plan: Plan, recorded: frozenset[str]) -> None:
    """A dry run stops at the plan."""


def _carry_out(step: SetupStep, plan: Plan, recorded: frozenset[str]) -> None:
    if plan.additions:
        step.add(plan.additions)
    keys = {*(addition.key for addition in plan.additions), *plan.in_place} - recorded
    records = [SetupRecord(key=key) for key in sorted(keys)]
    SetupRecord.objects.bulk_create(records, ignore_conflicts=True)


def _take_turn() -> None:
    """Wait until no other run is under way; the row is locked until commit."""
    SetupRecord.objects.get_or_create(key=_TURN)
    SetupRecord.objects.select_for_update().get(key=_TURN)
