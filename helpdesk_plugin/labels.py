"""The words for the core's identifiers, in the language of the screen.

The core speaks English identifiers only; every screen, mail and document takes its words from here.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from helpdesk_plugin.domain.escalation import Subject
from helpdesk_plugin.domain.ikm import Grade
from helpdesk_plugin.domain.notices import NoticeKind, NoticePhase, ServiceState, UpdateNature
from helpdesk_plugin.domain.papers import DocumentDeed, PaperKind
from helpdesk_plugin.domain.parties import Party, Role
from helpdesk_plugin.domain.priorities import Alternative, Impact, Priority, Urgency, WhoAffected
from helpdesk_plugin.domain.sla import SlaState
from helpdesk_plugin.domain.statuses import PublicStage, TicketStatus
from helpdesk_plugin.domain.steps import Act, Remark, Step
from helpdesk_plugin.domain.substitutions import SubstituteKind

Label = str | Promise

STATUS_FOR_STAFF: dict[TicketStatus, Label] = {
    TicketStatus.SUBMITTED: pgettext_lazy("staff status", "New"),
    TicketStatus.RETURNED: pgettext_lazy("staff status", "Returned"),
    TicketStatus.TRIAGED: pgettext_lazy("staff status", "Awaiting disposition"),
    TicketStatus.DISPOSED: pgettext_lazy("staff status", "Disposed"),
    TicketStatus.ASSIGNED: pgettext_lazy("staff status", "Awaiting verification"),
    TicketStatus.DIAGNOSING: pgettext_lazy("staff status", "Diagnosis"),
    TicketStatus.RECOVERING: pgettext_lazy("staff status", "Recovery"),
    TicketStatus.WAITING_REQUESTER: pgettext_lazy("staff status", "Waiting for requester"),
    TicketStatus.WAITING_THIRD_PARTY: pgettext_lazy("staff status", "Waiting for third party"),
    TicketStatus.RESOLVED: pgettext_lazy("staff status", "Awaiting confirmation"),
    TicketStatus.CLOSED: pgettext_lazy("staff status", "Closed"),
    TicketStatus.REOPENED: pgettext_lazy("staff status", "Reopened"),
    TicketStatus.REJECTED: pgettext_lazy("staff status", "Rejected"),
    TicketStatus.CANCELLED: pgettext_lazy("staff status", "Cancelled"),
    TicketStatus.MERGED: pgettext_lazy("staff status", "Duplicate"),
}

STATUS_FOR_REQUESTER: dict[TicketStatus, Label] = {
    TicketStatus.SUBMITTED: pgettext_lazy("requester status", "Sent"),
    TicketStatus.RETURNED: pgettext_lazy("requester status", "Needs completing"),
    TicketStatus.TRIAGED: pgettext_lazy("requester status", "Received"),
    TicketStatus.DISPOSED: pgettext_lazy("requester status", "In progress"),
    TicketStatus.ASSIGNED: pgettext_lazy("requester status", "In progress"),
    TicketStatus.DIAGNOSING: pgettext_lazy("requester status", "In progress – diagnosis"),
    TicketStatus.RECOVERING: pgettext_lazy("requester status", "In progress – recovery"),
    TicketStatus.WAITING_REQUESTER: pgettext_lazy("requester status", "Waiting for your answer"),
    TicketStatus.WAITING_THIRD_PARTY: pgettext_lazy("requester status", "Waiting for a third party"),
    TicketStatus.RESOLVED: pgettext_lazy("requester status", "Handled – please confirm"),
    TicketStatus.CLOSED: pgettext_lazy("requester status", "Closed"),
    TicketStatus.REOPENED: pgettext_lazy("requester status", "Reopened"),
    TicketStatus.REJECTED: pgettext_lazy("requester status", "Rejected"),
    TicketStatus.CANCELLED: pgettext_lazy("requester status", "Cancelled"),
    TicketStatus.MERGED: pgettext_lazy("requester status", "Merged with another ticket"),
}

HANDLED_AND_CONFIRMED: Label = pgettext_lazy("requester status", "Handled – confirmed by you")

STAGE: dict[PublicStage, Label] = {
    PublicStage.SENT: pgettext_lazy("public stage", "Sent"),
    PublicStage.IN_PROGRESS: pgettext_lazy("public stage", "In progress"),
    PublicStage.WAITING: pgettext_lazy("public stage", "Waiting"),
    PublicStage.DONE: pgettext_lazy("public stage", "Done"),
    PublicStage.REJECTED: pgettext_lazy("public stage", "Rejected"),
}

ROLE: dict[Role, Label] = {
    Role.REQUESTER: _("Requesting agency"),
    Role.HEAD_OF_AGENCY: _("Head of agency"),
    Role.DIVISION_HEAD: _("Head of IT division"),
    Role.COMPUTER_OFFICER: _("Computer officer"),
    Role.TECHNICAL_SUPPORT: _("Technical support"),
    Role.MANAGER: _("Help desk manager"),
    Role.AUDITOR: _("Auditor"),
    Role.EDITOR: _("Notice editor"),
}

SUBSTITUTE: dict[SubstituteKind, Label] = {
    SubstituteKind.PLH: pgettext_lazy("substitute", "Acting by the day (Plh.)"),
    SubstituteKind.PLT: pgettext_lazy("substitute", "Acting in a vacant office (Plt.)"),
}

#: How an act reads that was taken in another's office, on screen and on paper.
ON_BEHALF: dict[SubstituteKind, Label] = {
    SubstituteKind.PLH: _("Plh. on behalf of (a.n.) %(role)s"),
    SubstituteKind.PLT: _("Plt. on behalf of (a.n.) %(role)s"),
}

PARTY: dict[Party, Label] = {
    Party.STAFF: _("Officer"),
    Party.REQUESTER: _("Requester"),
    Party.SYSTEM: _("System"),
}

#: A person in charge of an agency who writes on a ticket that a colleague filed; never by name in public.
CONTACT: Label = _("Contact of the agency (PIC)")

#: Short names of the SOP's steps, for where no SOP version is stored.
SOP_STEP: dict[str, Label] = {
    "S1": _("Request filed"),
    "S2": _("Received and prioritised"),
    "S2b": _("Progress updated"),
    "S3": _("Disposition by the head of agency"),
    "S4": _("Examined and assigned"),
    "S5": _("Kind of disruption verified"),
    "S6": _("Symptoms and cause identified"),
    "S7": _("Recovered and documented"),
    "S8": _("Agency informed"),
    "S9": _("Closed"),
    "S10": _("Finished"),
}

PRIORITY: dict[Priority, Label] = {
    Priority.P1: _("P1 Critical"),
    Priority.P2: _("P2 High"),
    Priority.P3: _("P3 Medium"),
    Priority.P4: _("P4 Low"),
}

OUTCOME: dict[SlaState, Label] = {
    SlaState.MET: pgettext_lazy("promise", "In time"),
    SlaState.MISSED: pgettext_lazy("promise", "Late"),
}

WATCHED: dict[Subject, Label] = {
    Subject.RESPONSE: _("First response"),
    Subject.RECOVERY: _("Recovery"),
    Subject.STEP: _("Step of the SOP"),
}

IMPACT: dict[Impact, Label] = {
    Impact.HIGH: pgettext_lazy("impact", "Wide"),
    Impact.MEDIUM: pgettext_lazy("impact", "Medium"),
    Impact.LOW: pgettext_lazy("impact", "Limited"),
}

URGENCY: dict[Urgency, Label] = {
    Urgency.HIGH: pgettext_lazy("urgency", "High"),
    Urgency.MEDIUM: pgettext_lazy("urgency", "Medium"),
    Urgency.LOW: pgettext_lazy("urgency", "Low"),
}

WHO_AFFECTED: dict[WhoAffected, Label] = {
    WhoAffected.ME: _("Only me"),
    WhoAffected.ROOM: _("One room"),
    WhoAffected.OFFICE: _("One office"),
    WhoAffected.SEVERAL_OFFICES: _("Several offices"),
    WhoAffected.PUBLIC: _("The public"),
}

ALTERNATIVE: dict[Alternative, Label] = {
    Alternative.YES: pgettext_lazy("another way to work", "Yes"),
    Alternative.LIMITED: pgettext_lazy("another way to work", "Limited"),
    Alternative.NO: pgettext_lazy("another way to work", "No"),
}

#: Official documents by their names.
PAPER: dict[PaperKind, Label] = {
    PaperKind.RECEIPT: pgettext_lazy("official document", "Receipt"),
    PaperKind.DISPOSITION_SHEET: _("Disposition sheet"),
    PaperKind.HANDLING_RECORD: _("Record of handling"),
    PaperKind.ACTIVITY_REPORT: _("Activity report"),
    PaperKind.SECURITY_HANDOVER: _("Hand-over sheet (information security)"),
    PaperKind.REGISTER: _("Register"),
    PaperKind.MONTHLY_RECAP: _("Monthly recap"),
}

#: What was done with a document, as the ledger words it.
DOCUMENT_DEED: dict[DocumentDeed, Label] = {
    DocumentDeed.ISSUED: _("%(document)s issued"),
    DocumentDeed.WITHDRAWN: _("%(document)s withdrawn: %(reason)s"),
    DocumentDeed.SIGNED: _("%(document)s filed with signature"),
}

#: The act as a verb on a button.
ACT_VERB: dict[Act, Label] = {
    Step.SUBMIT: _("Register a request"),
    Step.IMPORT: _("Import past tickets"),
    Step.RETURN: _("Return for completion"),
    Step.RESUBMIT: _("Send the completed request"),
    Step.TRIAGE: _("Accept and prioritise"),
    Step.DISPOSE: _("Give disposition"),
    Step.EXAMINE: _("Examine and assign"),
    Step.SEND_BACK: _("Send back to the head of agency"),
    Step.START_AHEAD: _("Begin before the disposition"),
    Step.DISPOSE_LATE: _("Give the disposition that was to follow"),
    Step.EXAMINE_LATE: _("Examine the disposition that followed"),
    Step.VERIFY: _("Verify"),
    Step.DIAGNOSE: _("Save diagnosis"),
    Step.RESOLVE: _("Mark as handled"),
    Step.INFORM: _("Inform the agency"),
    Step.CONFIRM: _("Yes, it is fixed"),
    Step.NOT_FIXED: _("Not fixed yet"),
    Step.CLOSE: _("Close ticket"),
    Step.REOPEN: _("Reopen"),
    Step.HOLD_REQUESTER: _("Ask the requester"),
    Step.HOLD_THIRD_PARTY: _("Wait for a third party"),
    Step.RESUME: _("Resume work"),
    Step.ANSWER: _("Send answer"),
    Step.REJECT: _("Reject"),
    Step.CANCEL: _("Cancel request"),
    Step.MERGE: _("Merge as duplicate"),
    Step.UNMERGE: _("Undo the merge"),
    Remark.PROGRESS: _("Add progress update"),
    Remark.REPLY: _("Reply to requester"),
    Remark.NOTE: _("Add internal note"),
    Remark.ATTACH: _("Attach files"),
    Remark.TAKE: _("Take ticket"),
    Remark.HAND_OVER: _("Hand over"),
    Remark.AMEND: _("Correct data"),
    Remark.RECOUNT: _("Count deadlines by the present calendar"),
    Remark.WARN: _("Warn"),
    Remark.REMIND: _("Remind the requester"),
    Remark.RATE: _("Rate the service"),
    Remark.CONTACT: _("Record a call"),
    Remark.WORK: _("Log work"),
    Remark.MAIN_HANDLED: _("Tell that the main ticket was handled"),
    Remark.MAIN_ENDED: _("Tell that the main ticket ended"),
    Remark.DOCUMENT: _("Handle official documents"),
    Remark.LINK: _("Make it the child of another"),
    Remark.UNLINK: _("Part it from its parent"),
    Remark.WRITE_UP: _("Draft a knowledge article"),
    Remark.EVIDENCE: _("Tick the evidence checklist"),
    Remark.FOLLOW_NOTICE: _("Link with a notice"),
    Remark.UNFOLLOW_NOTICE: _("Unlink from a notice"),
    Remark.CORRECT: _("Correct personal data"),
    Remark.ANONYMISE: _("Make anonymous"),
}

#: The act as something that has happened, for timelines and logs.
ACT_DONE: dict[Act, Label] = {
    Step.SUBMIT: _("Request submitted"),
    Step.IMPORT: _("Imported from the former register"),
    Step.RETURN: _("Returned for completion"),
    Step.RESUBMIT: _("Completed and sent again"),
    Step.TRIAGE: _("Accepted and prioritised"),
    Step.DISPOSE: _("Disposition given"),
    Step.EXAMINE: _("Examined and assigned"),
    Step.SEND_BACK: _("Sent back to the head of agency"),
    Step.START_AHEAD: _("Work begun, disposition to follow"),
    Step.DISPOSE_LATE: _("Disposition given after work had begun"),
    Step.EXAMINE_LATE: _("Disposition examined after work had begun"),
    Step.VERIFY: _("Kind of disruption verified"),
    Step.DIAGNOSE: _("Diagnosis recorded"),
    Step.RESOLVE: _("Service recovered"),
    Step.INFORM: _("Agency informed"),
    Step.CONFIRM: _("Confirmed as fixed"),
    Step.NOT_FIXED: _("Reported as not fixed"),
    Step.CLOSE: _("Ticket closed"),
    Step.REOPEN: _("Ticket reopened"),
    Step.HOLD_REQUESTER: _("Waiting for the requester"),
    Step.HOLD_THIRD_PARTY: _("Waiting for a third party"),
    Step.RESUME: _("Work resumed"),
    Step.ANSWER: _("Answer received"),
    Step.REJECT: _("Request rejected"),
    Step.CANCEL: _("Request cancelled"),
    Step.MERGE: _("Merged with another ticket"),
    Step.UNMERGE: _("Merge undone"),
    Remark.PROGRESS: _("Progress update"),
    Remark.REPLY: _("Reply"),
    Remark.NOTE: _("Internal note"),
    Remark.ATTACH: _("Files attached"),
    Remark.TAKE: _("Ticket taken"),
    Remark.HAND_OVER: _("Handed over"),
    Remark.AMEND: _("Data corrected"),
    Remark.RECOUNT: _("Deadlines counted by the present calendar"),
    Remark.WARN: _("Warning sent"),
    Remark.REMIND: _("Requester reminded"),
    Remark.RATE: _("Service rated"),
    Remark.CONTACT: _("Requester contacted"),
    Remark.WORK: _("Work logged"),
    Remark.MAIN_HANDLED: _("Handled in the main ticket"),
    Remark.MAIN_ENDED: _("The main ticket ended without handling"),
    Remark.DOCUMENT: _("Official document"),
    Remark.LINK: _("Made the child of another ticket"),
    Remark.UNLINK: _("Parted from its parent ticket"),
    Remark.WRITE_UP: _("Knowledge article drafted"),
    Remark.EVIDENCE: _("Evidence checklist"),
    Remark.FOLLOW_NOTICE: _("Linked with a notice"),
    Remark.UNFOLLOW_NOTICE: _("Unlinked from a notice"),
    Remark.CORRECT: _("Personal data corrected"),
    Remark.ANONYMISE: _("Made anonymous"),
}

#: To whoever has just done it, where the timeline's words only name what stands below them.
_JUST_DONE: dict[Act, Label] = {
    Remark.PROGRESS: _("Progress published to the requester"),
    Remark.REPLY: _("Message sent to the requester"),
    Remark.NOTE: _("Internal note saved"),
    Remark.EVIDENCE: _("Evidence checklist updated"),
}
#: What has happened, as part of a sentence to the officer who did it.
ACT_JUST_DONE: dict[Act, Label] = ACT_DONE | _JUST_DONE

NOTICE_KIND: dict[NoticeKind, Label] = {
    NoticeKind.DISRUPTION: pgettext_lazy("notice", "Disruption"),
    NoticeKind.MAINTENANCE: pgettext_lazy("notice", "Planned maintenance"),
    NoticeKind.ANNOUNCEMENT: pgettext_lazy("notice", "Announcement"),
}

SERVICE_STATE: dict[ServiceState, Label] = {
    ServiceState.OPERATIONAL: pgettext_lazy("service state", "Operational"),
    ServiceState.DEGRADED: pgettext_lazy("service state", "Degraded"),
    ServiceState.PARTIAL: pgettext_lazy("service state", "Partial outage"),
    ServiceState.MAJOR: pgettext_lazy("service state", "Major outage"),
    ServiceState.MAINTENANCE: pgettext_lazy("service state", "Under maintenance"),
}

NOTICE_PHASE: dict[NoticePhase, Label] = {
    NoticePhase.INVESTIGATING: pgettext_lazy("notice phase", "Investigating"),
    NoticePhase.IDENTIFIED: pgettext_lazy("notice phase", "Cause identified"),
    NoticePhase.MONITORING: pgettext_lazy("notice phase", "Monitoring"),
    NoticePhase.RESOLVED: pgettext_lazy("notice phase", "Resolved"),
    NoticePhase.SCHEDULED: pgettext_lazy("notice phase", "Scheduled"),
    NoticePhase.IN_PROGRESS: pgettext_lazy("notice phase", "In progress"),
    NoticePhase.COMPLETED: pgettext_lazy("notice phase", "Completed"),
    NoticePhase.CANCELLED: pgettext_lazy("notice phase", "Cancelled"),
}

UPDATE_NATURE: dict[UpdateNature, Label] = {
    UpdateNature.OPENING: pgettext_lazy("notice update", "Published"),
    UpdateNature.UPDATE: pgettext_lazy("notice update", "Update"),
    UpdateNature.RESCHEDULED: pgettext_lazy("notice update", "Rescheduled"),
}


#: Names of the grades as the regulation has them (Permen PANRB 14/2017).
IKM_GRADE: dict[Grade, Label] = {
    Grade.A: pgettext_lazy("quality of service", "Very good"),
    Grade.B: pgettext_lazy("quality of service", "Good"),
    Grade.C: pgettext_lazy("quality of service", "Less good"),
    Grade.D: pgettext_lazy("quality of service", "Not good"),
}


def choices(labels: dict) -> list[tuple]:
    """Turn a table of labels into model or form choices, in its order."""
    return [(key.value, label) for key, label in labels.items()]
