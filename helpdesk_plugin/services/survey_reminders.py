"""One reminder to those who were invited to a survey and have not answered; and how to decline it.

An invitation must not tell when it was used, because the day stands with the answers. So the turn of
everybody is marked alike, whether they had answered by then or not, and a reminder that has gone out leaves
no row behind.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q

from helpdesk_plugin.calendars import agency_date, calendar
from helpdesk_plugin.models import (
    HelpDeskSettings,
    MessageState,
    OutboxMessage,
    SurveyInvitation,
    SurveyPeriod,
)
from helpdesk_plugin.models.sign_in import hash_of
from helpdesk_plugin.notifications import outbox
from helpdesk_plugin.notifications.decisions import SURVEY_REMINDER

_AT_ONCE = 500


def remind(now: datetime) -> int:
    """Write once to whoever was invited the agreed working days ago and has neither answered nor declined.

    Returns how many reminders were queued. Safe to call often or twice at the same time. Surveys that have
    ended remind nobody.
    """
    days = HelpDeskSettings.load().survey_reminder_days
    if not days:
        return 0
    written = 0
    for period in SurveyPeriod.objects.open_on(agency_date(now)):
        written += _remind_of(period, now, days)
    return written


def _remind_of(period: SurveyPeriod, now: datetime, days: int) -> int:
    due = [day for day in _days_of_invitation(period) if _turn(day, days) <= agency_date(now)]
    if not due:
        return 0
    with transaction.atomic():
        waiting = period.invitations.select_for_update().filter(reminded=False, invited_on__in=due)
        batch = list(waiting.order_by("pk")[:_AT_ONCE])
        silent = [one for one in batch if not (one.answered or one.declined)]
        outbox.queue_survey_reminders(silent)
        period.invitations.filter(pk__in=[one.pk for one in batch]).update(reminded=True)
        SurveyPeriod.objects.filter(pk=period.pk).update(reminded=F("reminded") + len(silent))
        transaction.on_commit(outbox.kick, robust=True)
    return len(silent)


def _days_of_invitation(period: SurveyPeriod) -> list[date]:
    """The days on which somebody was invited whose turn has not come yet."""
    waiting = period.invitations.filter(reminded=False, invited_on__isnull=False)
    days = waiting.order_by().values_list("invited_on", flat=True).distinct()
    return [day for day in days if day is not None]


def _turn(invited_on: date, days: int) -> date:
    return calendar().nth_working_day(invited_on, days)


def decline(token: str) -> None:
    """Remember that the invited person wants no reminder. They may still answer."""
    SurveyInvitation.objects.filter(token_hash=hash_of(token)).update(declined=True)


def sweep() -> int:
    """Forget reminders that have come to rest; return how many. For the tick.

    A row would tell for ever who had not answered by a certain day.
    """
    rested = Q(state=MessageState.SENT) | Q(state=MessageState.DROPPED)
    stale = OutboxMessage.objects.filter(rested, kind=SURVEY_REMINDER)
    keys = list(stale.values_list("pk", flat=True)[:_AT_ONCE])
    if keys:
        OutboxMessage.objects.filter(pk__in=keys).delete()
    return len(keys)
