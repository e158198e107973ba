"""The condition of the help desk, line by line: what is wrong, what it means, what to do about it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.core import checks
from django.db.models import Max
from django.db.models.functions import Coalesce
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from helpdesk_plugin import conf
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.models import (
    EscalationLevel,
    EvidenceItem,
    MessageText,
    PriorityRule,
    PriorityTarget,
    Program,
    RetentionRule,
    Service,
    ServiceQuestion,
    SopVersion,
    StatusNotice,
    StepStandard,
    WorkingRegime,
)
from helpdesk_plugin.notifications import outbox
from helpdesk_plugin.services import scanner
from helpdesk_plugin.services.heartbeats import last_beats
from helpdesk_plugin.services.holiday_import import years_without_holidays
from helpdesk_plugin.staff.words import moment


class State(StrEnum):
    """How a line stands; told by icon and word, never by colour alone."""

    GOOD = "good"
    LOOK = "look"
    BAD = "bad"

    @property
    def icon(self) -> str:
        return {State.GOOD: "success", State.LOOK: "warning", State.BAD: "cross"}[self]

    @property
    def word(self) -> str:
        return str(_WORDS[self])


_WORDS = {
    State.GOOD: gettext_lazy("In order"),
    State.LOOK: gettext_lazy("Have a look"),
    State.BAD: gettext_lazy("Not working"),
}


@dataclass(frozen=True)
class Line:
    """One thing that can be wrong. ``meaning`` and ``todo`` are empty while nothing is.

    ``links`` lead to where something can be done about it: words and address.
    """

    title: str
    state: State
    what: str
    meaning: str = ""
    todo: str = ""
    links: tuple[tuple[str, str], ...] = ()


#: After so long without a sign of life a program counts as stopped; with cron each runs every minute.
SILENT_FOR: dict[str, timedelta] = {
    Program.TICK: timedelta(minutes=5),
    Program.DELIVER: timedelta(minutes=5),
    Program.WORKER: timedelta(minutes=15),
}
#: A backup a day, with two hours for its making.
BACKUP_EVERY = timedelta(hours=26)
#: A disruption that is announced as going on should say something new at least once a day.
NOTICE_SILENT_FOR = timedelta(hours=24)


def lines_of(user: Any) -> list[Line]:
    """Every line, those that want something first. A fixed number of queries."""
    now = timezone.now()
    found = [line for part in PARTS for line in part(now, user)]
    return sorted(found, key=lambda line: list(State).index(line.state), reverse=True)


# --- Programs ------------------------------------------------------------------------------------------


def _programs(now: datetime, user: Any) -> Iterator[Line]:
    beats = last_beats()
    for program, longest in SILENT_FOR.items():
        yield _program(Program(program), beats.get(program), longest, now)
    yield _backup(beats.get(Program.BACKUP), now)


def _program(program: Program, at: datetime | None, longest: timedelta, now: datetime) -> Line:
    if at is not None and now - at <= longest:
        return Line(str(program.label), State.GOOD, _("Last sign of life: %(when)s") % {"when": moment(at)})
    what = (
        _("No sign of life since %(when)s.") % {"when": moment(at)}
        if at
        else _("There has never been a sign of life.")
    )
    meaning, todo = _STOPPED[program]
    return Line(str(program.label), State.BAD, what, str(meaning), str(todo))


_START = gettext_lazy("Have the server's administrator start it; docs/operations says how.")
_STOPPED = {
    Program.TICK: (
        gettext_lazy("Nobody is warned of deadlines, reminded, or sent a digest until it runs again."),
        _START,
    ),
    Program.DELIVER: (gettext_lazy("Mail that failed once is not tried again."), _START),
    Program.WORKER: (
        gettext_lazy("Mail waits for the next sweep, and Wagtail's search is not brought up to date."),
        _START,
    ),
}


def _backup(at: datetime | None, now: datetime) -> Line:
    title, todo = _("Backup"), _("Have manage.py helpdesk_backup run every night; docs/operations says how.")
    meaning = _("After a broken disk everything since then would be gone.")
    if at is None:
        return Line(title, State.LOOK, _("No backup has been reported yet."), meaning, todo)
    told = _("Latest backup: %(when)s") % {"when": moment(at)}
    if now - at > BACKUP_EVERY:
        return Line(title, State.BAD, told, meaning, todo)
    return Line(title, State.GOOD, told)


# --- Mail ----------------------------------------------------------------------------------------------


def _mail(now: datetime, user: Any) -> Iterator[Line]:
    found, title = outbox.condition(now), _("Mail")
    told = {"waiting": found.waiting, "failing": found.failing, "parked": found.parked}
    what = _("Waiting: %(waiting)d, failing again and again: %(failing)d, given up: %(parked)d") % told
    register = ((_("Open the messages"), _address("helpdesk_messages_modeladmin_index")),)
    if found.is_stuck:
        meaning = _("Requesters and officers do not hear of what happens on their tickets.")
        todo = _("Check the mail server and its address in the settings; the messages say why it refused.")
        yield Line(title, State.BAD, what, meaning, todo, register)
    elif found.parked:
        meaning = _("Somebody has not been told; most often an address is wrong.")
        todo = _("Correct the address on the ticket, then send the message again.")
        yield Line(title, State.LOOK, what, meaning, todo, register)
    else:
        yield Line(title, State.GOOD, what)


# --- What the agency should settle ---------------------------------------------------------------------


def _calendar(now: datetime, user: Any) -> Iterator[Line]:
    title = _("Calendar")
    empty = years_without_holidays(agency_date(now))
    if not empty:
        yield Line(title, State.GOOD, _("The holidays that deadlines need are there."))
        return
    years = ", ".join(str(year) for year in empty)
    yield Line(
        title,
        State.LOOK,
        _("No holidays for %(years)s.") % {"years": years},
        _("Deadlines count holidays as working days."),
        _("Import the holidays of the year and check them against the joint decree (SKB)."),
        ((_("Import holidays"), f"{_address('helpdesk_holidays_modeladmin_import')}?year={empty[0]}"),),
    )


#: Models with values that are proposals until a manager confirms them → the list of them in the admin.
CONFIRMABLE: dict[Any, str] = {
    PriorityTarget: "helpdesk_sla-targets_modeladmin_index",
    PriorityRule: "helpdesk_priority-matrix_modeladmin_index",
    EscalationLevel: "helpdesk_warning-levels_modeladmin_index",
    WorkingRegime: "helpdesk_working_hours:list",
    SopVersion: "helpdesk_sop_versions:list",
    StepStandard: "helpdesk_step_standards:list",
    Service: "helpdesk_services:list",
    ServiceQuestion: "helpdesk_services:list",
    MessageText: "helpdesk_message_texts:list",
    EvidenceItem: "helpdesk_evidence-checklist_modeladmin_index",
    RetentionRule: "helpdesk_retention-rules_modeladmin_index",
}


def _proposals(now: datetime, user: Any) -> Iterator[Line]:
    title, found = _("Proposals (usulan)"), {}
    for model, screen in CONFIRMABLE.items():
        count = model._default_manager.filter(confirmed=False).count()
        if count:
            told = {"what": capfirst(str(model._meta.verbose_name_plural)), "n": count}
            found[_("%(what)s: %(n)d") % told] = _address(screen)
    if not found:
        yield Line(title, State.GOOD, _("Every value has been confirmed."))
        return
    yield Line(
        title,
        State.LOOK,
        _("Some values are proposals that nobody has confirmed yet."),
        _("Screens say “proposed, not yet approved” beside them, to the public too."),
        _("Check each value and tick “confirmed”."),
        tuple(found.items()),
    )


def _notices(now: datetime, user: Any) -> Iterator[Line]:
    latest = Coalesce(Max("updates__published_at"), "first_published_at", "starts_at")
    current = StatusNotice.objects.current(now).filter(kind="disruption")
    silent = current.annotate(_latest=latest).filter(_latest__lt=now - NOTICE_SILENT_FOR).count()
    title = _("Status notices")
    if not silent:
        yield Line(title, State.GOOD, _("No disruption is announced without news of the last 24 hours."))
        return
    told = ngettext(
        "%(n)d announced disruption has had no news for 24 hours.",
        "%(n)d announced disruptions have had no news for 24 hours.",
        silent,
    )
    meaning = _("Agencies read an old state and ask by telephone.")
    todo = _("Have an editor add an update, or end the notice.")
    yield Line(title, State.LOOK, told % {"n": silent}, meaning, todo)


# --- The server ----------------------------------------------------------------------------------------


def _checks(now: datetime, user: Any) -> Iterator[Line]:
    found = checks.run_checks(app_configs=_ours(), databases=["default"])
    serious = [one for one in found if one.level >= checks.WARNING and not one.is_silenced()]
    for one in serious:
        state = State.BAD if one.level >= checks.ERROR else State.LOOK
        meaning = _("A check of the software's settings found this (%(id)s).") % {"id": one.id}
        yield Line(_("Settings of the server"), state, str(one.msg), meaning, str(one.hint or _START))
    if not serious:
        yield Line(
            _("Settings of the server"), State.GOOD, _("The checks of the software find nothing wrong.")
        )


def _scanner(now: datetime, user: Any) -> Iterator[Line]:
    answers, title = scanner.answers(), _("Virus scanner")
    if answers:
        yield Line(title, State.GOOD, _("It answers; every file from outside is shown to it."))
    elif answers is not None:
        meaning = (
            _("No file can be sent with a report or an answer until it answers again.")
            if conf.scanner_needed()
            else _("Files are taken unscanned until it answers again.")
        )
        yield Line(title, State.BAD, _("It does not answer."), meaning, str(_START))


def _ours() -> list:
    """The apps whose checks are asked: all of them, which is what Django does with none named."""
    return list(apps.get_app_configs())


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


Part = Callable[[datetime, Any], Iterator[Line]]
PARTS: tuple[Part, ...] = (_programs, _mail, _calendar, _notices, _scanner, _checks, _proposals)
