"""All that falls due by itself, in one place: warnings, silences, digests, news, notices, leftovers."""

from dataclasses import dataclass, field
from datetime import datetime

from helpdesk_plugin.calendars import calendar
from helpdesk_plugin.services import (
    exports,
    leftovers,
    service_surveys,
    sign_in,
    staging,
    subscriptions,
    survey_reminders,
)
from helpdesk_plugin.services.digests import queue_digests
from helpdesk_plugin.services.following import tell_followers
from helpdesk_plugin.services.notice_nudges import nudge_silent_notices
from helpdesk_plugin.services.notice_proposals import propose_notices
from helpdesk_plugin.services.notice_updates import publish_due_updates
from helpdesk_plugin.services.publishing import publish_scheduled
from helpdesk_plugin.services.retention import retain_if_switched_on
from helpdesk_plugin.services.silence import Ending, end_silences
from helpdesk_plugin.services.warnings import warn_of_deadlines


@dataclass
class Upkeep:
    """What one look brought about."""

    in_hours: bool
    warned: int = 0
    digests: int = 0
    followers: int = 0
    endings: dict[Ending, int] = field(default_factory=dict)
    swept: int = 0
    leftovers: int = 0
    nudged: int = 0
    asked_again: int = 0
    published: int = 0
    proposed: int = 0
    forgotten: int = 0
    anonymised: int = 0


def look_after(now: datetime) -> Upkeep:
    """Do everything that is due at ``now``, once: safe to call often, late, or twice at the same time.

    People are told of nothing outside working hours; what fell due meanwhile is told at the next opening.
    """
    done = Upkeep(in_hours=calendar().is_working(now))
    if done.in_hours:
        done.warned = warn_of_deadlines(now)
        done.endings = dict(end_silences(now))
        done.nudged = nudge_silent_notices(now)
        done.asked_again = survey_reminders.remind(now)
        # Last, so that it tells how things stand after the others have done their part.
        done.digests = queue_digests(now)
    # An officer has just told the agency, or ended the ticket; its followers hear it at the same hour.
    done.followers = tell_followers(now)
    # What is public has hours of its own, and an outage keeps none.
    done.published = publish_scheduled(now) + publish_due_updates(now)
    done.proposed = propose_notices(now)
    done.swept = staging.sweep(now) + exports.sweep(now)
    survey_reminders.sweep()
    done.forgotten = sign_in.sweep(now) + subscriptions.sweep(now) + service_surveys.sweep(now)
    done.anonymised = retain_if_switched_on(now)
    # Last: the store may be slow, or away.
    done.leftovers = leftovers.sweep()
    return done
