"""What is stored, the small facts that follow from it, and the querysets that ask for it."""

from helpdesk_plugin.models.access import RetiredKey, TicketAccess
from helpdesk_plugin.models.agencies import Opd
from helpdesk_plugin.models.attachments import Attachment
from helpdesk_plugin.models.canned_replies import CannedReply
from helpdesk_plugin.models.catalogue import LetterRule, RequiredDocument, Service
from helpdesk_plugin.models.choices import (
    AttachmentPurpose,
    Category,
    Channel,
    ClosedHow,
    Instruction,
    LetterNature,
    Outcome,
    TicketKind,
    Verdict,
)
from helpdesk_plugin.models.confidential import EvidenceItem, Look
from helpdesk_plugin.models.contacts import OpdContact, normalised_address
from helpdesk_plugin.models.counters import NumberSeries
from helpdesk_plugin.models.delegations import Delegation
from helpdesk_plugin.models.digests import DigestDay, OfficerPreferences
from helpdesk_plugin.models.dispositions import Assignment, Disposition
from helpdesk_plugin.models.documents import DocumentSettings, IssuedDocument, Signatory, SignedCopy
from helpdesk_plugin.models.editions import CalendarEdition, KeptDeadlines
from helpdesk_plugin.models.escalation import EscalationLevel
from helpdesk_plugin.models.events import LedgerIsAppendOnly, TicketEvent
from helpdesk_plugin.models.exports import ExportKind, ExportState, ReportExport
from helpdesk_plugin.models.findings import Diagnosis, Solution
from helpdesk_plugin.models.heartbeats import Heartbeat, Program
from helpdesk_plugin.models.notice_links import NoticeNudge, NoticeProposal, NoticeTicket, ProposalState
from helpdesk_plugin.models.notice_parts import AffectedService, AnnouncedStates, NoticeUpdate
from helpdesk_plugin.models.notice_templates import NoticeTemplate
from helpdesk_plugin.models.notices import StatusNotice
from helpdesk_plugin.models.outbox import MessageState, OutboxMessage
from helpdesk_plugin.models.personal import Follow, SavedView
from helpdesk_plugin.models.processing import (
    CHOSEN_GROUNDS,
    Deed,
    Ground,
    ProcessingIsKept,
    ProcessingRecord,
)
from helpdesk_plugin.models.questions import AskedFor, QuestionKind, ServiceQuestion
from helpdesk_plugin.models.retention import RetentionRule
from helpdesk_plugin.models.roles import RoleGroup, roles_of
from helpdesk_plugin.models.search import TicketSearchText
from helpdesk_plugin.models.service_levels import (
    Holiday,
    HolidayKind,
    PriorityRule,
    PriorityTarget,
    SpecialDay,
    SpecialDayWindow,
    Weekday,
    WorkingRegime,
    WorkingWindow,
)
from helpdesk_plugin.models.service_surveys import (
    SurveyDoor,
    SurveyElement,
    SurveyInvitation,
    SurveyPeriod,
    SurveyResponse,
)
from helpdesk_plugin.models.setup_records import SetupRecord
from helpdesk_plugin.models.sign_in import SignIn
from helpdesk_plugin.models.site_settings import AgencyProfile, HelpDeskSettings
from helpdesk_plugin.models.staging import StagedFile
from helpdesk_plugin.models.standards import SopVersion, StepStandard
from helpdesk_plugin.models.step_records import StepRecord
from helpdesk_plugin.models.subscriptions import NoticeSubscription
from helpdesk_plugin.models.surveys import Satisfaction, SurveyAnswer
from helpdesk_plugin.models.teams import Team
from helpdesk_plugin.models.texts import MessageText
from helpdesk_plugin.models.tickets import Ticket
from helpdesk_plugin.models.work import PartCondition, PartUnit, PartUsed, WorkLog

__all__ = [
    "CHOSEN_GROUNDS",
    "AffectedService",
    "AgencyProfile",
    "AnnouncedStates",
    "AskedFor",
    "Assignment",
    "Attachment",
    "AttachmentPurpose",
    "CalendarEdition",
    "CannedReply",
    "Category",
    "Channel",
    "ClosedHow",
    "Deed",
    "Delegation",
    "Diagnosis",
    "DigestDay",
    "Disposition",
    "DocumentSettings",
    "EscalationLevel",
    "EvidenceItem",
    "ExportKind",
    "ExportState",
    "Follow",
    "Ground",
    "Heartbeat",
    "HelpDeskSettings",
    "Holiday",
    "HolidayKind",
    "Instruction",
    "IssuedDocument",
    "KeptDeadlines",
    "LedgerIsAppendOnly",
    "LetterNature",
    "LetterRule",
    "Look",
    "MessageState",
    "MessageText",
    "NoticeNudge",
    "NoticeProposal",
    "NoticeSubscription",
    "NoticeTemplate",
    "NoticeTicket",
    "NoticeUpdate",
    "NumberSeries",
    "OfficerPreferences",
    "Opd",
    "OpdContact",
    "OutboxMessage",
    "Outcome",
    "PartCondition",
    "PartUnit",
    "PartUsed",
    "PriorityRule",
    "PriorityTarget",
    "ProcessingIsKept",
    "ProcessingRecord",
    "Program",
    "ProposalState",
    "QuestionKind",
    "ReportExport",
    "RequiredDocument",
    "RetentionRule",
    "RetiredKey",
    "RoleGroup",
    "Satisfaction",
    "SavedView",
    "Service",
    "ServiceQuestion",
    "SetupRecord",
    "SignIn",
    "Signatory",
    "SignedCopy",
    "Solution",
    "SopVersion",
    "SpecialDay",
    "SpecialDayWindow",
    "StagedFile",
    "StatusNotice",
    "StepRecord",
    "StepStandard",
    "SurveyAnswer",
    "SurveyDoor",
    "SurveyElement",
    "SurveyInvitation",
    "SurveyPeriod",
    "SurveyResponse",
    "Team",
    "Ticket",
    "TicketAccess",
    "TicketEvent",
    "TicketKind",
    "TicketSearchText",
    "Verdict",
    "Weekday",
    "WorkLog",
    "WorkingRegime",
    "WorkingWindow",
    "normalised_address",
    "roles_of",
]
