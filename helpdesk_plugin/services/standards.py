"""Versions of the SOP: made from the one before, approved, and given up before they come into force."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from simple_history.utils import bulk_create_with_history, bulk_update_with_history
from wagtail.log_actions import log

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.history import sign
from helpdesk_plugin.models import SopVersion, StepStandard

#: What Wagtail's log calls the two acts.
SUCCEED_ACTION = "helpdesk.sop_succeed"
CONFIRM_ACTION = "helpdesk.sop_confirm"

#: Room for the reason in the field history.
REASON_LENGTH = 100

#: The identity block among the values of a version; the others are codes of steps.
IDENTITY = "identity"


def suggested_start() -> date:
    """The first of the next month after today and after every version that there is."""
    latest = SopVersion.objects.aggregate(latest=Max("in_force_from"))["latest"]
    today = agency_date(clock.now())
    return (max(today, latest or today).replace(day=1) + timedelta(days=32)).replace(day=1)


def succeed_version(version: SopVersion, *, in_force_from: date, by: Any) -> SopVersion:
    """Copy a version with the standards of its steps into a draft with the next number, unconfirmed.

    ``in_force_from`` is a date in the agency's time zone. Raises ValidationError, naming that field and
    with a sentence for people, when it has come already or does not lie after every other version.
    """
    with transaction.atomic():
        # Locked, so that of two who do this at once the second sees what the first has made.
        list(SopVersion.objects.select_for_update().order_by("pk"))
        number = SopVersion.objects.aggregate(last=Max("number"))["last"] + 1
        draft = _copy(version, number=number, in_force_from=in_force_from)
        draft.clean()
        reason = f"succeeds version {version.number}"
        sign(draft, by, reason)
        draft.save()
        steps = [_copy(step, version=draft) for step in version.steps.all()]
        bulk_create_with_history(
            steps, StepStandard, default_user=by, default_change_reason=reason, default_date=clock.now()
        )
        log(draft, SUCCEED_ACTION, user=by, data={"from": version.number})
    return draft


def confirm_values(version: SopVersion, *, values: Collection[str], reason: str, by: Any) -> list[str]:
    """Mark values of a version as approved by the agency, and return those that were not marked before.

    ``values`` are codes of steps and `IDENTITY`. Allowed in every state of the version, because it changes
    no value. ``reason`` says on what ground, and is kept in the field history of each row.
    """
    with transaction.atomic():
        version = SopVersion.objects.select_for_update().get(pk=version.pk)
        steps = list(version.steps.filter(code__in=values, confirmed=False))
        confirmed = [step.code for step in steps]
        for step in steps:
            step.confirmed = True
        bulk_update_with_history(
            steps, StepStandard, ["confirmed"], default_user=by, default_change_reason=reason
        )
        if IDENTITY in values and not version.confirmed:
            version.confirmed = True
            sign(version, by, reason)
            version.save(update_fields=["confirmed"])
            confirmed.insert(0, IDENTITY)
        if confirmed:
            log(version, CONFIRM_ACTION, user=by, data={"values": confirmed, "reason": reason})
    return confirmed


def discard_draft(version: SopVersion, *, by: Any) -> None:
    """Give up a draft with its steps; their history stays. Raises `VersionInUse` for any other version."""
    with transaction.atomic():
        version = SopVersion.objects.select_for_update().get(pk=version.pk)
        for row in (*version.steps.all(), version):
            sign(row, by, "draft discarded")
            row.delete()


def _copy(row: Any, **changes: Any) -> Any:
    """A new row with the values of another, not approved."""
    names = [f.name for f in row._meta.concrete_fields if not f.primary_key]
    values = {name: getattr(row, name) for name in names}
    return type(row)(**values | {"confirmed": False} | changes)
