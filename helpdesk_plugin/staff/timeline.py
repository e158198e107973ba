"""The ledger of one ticket as officers read it: newest first, public and internal never to be mixed up."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from helpdesk_plugin import labels
from helpdesk_plugin.domain.priorities import Priority
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark, Step
from helpdesk_plugin.domain.work import Via
from helpdesk_plugin.models import Assignment, Attachment, Satisfaction, Ticket, TicketEvent
from helpdesk_plugin.people import name_of
from helpdesk_plugin.staff import words
from helpdesk_plugin.staff.actions import ACTIONS
from helpdesk_plugin.staff.forms.evidence import DONE
from helpdesk_plugin.staff.forms.work import REACHED, VIA

#: Icons of acts that no officer takes, or that no button on the ticket stands for.
_OTHER_ICONS = {
    Step.SUBMIT: "mail",
    Step.ANSWER: "comment",
    Step.CANCEL: "cross",
    Remark.RATE: "pick",
    Remark.DOCUMENT: "doc-full",
}


def ledger_of(ticket: Ticket) -> list[TicketEvent]:
    """Every entry of a ticket with what was recorded by it, oldest first. At most five queries."""
    events = ticket.events.select_related("by", "diagnosis", "solution", "disposition", "work")
    parts = ("attachments", "assignments__officer", "work__parts")
    return list(events.prefetch_related(*parts).order_by("at", "id"))


@dataclass(frozen=True)
class Entry:
    """One act on the timeline.

    ``is_internal``: the requester does not learn of it. ``text_is_internal``: the requester learns that
    it happened and reads none of its text.
    """

    event: TicketEvent
    files: list[Attachment] = field(default_factory=list)

    @property
    def title(self) -> str:
        return str(labels.ACT_DONE[self.event.what])

    @property
    def icon(self) -> str:
        act = self.event.what
        return ACTIONS[act.value].icon if act.value in ACTIONS else _OTHER_ICONS.get(act, "pilcrow")

    @property
    def actor(self) -> str:
        return words.actor(self.event)

    @property
    def capacity(self) -> str:
        return words.capacity(self.event)

    @property
    def is_from_requester(self) -> bool:
        return self.event.by_id is None and self.event.party == "requester"

    @property
    def is_internal(self) -> bool:
        return not self.event.public

    @property
    def text_is_internal(self) -> bool:
        return not (self.event.public and self.event.content_public)

    @property
    def moved_to(self) -> str:
        """The status that the act led to, if it led anywhere else."""
        event = self.event
        return (
            ""
            if event.from_status == event.to_status
            else labels.STATUS_FOR_STAFF[TicketStatus(event.to_status)]
        )

    @cached_property
    def facts(self) -> list[tuple[str, str]]:
        """What was recorded by the act besides its note: labels with texts, all internal."""
        return [(str(label), text) for label, text in _facts_of(self.event) if text]

    @property
    def has_body(self) -> bool:
        return bool(self.event.note or self.facts or self.files)


def entries_of(events: list[TicketEvent]) -> list[Entry]:
    """The timeline, newest first."""
    return [Entry(event, list(event.attachments.all())) for event in reversed(events)]


def _facts_of(event: TicketEvent):
    for name, writer in _RECORDS.items():
        record = getattr(event, name, None)
        if record is not None:
            yield from writer(record)
    assigned = list(event.assignments.all())
    if assigned:
        yield _("Officers"), ", ".join(officer_in_words(one) for one in assigned)
        if assigned[0].wished_by:
            yield _("Wished by"), date_format(assigned[0].wished_by, "j M Y")
    yield from _from_data(event)


def officer_in_words(assignment: Assignment) -> str:
    """An assigned officer, marked when leading."""
    name = name_of(assignment.officer)
    return _("%(name)s (leads)") % {"name": name} if assignment.leads else name


def _diagnosis(record):
    yield _("Symptoms"), record.symptoms
    yield _("Checks made"), record.checks
    yield _("Cause"), record.cause


def _solution(record):
    yield _("Action taken"), record.action
    yield _("Result"), record.get_outcome_display()
    yield _("Devices replaced"), record.parts
    yield _("Recommendation"), record.recommendation


def _disposition(record):
    yield _("Nature"), record.get_nature_display()
    yield _("Forwarded to"), record.get_addressee_display()
    yield _("With respect, please"), ", ".join(record.instruction_labels())
    yield _("Agenda number"), record.agenda_number


def _work(record):
    yield _("Time spent"), words.minutes(record.minutes)
    yield _("Parts used"), "\n".join(part.in_words for part in record.parts.all())


#: Records that an entry may carry, by the name of the way back from them.
_RECORDS = {"diagnosis": _diagnosis, "solution": _solution, "disposition": _disposition, "work": _work}


def _from_data(event: TicketEvent):
    """Facts that stand nowhere but in the entry itself; older entries may lack any of them."""
    data = event.data if isinstance(event.data, dict) else {}
    if event.act == Step.TRIAGE and data.get("priority") in list(Priority):
        yield _("Priority"), str(labels.PRIORITY[Priority(data["priority"])])
    if event.act == Step.MERGE:
        yield _("Merged into"), str(data.get("into", ""))
    if event.act == Step.UNMERGE:
        yield _("Was merged into"), str(data.get("from", ""))
    if event.act in {Remark.LINK, Remark.UNLINK}:
        yield _("Parent ticket"), str(data.get("parent", ""))
    if event.act == Remark.RATE and data.get("score") in Satisfaction.values:
        yield _("Rating"), f"{data['score']} – {Satisfaction(data['score']).label}"
    if isinstance(data.get("contact"), str):
        yield _("Written by the contact (PIC)"), data["contact"]
    if event.act == Remark.CONTACT and data.get("via") in list(Via):
        yield _("How?"), str(VIA[Via(data["via"])])
        yield _("Outcome"), str(REACHED["yes" if data.get("reached") else "no"])
    if event.act == Remark.EVIDENCE and isinstance(data.get("text"), str):
        yield str(DONE["yes" if data.get("done") else "no"]), data["text"]
    if event.act in {Remark.AMEND, Step.RESUBMIT}:
        names = [name for name in data.get("changed", []) if isinstance(name, str)]
        yield _("Changed"), ", ".join(field_label(name) for name in names)


def field_label(name: str) -> str:
    """The label of a ticket's field; its bare name when the field is gone."""
    known = {one.name: one.verbose_name for one in Ticket._meta.concrete_fields}
    return str(known.get(name, name))
