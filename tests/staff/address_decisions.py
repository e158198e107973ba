"""Who opens each page of the admin, and who sends to it."""

from collections.abc import Iterable

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.steps import act_named
from helpdesk_plugin.domain.transitions import TRANSITIONS
from helpdesk_plugin.models import (
    StatusNotice,
)
from helpdesk_plugin.staff.actions import ACTIONS
from helpdesk_plugin.staff.viewsets import DATA_VIEWSETS

# Family → page → (who opens it, who sends to it). "Sending" is a POST, here always an empty one: a form that
# comes back with errors has been opened to the sender. A page without a POST of its own is sent to by nobody.

TS, PC, KABID, KADIS = (
    Role.TECHNICAL_SUPPORT,
    Role.COMPUTER_OFFICER,
    Role.DIVISION_HEAD,
    Role.HEAD_OF_AGENCY,
)
MANAGER, AUDITOR = Role.MANAGER, Role.AUDITOR
NOBODY: frozenset[Role] = frozenset()
MANAGERS = frozenset({MANAGER})
SUPERVISORS = frozenset({MANAGER, AUDITOR})
OVERSEERS = SUPERVISORS | {KABID, KADIS}
READERS = frozenset({TS, PC, KABID, KADIS, MANAGER, AUDITOR})
EDITORS = frozenset({Role.EDITOR})
EVERYBODY = READERS | EDITORS
DRAFTERS = frozenset({TS, PC, KABID, MANAGER}) | EDITORS
PROPOSED_TO = frozenset({TS, PC, KABID, MANAGER})
REPORT_READERS = frozenset({KABID, KADIS}) | SUPERVISORS

Decision = tuple[frozenset[Role], frozenset[Role]]

#: What Wagtail gives every snippet; rows are taken out of use and never deleted.
SNIPPET: dict[str, Decision] = {
    "list": (MANAGERS, NOBODY),
    "list_results": (MANAGERS, NOBODY),
    "add": (MANAGERS, MANAGERS),
    "edit": (MANAGERS, MANAGERS),
    "delete": (NOBODY, NOBODY),
    "usage": (MANAGERS, NOBODY),
    "history": (MANAGERS, NOBODY),
    "history_results": (MANAGERS, NOBODY),
}
#: What wagtail-modeladmin gives every table.
TABLE: dict[str, Decision] = {
    "index": (MANAGERS, NOBODY),
    "create": (MANAGERS, MANAGERS),
    "edit": (MANAGERS, MANAGERS),
    "delete": (NOBODY, NOBODY),
    "history": (MANAGERS, NOBODY),
}
REGISTER: dict[str, Decision] = {
    "index": (SUPERVISORS, NOBODY),
    "create": (NOBODY, NOBODY),
    "edit": (NOBODY, NOBODY),
    "delete": (NOBODY, NOBODY),
}

DECISIONS: dict[str, dict[str, Decision]] = {
    "helpdesk_tickets": {
        "list": (READERS, NOBODY),
        "list_results": (READERS, NOBODY),
        "inspect": (READERS, READERS - {AUDITOR}),
        "history": (READERS, NOBODY),
        "deadlines": (READERS, NOBODY),
        "download": (READERS, NOBODY),
        "thumbnail": (READERS, NOBODY),
        "follow": (NOBODY, READERS),
        "own_lists": (READERS, READERS),
        "register": (frozenset({TS}), frozenset({TS})),
        # Only to whoever has just registered the ticket, which nobody has here.
        "registered": (NOBODY, NOBODY),
        "inbox": (frozenset({KADIS}), frozenset({KADIS})),
        "documents": (READERS, NOBODY),
        "print": (READERS, NOBODY),
        # The children of a ticket that the agency may be told about ("inform").
        "children": (frozenset({TS}), frozenset({TS})),
        # Confidential tickets alone have this sheet: see `OF_A_SECRET`.
        "csirt": (NOBODY, NOBODY),
        # Of a disposition sheet, and of a receipt that was issued.
        "document_preview": (frozenset({TS, KABID, KADIS, MANAGER}), NOBODY),
        "document_issue": (NOBODY, frozenset({TS, KABID, KADIS, MANAGER})),
        "document": (READERS, NOBODY),
        "document_signed": (READERS, NOBODY),
        "document_upload": (frozenset({TS, MANAGER}), frozenset({TS, MANAGER})),
        "document_withdraw": (frozenset({TS, MANAGER}), frozenset({TS, MANAGER})),
        # No provider of signatures is set up here.
        "document_sign": (NOBODY, NOBODY),
    },
    # Notices are Wagtail's kind of content: officers draft, editors publish, and editors see no ticket.
    "helpdesk_notices": {
        "list": (EVERYBODY, NOBODY),
        "list_results": (EVERYBODY, NOBODY),
        "inspect": (EVERYBODY, NOBODY),
        **dict.fromkeys(("add", "edit", "preview_on_add", "preview_on_edit"), (DRAFTERS, DRAFTERS)),
        **dict.fromkeys(("facts", "update", "revisions_revert"), (DRAFTERS, DRAFTERS)),
        **dict.fromkeys(("usage", "history", "history_results", "revisions_view"), (DRAFTERS, NOBODY)),
        **dict.fromkeys(("revisions_compare", "workflow_history"), (DRAFTERS, NOBODY)),
        "workflow_history_detail": (DRAFTERS, NOBODY),
        "workflow_preview": (EDITORS, NOBODY),
        **dict.fromkeys(("unpublish", "revisions_unschedule", "workflow_action"), (EDITORS, EDITORS)),
        "collect_workflow_action_data": (EDITORS, EDITORS),
        "confirm_workflow_cancellation": (EDITORS, EDITORS),
        "lock": (NOBODY, EDITORS),
        # Nothing is locked here.
        "unlock": (NOBODY, NOBODY),
        "publish_update": (NOBODY, EDITORS),
        "discard_update": (NOBODY, EDITORS),
        "review": (NOBODY, EDITORS),
        "linked": (READERS, READERS),
        "proposal": (PROPOSED_TO, PROPOSED_TO),
        # Whoever is on duty: a group of its own, no office.
        "emergency": (NOBODY, NOBODY),
    },
    "helpdesk_notice_wordings": {
        **SNIPPET,
        "list": (MANAGERS | EDITORS | {AUDITOR}, NOBODY),
        "list_results": (MANAGERS | EDITORS | {AUDITOR}, NOBODY),
        **dict.fromkeys(("add", "edit"), (MANAGERS | EDITORS, MANAGERS | EDITORS)),
        **dict.fromkeys(("usage", "history", "history_results"), (MANAGERS | EDITORS, NOBODY)),
    },
    "helpdesk_services": SNIPPET,
    "helpdesk_teams": SNIPPET,
    "helpdesk_sop_versions": {
        **SNIPPET,
        # A version comes of the one before it ("succeed"), never of nothing.
        "add": (NOBODY, NOBODY),
        "inspect": (MANAGERS, NOBODY),
        "compare": (MANAGERS, NOBODY),
        "succeed": (MANAGERS, MANAGERS),
        "confirm": (MANAGERS, MANAGERS),
        "discard": (MANAGERS, MANAGERS),
    },
    "helpdesk_step_standards": {**SNIPPET, "add": (NOBODY, NOBODY)},
    "helpdesk_message_texts": {**SNIPPET, "add": (NOBODY, NOBODY)},
    "helpdesk_canned_replies": {
        **SNIPPET,
        "delete": (MANAGERS, MANAGERS),
        "on_ticket": (MANAGERS, NOBODY),
        "try_out": (NOBODY, MANAGERS),
    },
    "helpdesk_survey_elements": {**SNIPPET, "add": (NOBODY, NOBODY)},
    "helpdesk_survey_periods": {
        **SNIPPET,
        **dict.fromkeys(("list", "list_results", "inspect"), (OVERSEERS, NOBODY)),
        **dict.fromkeys(("open", "invite", "close"), (MANAGERS, MANAGERS)),
        **dict.fromkeys(("raw", "worksheet"), (SUPERVISORS, NOBODY)),
    },
    "helpdesk_working_hours": {**SNIPPET, "delete": (MANAGERS, MANAGERS)},
    "helpdesk_special_days": {**SNIPPET, "delete": (MANAGERS, MANAGERS)},
    "ledger": REGISTER,
    "step-records": REGISTER,
    "messages": {**REGISTER, "resend": (MANAGERS, MANAGERS)},
    "documents": REGISTER,
    "looks": REGISTER,
    "processing": REGISTER,
    # One row for each way in which a ticket ends.
    "retention-rules": TABLE,
    "helpdesk_import": {"": (MANAGERS, MANAGERS)},
    "helpdesk_personal_data": {"": (MANAGERS, MANAGERS)},
    "helpdesk_breach_notice": {"": (MANAGERS, MANAGERS)},
    "evidence-checklist": TABLE,
    "signatories": TABLE,
    "agencies": TABLE,
    "contacts": {**TABLE, "hand-over": (MANAGERS, MANAGERS)},
    # There is exactly one row for each priority and each cell of the matrix.
    "sla-targets": {**TABLE, "create": (NOBODY, NOBODY)},
    "priority-matrix": {**TABLE, "create": (NOBODY, NOBODY)},
    "warning-levels": {**TABLE, "delete": (MANAGERS, MANAGERS)},
    "holidays": {**TABLE, "delete": (MANAGERS, MANAGERS), "import": (MANAGERS, MANAGERS)},
    "substitutes": TABLE,
    "helpdesk_recounting": {"": (MANAGERS, MANAGERS)},
    "helpdesk_health": {"": (MANAGERS, NOBODY)},
    "helpdesk_evidence": {"": (SUPERVISORS, SUPERVISORS)},
    "helpdesk_performance": {"": (READERS, READERS)},
    "helpdesk_setting_changes": {"": (MANAGERS, NOBODY)},
    "helpdesk_exports_taken": {"": (SUPERVISORS, NOBODY)},
    "helpdesk_reports": {"": (REPORT_READERS, NOBODY)},
    "helpdesk_reports_steps": {"": (REPORT_READERS, NOBODY)},
    "helpdesk_reports_passes": {"": (REPORT_READERS, NOBODY)},
    "helpdesk_reports_tickets": {"": (REPORT_READERS, NOBODY)},
    "helpdesk_reports_register": {"": (REPORT_READERS, NOBODY)},
    "helpdesk_reports_register_results": {"": (REPORT_READERS, NOBODY)},
    "helpdesk_reports_papers": {"": (REPORT_READERS, NOBODY)},
    "helpdesk_reports_paper": {"": (SUPERVISORS, NOBODY)},
    "helpdesk_reports_paper_preview": {"": (MANAGERS, NOBODY)},
    "helpdesk_reports_paper_issue": {"": (NOBODY, MANAGERS)},
    "helpdesk_reports_paper_withdraw": {"": (NOBODY, MANAGERS)},
    "helpdesk_reports_exports": {"": (SUPERVISORS, SUPERVISORS)},
    # The export of a manager: nobody else's, whatever their office.
    "helpdesk_reports_export": {"": (MANAGERS, NOBODY)},
    "helpdesk_reports_export_file": {"": (MANAGERS, NOBODY)},
    # Where settings are changed, by model.
    "settings": dict.fromkeys(
        ("AgencyProfile", "HelpDeskSettings", "DocumentSettings"), (MANAGERS, MANAGERS)
    ),
}


def acts_decided(names: Iterable[str]) -> dict[str, Decision]:
    """The form of an act is opened by the offices that hold it, by the procedure's own table."""
    roles = {name: frozenset(TRANSITIONS[act_named(name)].roles) for name in names}
    return {name: (held, held) for name, held in roles.items()}


DECISIONS["acts"] = acts_decided(ACTIONS)
DECISIONS["bulk ticket"] = {
    **acts_decided(["take", "hand_over", "examine", "progress", "note", "inform", "close"]),
    "delete": (NOBODY, NOBODY),
}
for _model in (*(viewset.model for viewset in DATA_VIEWSETS), StatusNotice):
    DECISIONS[f"bulk {_model._meta.model_name}"] = {"delete": (NOBODY, NOBODY)}
