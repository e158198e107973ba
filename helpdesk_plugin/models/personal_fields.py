"""Every field of the help desk, and what it is to somebody's data: the one place where that is decided.

A test walks all models: a field that is not named here fails it. What is done when a person's data is made
anonymous follows from here (`services.anonymisation`), in the rows and in their field history alike.
"""

from enum import StrEnum


class How(StrEnum):
    """What becomes of a field when the ticket that it hangs on is made anonymous."""

    #: The person's own: emptied.
    GONE = "gone"
    #: Words of officers about the matter: the person is left out of them, the rest stays.
    CLEANED = "cleaned"
    #: A file: taken out of the store, small pictures too.
    FILE = "file"
    #: The row lives and dies with the person's data.
    ROW = "row"
    #: Words of the agency in which a person may be named by chance: found by the search through everything.
    SWEPT = "swept"
    #: An officer in office, or an act of one: the agency answers for it, so it stays.
    OFFICER = "officer"
    #: No personal data.
    NONE = "none"


_GONE, _CLEANED, _FILE, _ROW = How.GONE, How.CLEANED, How.FILE, How.ROW
_SWEPT, _OFFICER, _NONE = How.SWEPT, How.OFFICER, How.NONE

#: Way from a row to its ticket, for models whose rows belong to one.
TICKET_OF: dict[str, str] = {
    "Ticket": "pk",
    "TicketAccess": "ticket",
    "TicketSearchText": "ticket",
    "TicketEvent": "ticket",
    "Attachment": "ticket",
    "Assignment": "ticket",
    "Disposition": "ticket",
    "Diagnosis": "ticket",
    "Solution": "ticket",
    "StepRecord": "ticket",
    "SurveyAnswer": "ticket",
    "WorkLog": "ticket",
    "PartUsed": "work__ticket",
    "IssuedDocument": "ticket",
    "SignedCopy": "document__ticket",
    "OutboxMessage": "ticket",
    "Look": "ticket",
    "Follow": "ticket",
    "NoticeTicket": "ticket",
    "ArticleOrigin": "ticket",
}

_FILE_FACTS = "content_type size sha256"

#: Model → what its fields are, by name.
FIELDS: dict[str, dict[How, str]] = {
    "Ticket": {
        _GONE: (
            "requester_name requester_unit requester_phone requester_email requester_nip summary description "
            "letter_number letter_date letter_subject answers submission_digest priority_reason"
        ),
        _OFFICER: "registered_by assignee closed_by",
        _NONE: (
            "id number kind service opd occurred_at who_affected alternative wished_date language "
            "privacy_version channel external_reference submission_key impact urgency "
            "priority verdict security_flag status status_since held_from merged_into parent submitted_at "
            "first_response_at ran_ahead disposed_at examined_at resolved_at informed_at confirmed_at "
            "closed_at closed_how sop_version calendar_edition promise response_due_at response_outcome "
            "recovery_due_at recovery_warn_at recovery_outcome clock_used clock_running_since version "
            "updated_at anonymised_at"
        ),
    },
    # The key of the link: drawn anew, so that nobody's old link or code opens the ticket.
    "TicketAccess": {_ROW: "nonce key_id", _NONE: "id ticket"},
    "TicketSearchText": {_ROW: "text", _NONE: "ticket"},
    "TicketEvent": {
        # The conversation goes whole, whoever wrote it: both sides quote each other.
        _GONE: "note",
        _SWEPT: "data",
        _OFFICER: "by role capacity",
        _NONE: "id ticket act sop_code party at from_status to_status public content_public key clock",
    },
    "Attachment": {
        _ROW: f"file name label purpose created_at {_FILE_FACTS}",
        _NONE: "id ticket event",
    },
    "Assignment": {_OFFICER: "officer leads", _NONE: "id ticket event wished_by at"},
    "Disposition": {
        _GONE: "note",
        _OFFICER: "by addressee",
        _NONE: "id ticket event nature agenda_number instructions at",
    },
    "Diagnosis": {_CLEANED: "symptoms checks cause", _OFFICER: "by", _NONE: "id ticket event at"},
    "Solution": {
        _CLEANED: "action parts recommendation",
        _OFFICER: "by",
        _NONE: "id ticket event at outcome started_at finished_at",
    },
    "StepRecord": {
        _CLEANED: "late_reason",
        _SWEPT: "documents",
        _OFFICER: "role by acting_role capacity",
        _NONE: "id ticket code entered_at due_at left_at pauses standard_minutes worked completed output "
        "late",
    },
    "SurveyAnswer": {_GONE: "comment", _NONE: "id ticket closing score at changed_at"},
    "WorkLog": {_OFFICER: "by", _NONE: "id ticket event at minutes"},
    "PartUsed": {_SWEPT: "name brand serial", _NONE: "id work condition amount unit"},
    "IssuedDocument": {
        _FILE: "file",
        _GONE: "withdrawn_reason",
        _OFFICER: "issued_by withdrawn_by",
        _NONE: "id kind number ticket event basis issued_at template_version holds_nip name size sha256 "
        "withdrawn_at",
    },
    "SignedCopy": {
        _ROW: f"file name electronic at {_FILE_FACTS}",
        _OFFICER: "by",
        _NONE: "id document",
    },
    "OutboxMessage": {
        _GONE: "last_error",
        _OFFICER: "recipient",
        _NONE: "id key kind ticket event day sign_in subscription survey_invitation notice_update language "
        "state task_state attempts resends created_at next_attempt_at sent_at",
    },
    "Look": {_OFFICER: "by", _NONE: "id ticket at page"},
    "Follow": {_OFFICER: "officer", _NONE: "id ticket at"},
    "NoticeTicket": {_NONE: "id notice ticket lead linked_at"},
    "ArticleOrigin": {_ROW: "article ticket", _NONE: "id"},
    # Persons without a ticket of their own.
    "OpdContact": {_GONE: "name email", _NONE: "id opd first_day last_day"},
    "SignIn": {
        _ROW: "email language nonce key_id token_hash requested_at expires_at used_at ends_at ended_at",
        _NONE: "id",
    },
    "NoticeSubscription": {
        _ROW: "email language all_services opd notice nonce key_id confirm_hash manage_hash "
        "requested_at confirm_until confirmed_at unsubscribed_at",
        _NONE: "id",
    },
    # Only a mailed link knows whose it is; what was answered hangs on nobody.
    "SurveyInvitation": {
        _ROW: "email language nonce key_id token_hash answered invited_on reminded declined",
        _NONE: "id period opd",
    },
    "SurveyResponse": {
        _SWEPT: "suggestion",
        _NONE: "id period opd service form door day u1 u2 u3 u4 u5 u6 u7 u8 u9",
    },
    # Files that name requesters; made again when somebody wants them.
    "ReportExport": {
        _ROW: "file name size sha256",
        _SWEPT: "query",
        _OFFICER: "asked_by",
        _NONE: "id kind asked_at holds_security state rows done begun_at ended_at",
    },
    # Nobody knows whose a form is that was never sent; it goes after a day.
    "StagedFile": {
        _ROW: f"form_key slot file name purpose label created_at {_FILE_FACTS}",
        _NONE: "id",
    },
    "ProcessingRecord": {_SWEPT: "reason report", _OFFICER: "by", _NONE: "id deed ground at tickets"},
    "RetentionRule": {_NONE: "id ending months active confirmed"},
    # What officers keep, and what the agency says.
    "SavedView": {_SWEPT: "name query", _OFFICER: "officer", _NONE: "id"},
    "Signatory": {_OFFICER: "user name position rank nip", _NONE: "id"},
    "Delegation": {
        _OFFICER: "role kind principal substitute letter_number",
        _NONE: "id first_day last_day",
    },
    "OfficerPreferences": {_OFFICER: "user daily_digest"},
    "RoleGroup": {_NONE: "id role group granted"},
    "Team": {_SWEPT: "name", _NONE: "id category active"},
    "Team_services": {_NONE: "id team service"},
    "Team_members": {_OFFICER: "user", _NONE: "id team"},
    "AgencyProfile": {
        _SWEPT: "address on_call_office",
        _NONE: "id government name short_name phone whatsapp email opening_hours on_call_phone logo",
    },
    "HelpDeskSettings": {
        _SWEPT: "privacy_notice",
        _NONE: "id ticket_number_pattern confirmation_days reopen_days completion_days reminder_days "
        "survey_days survey_reminder_days undo_merge_days third_party_pauses daily_digest notice_stale_hours "
        "notice_similar_tickets notice_similar_minutes emergency_up_to retention_months retention_runs "
        "privacy_version",
    },
    "DocumentSettings": {_SWEPT: "security_team", _NONE: "id number_pattern place"},
    "Opd": {_SWEPT: "note", _NONE: "id code name short_name kind verified active"},
    "MessageText": {_SWEPT: "subject body", _NONE: "id kind language confirmed"},
    "CannedReply": {_SWEPT: "title text", _NONE: "id state service language position active"},
    "EvidenceItem": {_SWEPT: "text", _NONE: "id position active confirmed"},
    "Service": {
        _SWEPT: "hint self_check product search_words central_operator",
        _NONE: "id code name category usual_kind default_impact default_urgency recovery_minutes is_security "
        "letter_rule active position confirmed",
    },
    "RequiredDocument": {_NONE: "id service name required position"},
    "ServiceQuestion": {
        _SWEPT: "label help_text options stop_answers stop_text",
        _NONE: "id service kind required asked_for stop_link stop_blocks position confirmed",
    },
    "SurveyElement": {
        _SWEPT: "question hint answer_1 answer_2 answer_3 answer_4",
        _NONE: "id code name preset required confirmed",
    },
    "SurveyPeriod": {
        _SWEPT: "title",
        _NONE: "id first_day last_day answers_until open_link public open_code questions invited "
        "reminded opened_at closed_at",
    },
    "SopVersion": {
        _SWEPT: "legal_basis qualifications related equipment warning records",
        # Who put the SOP into force.
        _OFFICER: "approved_by",
        _NONE: "id number title document_number made_on revised_on effective_on in_force_from confirmed",
    },
    "StepStandard": {
        _SWEPT: "activity role_note requirements output remark",
        _NONE: "id version code position name role minutes_p1 minutes_p2 minutes_p3 minutes_p4 confirmed",
    },
    "StatusNotice": {
        _SWEPT: "title title_en summary summary_en cause cause_en prevention prevention_en facts",
        _OFFICER: "author locked_by reviewed_by",
        _NONE: "id latest_revision live has_unpublished_changes first_published_at last_published_at "
        "live_revision go_live_at expire_at expired locked locked_at kind all_opds phase starts_at "
        "expected_end ended_at image notify_on_publish emergency review_asked_at reviewed_at "
        "announced_start announced_end created_at",
    },
    "StatusNotice_opds": {_NONE: "id statusnotice opd"},
    "AnnouncedStates": {_NONE: "id notice since states"},
    "AffectedService": {_NONE: "id notice service state"},
    "NoticeUpdate": {
        _SWEPT: "words words_en",
        _OFFICER: "author",
        _NONE: "id notice nature phase notify publish_at published_at created_at key",
    },
    "NoticeTemplate": {
        _SWEPT: "title title_en summary summary_en",
        _NONE: "id name kind state emergency active position confirmed",
    },
    "NoticeProposal": {
        _OFFICER: "decided_by",
        _NONE: "id service state judged_until created_at decided_at notice",
    },
    "NoticeProposal_tickets": {_NONE: "id noticeproposal ticket"},
    "NoticeNudge": {_NONE: "id notice since level at"},
    "NoticeSubscription_services": {_NONE: "id noticesubscription service"},
    "CalendarEdition": {_NONE: "id digest content made_at"},
    "KeptDeadlines": {_OFFICER: "by", _NONE: "id edition at"},
    "EscalationLevel": {_NONE: "id subject percent to_holder to_role_up to_requester confirmed"},
    "PriorityRule": {_NONE: "id impact urgency priority confirmed"},
    "PriorityTarget": {
        _NONE: "id priority response_minutes assignment_minutes recovery_minutes update_minutes "
        "around_the_clock disposition_may_follow confirmed"
    },
    "WorkingRegime": {_NONE: "id name first_day last_day rank closed_on_holidays confirmed"},
    "WorkingWindow": {_NONE: "id regime weekday opens closes"},
    "SpecialDay": {_NONE: "id day name"},
    "SpecialDayWindow": {_NONE: "id special_day opens closes"},
    "Holiday": {_NONE: "id day name kind"},
    "NumberSeries": {_NONE: "id name year last"},
    "SetupRecord": {_NONE: "id key note made_at"},
    "Heartbeat": {_NONE: "id program at"},
    "DigestDay": {_NONE: "id day at"},
    # The pages; what Wagtail keeps of every page is swept by name.
    "HelpDeskPage": {_SWEPT: "intro report_hint request_hint track_hint body", _NONE: "page_ptr"},
    "KnowledgeIndexPage": {_SWEPT: "intro", _NONE: "page_ptr"},
    "KnowledgeArticlePage": {_SWEPT: "symptoms cause solution", _NONE: "page_ptr"},
    "KnowledgeArticlePage_services": {_NONE: "id knowledgearticlepage service"},
    "Helped": {_NONE: "id article yes no"},
}


def fields_of(model: str, how: How) -> tuple[str, ...]:
    """The fields of a model that are treated in one way."""
    return tuple(FIELDS.get(model, {}).get(how, "").split())
