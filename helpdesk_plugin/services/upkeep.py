"""All that falls due by itself, in one place: warnings, silences, digests, news for followers, leftovers."""

from dataclasses import dataclass, field
from datetime import datetime

from helpdesk_plugin.calendars import calendar
from helpdesk_plugin.services import sign_in, staging
from helpdesk_plugin.services.digests import queue_digests
from helpdesk_plugin.services.following import tell_followers
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
    forgotten: int = 0


def look_after(now: datetime) -> Upkeep:
    """Do everything that is due at ``now``, once: safe to call often, late, or twice at the same time.

    People are told of nothing outside working hours; what fell due meanwhile is told at the next opening.
    """
    done = Upkeep(in_hours=calendar().is_working(now))
    if done.in_hours:
        done.warned = warn_of_deadlines(now)
        done.endings = dict(end_silences(now))
        # Last, so that it tells how things stand after the others have done their part.
        done.digests = queue_digests(now)
    # An officer has just told the agency, or ended the ticket; its followers hear it at the same hour.
    done.followers = tell_followers(now)
    done.swept = staging.sweep(now)
    done.forgotten = sign_in.sweep(now)
    return done
