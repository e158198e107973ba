"""Words that the staff screens share: who did it, how long, which file was refused."""

from datetime import datetime, timedelta

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from helpdesk_plugin import labels
from helpdesk_plugin.domain.parties import Party, Role
from helpdesk_plugin.domain.requirements import Missing
from helpdesk_plugin.models import TicketEvent
from helpdesk_plugin.people import name_of
from helpdesk_plugin.services.files import MAX_FILES, FileProblem, FileRefused
from helpdesk_plugin.sla_clock import MINUTES_PER_DAY

#: What may be lacking, as a list names it.
MISSING: dict[Missing, labels.Label] = {
    Missing.COVER_LETTER: gettext_lazy("the covering letter of the agency's head"),
    Missing.DOCUMENT: gettext_lazy("a document that the service requires"),
    Missing.DISPOSITION: gettext_lazy("the disposition of the head of agency (S3)"),
    Missing.EXAMINATION: gettext_lazy("examination and assignment by the head of division (S4)"),
    Missing.DIAGNOSIS: gettext_lazy("the diagnosis (S6)"),
    Missing.SOLUTION: gettext_lazy("the record of recovery and solution (S7)"),
    Missing.INFORMED: gettext_lazy("informing the agency (S8)"),
    Missing.CONFIRMATION: gettext_lazy("the requester's confirmation, or the end of the days agreed for it"),
    Missing.SECURITY_FLAG: gettext_lazy("the mark of information security"),
}

MOMENT_FORMAT = "j M Y, H.i T"


def actor(event: TicketEvent) -> str:
    """Who took an act, as officers may know it: the person if there is one, else the side."""
    return name_of(event.by) if event.by else str(labels.PARTY[Party(event.party)])


def capacity(event: TicketEvent) -> str:
    """The office in whose name an officer acted, with the deputy's capacity if there was one."""
    if not event.by or not event.role:
        return ""
    office = str(labels.ROLE[Role(event.role)])
    return f"{event.capacity} {office}" if event.capacity else office


def moment(at: datetime) -> str:
    """A moment on the agency's clocks: ``22 Nov 2026, 14.05 WIB``."""
    return date_format(timezone.localtime(at), MOMENT_FORMAT)


def working_time(length: timedelta) -> str:
    """Working time in words, its two largest units: "1 working day 2 hours", "35 minutes"."""
    minutes = length // timedelta(minutes=1)
    days, rest = divmod(minutes, MINUTES_PER_DAY)
    hours, left = divmod(rest, 60)
    parts = [
        days and ngettext("%(n)d working day", "%(n)d working days", days) % {"n": days},
        hours and ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours},
        left and ngettext("%(n)d minute", "%(n)d minutes", left) % {"n": left},
    ]
    return " ".join([part for part in parts if part][:2]) or _("less than a minute")


def minutes(length: int) -> str:
    """Minutes of somebody's work: "1 hour 30 minutes"; nothing for 0."""
    hours, left = divmod(length, 60)
    parts = [
        hours and ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours},
        left and ngettext("%(n)d minute", "%(n)d minutes", left) % {"n": left},
    ]
    return " ".join(part for part in parts if part)


def missing_in_words(missing, names=()) -> list[str]:
    """What is lacking, one line each; documents by their names."""
    lines = [str(MISSING[one]) for one in dict.fromkeys(missing) if one is not Missing.DOCUMENT]
    return [*lines, *names]


def file_refusal(refused: FileRefused) -> str:
    """Why a file was refused and what to do about it."""
    told = {"name": refused.name, "size": filesizeformat(refused.size), "n": MAX_FILES}
    if refused.problem is FileProblem.TOO_LARGE:
        return _("The file %(name)s has %(size)s. The limit is 5 MB.") % told
    if refused.problem is FileProblem.EMPTY:
        return _("The file %(name)s is empty. Choose another one.") % told
    if refused.problem is FileProblem.TOO_MANY:
        return _("At most %(n)d files at a time.") % told
    if refused.problem is FileProblem.BROKEN:
        return _("The picture %(name)s is damaged or not complete. Take it again or send it as PDF.") % told
    if refused.problem is FileProblem.TOO_MANY_PIXELS:
        return _("The picture %(name)s has too many pixels. Make it smaller and send it again.") % told
    if refused.problem is FileProblem.INFECTED:
        return _("The file %(name)s was refused: the virus scanner found something in it.") % told
    if refused.problem is FileProblem.UNCHECKED:
        silent = _(
            "The file %(name)s was not taken, because the virus scanner does not answer. "
            "Try again in a few minutes."
        )
        return silent % told
    return _("The file %(name)s was refused. Files must be PDF, JPG or PNG.") % told
