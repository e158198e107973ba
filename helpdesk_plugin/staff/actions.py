"""What officers can do with a ticket: act → icon, form, service.

Which act is open, and to whom, is not decided here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import cached_property

from helpdesk_plugin import labels
from helpdesk_plugin.domain.parties import Party, Role
from helpdesk_plugin.domain.statuses import ON_HOLD
from helpdesk_plugin.domain.steps import OWN_SOP_CODE, Act, Remark, Step
from helpdesk_plugin.domain.transitions import acts_from
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.permissions import available_acts
from helpdesk_plugin.services import (
    amendment,
    assignment,
    closure,
    conversation,
    disposition,
    evidence,
    handling,
    intake,
    knowledge,
    notice_links,
    relations,
    submission,
    work,
)
from helpdesk_plugin.staff.forms import closure as closure_forms
from helpdesk_plugin.staff.forms import conversation as talk_forms
from helpdesk_plugin.staff.forms import evidence as evidence_forms
from helpdesk_plugin.staff.forms import facts as facts_forms
from helpdesk_plugin.staff.forms import handling as handling_forms
from helpdesk_plugin.staff.forms import intake as intake_forms
from helpdesk_plugin.staff.forms import notices as notice_forms
from helpdesk_plugin.staff.forms import officers as officer_forms
from helpdesk_plugin.staff.forms import work as work_forms
from helpdesk_plugin.staff.forms.base import NoteForm, Readers, StepForm, readers_of


@dataclass(frozen=True)
class Action:
    """One act as a screen offers it. ``take`` hands the filled form to the service."""

    act: Act
    icon: str
    form: type[StepForm]
    take: Callable[[int, Any], Ticket]
    is_final: bool = False

    @property
    def name(self) -> str:
        """The act's word in addresses."""
        return self.act.value

    @property
    def verb(self) -> str:
        return str(labels.ACT_VERB[self.act])

    @property
    def readers(self) -> Readers:
        return readers_of(self.act)


def _noted(service) -> Callable[[int, Any], Ticket]:
    """A service that takes nothing but the form's common parts and guards against stale forms."""
    return lambda pk, form: service(pk, **form.guarded)


def _said(service) -> Callable[[int, Any], Ticket]:
    """A service of the conversation: it moves nothing, so a stale form does no harm."""
    return lambda pk, form: service(pk, **form.common)


def _attach(pk: int, form) -> Ticket:
    internal = form.cleaned_data["readers"] == "officers"
    return conversation.attach_files(pk, **form.common | {"files": form.accepted, "internal": internal})


_ACTIONS = (
    Action(Step.TRIAGE, "tasks", intake_forms.TriageForm,
           lambda pk, form: intake.triage_ticket(pk, form.triage, **form.guarded)),
    Action(Step.DISPOSE, "form", handling_forms.DisposeForm,
           lambda pk, form: disposition.dispose_ticket(pk, form.order, **form.guarded)),
    Action(Step.EXAMINE, "group", handling_forms.ExamineForm,
           lambda pk, form: disposition.examine_ticket(pk, **form.assignment, **form.guarded)),
    Action(Step.DISPOSE_LATE, "form", handling_forms.DisposeForm,
           lambda pk, form: disposition.dispose_late(pk, form.order, **form.guarded)),
    Action(Step.EXAMINE_LATE, "group", NoteForm, _noted(disposition.examine_late)),
    Action(Step.VERIFY, "check", handling_forms.VerifyForm,
           lambda pk, form: handling.verify_ticket(
               pk, form.cleaned_data["verdict"], security=form.is_security, **form.guarded)),
    Action(Step.DIAGNOSE, "search", handling_forms.DiagnoseForm,
           lambda pk, form: handling.diagnose_ticket(pk, form.finding, **form.guarded)),
    Action(Step.RESOLVE, "success", handling_forms.ResolveForm,
           lambda pk, form: handling.resolve_ticket(pk, form.recovery, **form.guarded)),
    Action(Step.INFORM, "mail", closure_forms.InformForm, _noted(closure.inform_ticket)),
    Action(Step.CONFIRM, "circle-check", closure_forms.ConfirmForm, _noted(closure.confirm_ticket)),
    Action(Step.NOT_FIXED, "rotate", closure_forms.NotFixedForm, _noted(closure.report_not_fixed)),
    Action(Step.CLOSE, "lock", closure_forms.CloseForm, _noted(closure.close_ticket)),
    Action(Step.REOPEN, "lock-open", closure_forms.ReopenForm, _noted(closure.reopen_ticket)),
    Action(Step.RESUBMIT, "resubmit", facts_forms.ResubmitForm,
           lambda pk, form: submission.resubmit_ticket(pk, changes=form.changes, **form.guarded)),
    Action(Step.RESUME, "arrow-right-full", NoteForm, _noted(handling.resume_ticket)),
    Action(Step.HOLD_REQUESTER, "help", talk_forms.QuestionForm, _noted(handling.hold_for_requester)),
    Action(Step.HOLD_THIRD_PARTY, "time", talk_forms.ThirdPartyForm, _noted(handling.hold_for_third_party)),
    Action(Step.START_AHEAD, "arrow-right-full", handling_forms.ExamineForm,
           lambda pk, form: disposition.start_ahead(pk, **form.assignment, **form.guarded)),
    Action(Step.SEND_BACK, "arrow-left", handling_forms.SendBackForm, _noted(disposition.send_back)),
    Action(Step.RETURN, "arrow-left", intake_forms.ReturnForm, _noted(intake.return_ticket)),
    Action(Step.REJECT, "cross", intake_forms.RejectForm, _noted(intake.reject_ticket), is_final=True),
    Action(Step.MERGE, "link", intake_forms.MergeForm,
           lambda pk, form: intake.merge_ticket(pk, form.into, **form.guarded), is_final=True),
    Action(Step.UNMERGE, "rotate", talk_forms.UndoForm, _noted(relations.unmerge_ticket)),
    Action(Remark.LINK, "link", intake_forms.LinkForm,
           lambda pk, form: relations.link_ticket(pk, form.into, **form.guarded)),
    Action(Remark.UNLINK, "link", NoteForm, _noted(relations.unlink_ticket)),
    Action(Remark.REPLY, "comment", talk_forms.ReplyForm, _said(conversation.reply_to_ticket)),
    Action(Remark.NOTE, "lock", talk_forms.InternalNoteForm, _said(conversation.note_ticket)),
    Action(Remark.PROGRESS, "history", talk_forms.ProgressForm, _said(conversation.add_progress)),
    Action(Remark.CONTACT, "mobile-alt", work_forms.ContactForm,
           lambda pk, form: work.log_contact(pk, **form.call, **form.common)),
    Action(Remark.WORK, "cogs", work_forms.WorkForm,
           lambda pk, form: work.log_work(
               pk, minutes=form.cleaned_data["spent"], parts=form.parts, **form.common)),
    Action(Remark.ATTACH, "upload", talk_forms.AttachForm, _attach),
    Action(Remark.TAKE, "user", officer_forms.TakeForm, _noted(assignment.take_ticket)),
    Action(Remark.HAND_OVER, "group", officer_forms.HandOverForm,
           lambda pk, form: assignment.hand_over_ticket(pk, officers=form.officers, **form.guarded)),
    Action(Remark.AMEND, "edit", facts_forms.AmendForm,
           lambda pk, form: amendment.amend_ticket(pk, changes=form.changes, **form.guarded)),
    Action(Remark.WRITE_UP, "doc-full-inverse", NoteForm, _noted(knowledge.write_up_ticket)),
    Action(Remark.EVIDENCE, "tick-inverse", evidence_forms.EvidenceForm,
           lambda pk, form: evidence.tick_evidence(pk, **form.tick, **form.common)),
    Action(Remark.FOLLOW_NOTICE, "link", notice_forms.FollowForm,
           lambda pk, form: notice_links.follow_notice(
               pk, form.cleaned_data["notice"], lead=form.cleaned_data["lead"], **form.common)),
    Action(Remark.UNFOLLOW_NOTICE, "cross", notice_forms.UnfollowForm,
           lambda pk, form: notice_links.unfollow_notice(pk, form.cleaned_data["notice"], **form.common)),
    Action(Remark.RECOUNT, "calendar-alt", facts_forms.RecountForm, _noted(amendment.recount_ticket)),
)  # fmt: skip

#: Every act that an officer takes on a ticket that exists, in the order of the menus.
ACTIONS: dict[str, Action] = {action.name: action for action in _ACTIONS}

#: What is still owed on a ticket whose work began before the disposition; next for whoever may give it.
OWED: tuple[Act, ...] = (Step.DISPOSE_LATE, Step.EXAMINE_LATE)


@dataclass
class Offer:
    """What one officer can do with one ticket now; ``expected`` is the act that the desk should take.

    ``linked``: the ticket follows a notice, so that it can be unlinked.
    """

    ticket: Ticket
    user: Any
    expected: Act | None
    linked: bool = False
    names: set[str] = field(init=False)

    def __post_init__(self):
        self.names = {act.value for act in available_acts(self.ticket, self.user)}
        if not self.linked:
            self.names.discard(Remark.UNFOLLOW_NOTICE.value)
        if self.ticket.security_flag:
            self.names.discard(Remark.FOLLOW_NOTICE.value)

    @cached_property
    def primary(self) -> Action | None:
        """The expected act, or one that is still owed, if this officer may take it."""
        wanted = [*([self.expected] if self.expected else []), *OWED]
        return next((ACTIONS[act.value] for act in wanted if act.value in self.names), None)

    @cached_property
    def others(self) -> list[Action]:
        """Everything else that is open."""
        shown = {self.primary.name} if self.primary else set()
        return [action for name, action in ACTIONS.items() if name in self.names - shown]

    def has(self, name: str) -> bool:
        """Whether this officer may take the act with this name now."""
        return name in self.names


def expected_act(ticket: Ticket, *, silence_has_ended: bool) -> Act | None:
    """The act that the desk should take next; None while somebody else is waited for, or at the end.

    ``silence_has_ended``: the days agreed for the requester's confirmation have passed without it; then
    closing is expected. No query.
    """
    if ticket.state in ON_HOLD:
        return Step.RESUME if Role.REQUESTER not in ticket.holders else None
    if ticket.holders == (Role.REQUESTER,):
        return Step.CLOSE if silence_has_ended else None
    own = [
        act for act in acts_from(ticket.state, Party.STAFF) if OWN_SOP_CODE.get(act) == ticket.sop_position
    ]
    if ticket.confirmed_at and Step.CLOSE in own:
        return Step.CLOSE
    return next(iter(own), None) if ticket.is_open else None
