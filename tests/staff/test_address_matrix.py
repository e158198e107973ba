"""Office × address × method: every page of the app in the admin, and who opens it or sends to it.

The addresses are found by walking the URL resolver and Wagtail's registries of bulk actions and of settings.
One that nobody has decided about fails `test_every_address_is_decided`, which says what to add here.
"""

import functools
import re
from collections.abc import Iterable, Iterator

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseForbidden
from django.test import RequestFactory
from django.urls import get_resolver, resolve, reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.domain.papers import PaperKind
from helpdesk_plugin.domain.parties import STAFF_ROLES, Role
from helpdesk_plugin.domain.steps import act_named
from helpdesk_plugin.domain.transitions import TRANSITIONS
from helpdesk_plugin.models import (
    CannedReply,
    Delegation,
    EscalationLevel,
    EvidenceItem,
    Holiday,
    Look,
    MessageText,
    NoticeProposal,
    NoticeTemplate,
    NoticeUpdate,
    OpdContact,
    ProcessingRecord,
    RetentionRule,
    Signatory,
    SpecialDay,
    StatusNotice,
)
from helpdesk_plugin.services import exports
from helpdesk_plugin.services.documents import Drawn, issue_document, issue_report, keep_signed_copy
from helpdesk_plugin.services.relations import link_ticket
from helpdesk_plugin.staff.actions import ACTIONS
from helpdesk_plugin.staff.viewsets import ADMINS, DATA_VIEWSETS
from tests.factories import (
    Staff,
    accepted,
    accepted_picture,
    make_agency_data,
    make_notice,
    make_opd,
    make_service,
    make_team,
    make_ticket,
    make_user,
)
from tests.staff.test_closed_doors import our_addresses
from tests.surveys import make_elements, make_period

#: A database is made only for a run in which some test says that it needs one.
pytestmark = pytest.mark.django_db

# --- The decisions ---------------------------------------------------------------------------------------
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

# --- The walk --------------------------------------------------------------------------------------------

MODELS = {
    **{viewset.url_namespace: viewset.model for viewset in DATA_VIEWSETS},
    **{admin.base_url_path.partition("/")[2]: admin.model for admin in ADMINS},
    "helpdesk_notice_wordings": NoticeTemplate,
}


@functools.cache
def _addresses() -> dict[str, str]:
    """Every address of ours, with placeholders, by name."""
    return dict(our_addresses())


def family_and_page(name: str) -> tuple[str, str]:
    """``helpdesk_teams:edit`` and ``helpdesk_holidays_modeladmin_edit`` as family and page."""
    if "_modeladmin_" in name:
        family, _word, page = name.removeprefix("helpdesk_").partition("_modeladmin_")
        return family, page
    family, _colon, page = name.partition(":")
    return family, page


def walked() -> Iterator[tuple[str, str]]:
    """Family and page of everything of ours that the admin has an address for."""
    for name in _addresses():
        if name != "helpdesk_tickets:act":
            yield family_and_page(name)
    yield from (("acts", name) for name in ACTIONS)
    for model in apps.get_app_config("helpdesk_plugin").get_models():
        meta = model._meta
        for action in bulk_action_registry.get_bulk_actions_for_model(meta.app_label, meta.model_name):
            yield f"bulk {meta.model_name}", action.action_type
    for model in settings_registry:
        if model._meta.app_label == "helpdesk_plugin":
            yield "settings", model.__name__
    yield from (("choosers", name) for name in _chooser_names())


def _chooser_names() -> Iterator[str]:
    """Choosers and previews of our models that Wagtail may have opened by itself."""
    for namespace in get_resolver("wagtail.admin.urls").namespace_dict:
        if "helpdesk_plugin" in namespace or (namespace.startswith("helpdesk_") and "choose" in namespace):
            yield namespace


def test_every_address_is_decided():
    here = {(family, page) for family, pages in DECISIONS.items() for page in pages}
    undecided = [where for where in dict.fromkeys(walked()) if where not in here]
    advice = "Decide who opens these and who sends to them: add family → page to DECISIONS in this file."
    assert undecided == [], advice


def test_every_decision_is_about_an_address_that_exists():
    there = set(walked())
    decided = [(family, page) for family, pages in DECISIONS.items() for page in pages]
    gone = [where for where in decided if where not in there]
    assert gone == [], "These addresses are no more: take them out of DECISIONS in this file."


@pytest.fixture(scope="module")
def rows(django_db_setup, django_db_blocker):
    """A row of everything that has pages, made once: no request here leaves anything behind."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_agency_data()
        yield Rows(Staff())
        transaction.set_rollback(True)


class Rows:
    """One row of everything that has pages: an ordinary ticket, and a confidential one (``secret``)."""

    def __init__(self, staff):
        self.staff = staff
        opd, service, today = make_opd(), make_service(), agency_date(clock.now())
        make_team(staff.teknisi, services=[service])
        OpdContact.objects.create(opd=opd, name="Rina", email="rina@example.test", first_day=today)
        Delegation.objects.create(
            role=KADIS, substitute=staff.kabid, first_day="2020-01-01", last_day="2020-01-02"
        )
        EscalationLevel.objects.create(subject="recovery", percent=75)
        EvidenceItem.objects.create(text="Log peladen")
        Holiday.objects.create(day="2030-01-01", name="Tahun baru", kind="public")
        RetentionRule.objects.create(ending="closed", months=24)
        ProcessingRecord.objects.create(deed="export", ground="request", at=clock.now())
        Signatory.objects.create(user=staff.kadis, name="Hartono", position="Kepala Dinas")
        SpecialDay.objects.create(day="2030-01-02", name="Rapat kerja")
        MessageText.objects.create(kind="desk.submit", language="id", subject="x", body="x")
        CannedReply.objects.create(title="Salam", text="Terima kasih.")
        make_elements()
        make_period()
        NoticeTemplate.objects.create(name="Internet putus", title="Gangguan", summary="<p>Putus.</p>")
        self.ticket = self._ticket(staff, opd=opd, service=service)
        self.secret = self._ticket(staff, opd=opd, service=make_service(is_security=True))
        self.keys = {one.pk: self._keys_of(one, staff) for one in (self.ticket, self.secret)}
        self.keys["notice"] = self._keys_of_notice(staff)
        self.keys["proposal"] = self._keys_of_proposal()
        self.keys["export"] = self._keys_of_export(staff)
        self.keys["paper"] = self._keys_of_paper(staff)
        Look.objects.create(ticket=self.secret, by=staff.prakom, at=clock.now(), page="inspect")

    def _ticket(self, staff, **fields):
        ticket = make_ticket(files=[accepted_picture()], summary="Akun bupati diambil alih", **fields)
        child = make_ticket(**fields)
        link_ticket(child.pk, ticket, by=staff.prakom)
        return ticket

    def _keys_of(self, ticket, staff) -> dict[str, object]:
        """What the addresses of a ticket's pages take besides its own key."""
        draw = lambda _document: Drawn(b"%PDF-", "test")  # noqa: E731
        document = issue_document(ticket.pk, PaperKind.RECEIPT, by=staff.teknisi, draw=draw)
        copy = keep_signed_copy(document.pk, accepted(), by=staff.teknisi)
        return {
            "pk": ticket.pk,
            "file_pk": ticket.attachments.get().pk,
            "document_pk": document.pk,
            "copy_pk": copy.pk,
            # A sheet for which the facts still lack: who may draw it is asked first.
            "kind": PaperKind.DISPOSITION_SHEET.value,
            "act": "inform",
        }

    def _keys_of_notice(self, staff) -> dict[str, object]:
        """Of a published notice whose next version awaits the editors."""
        notice = make_notice(author=staff.teknisi)
        task = GroupApprovalTask.objects.create(name="Editor")
        task.groups.set(staff[Role.EDITOR].groups.all())
        workflow = Workflow.objects.create(name="Pengumuman")
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
        notice.save_revision(user=staff.teknisi)
        state = workflow.start(notice, staff.teknisi)
        update = NoticeUpdate.objects.create(notice=notice, phase="investigating", words="Dicari.")
        return {
            "pk": notice.pk,
            "revision_id": notice.latest_revision.pk,
            "revision_id_a": "earliest",
            "revision_id_b": "latest",
            "action_name": "approve",
            "task_state_id": state.current_task_state.pk,
            "task_id": task.pk,
            "workflow_state_id": state.pk,
            "update_pk": update.pk,
        }

    def _keys_of_proposal(self) -> dict[str, object]:
        proposal = NoticeProposal.objects.create(service=self.ticket.service, judged_until=clock.now())
        proposal.tickets.add(self.ticket)
        return {"pk": proposal.pk}

    def _keys_of_export(self, staff) -> dict[str, object]:
        export = exports.ask("raw", by=staff[MANAGER], query="", rows=1, filters={})
        exports.write(export.pk, "raw.zip", lambda file, told: file.write(b"PK"))
        return {"pk": export.pk}

    def _keys_of_paper(self, staff) -> dict[str, object]:
        draw = lambda _document: Drawn(b"%PDF-", "test")  # noqa: E731
        document = issue_report(PaperKind.REGISTER, "2026-10", by=staff[MANAGER], draw=draw)
        return {"pk": document.pk, "kind": PaperKind.REGISTER.value}


def address_of(family: str, page: str, rows: Rows, *, secret: bool = False) -> str:
    """The address with keys of rows that exist."""
    ticket = rows.secret if secret else rows.ticket
    if family == "acts":
        return reverse("helpdesk_tickets:act", args=[ticket.pk, page])
    if family.startswith("bulk "):
        target = reverse("wagtail_bulk_action", args=["helpdesk_plugin", family.removeprefix("bulk "), page])
        return f"{target}?id={ticket.pk}"
    if family == "settings":
        setting = apps.get_model("helpdesk_plugin", page).load()
        return reverse("wagtailsettings:edit", args=["helpdesk_plugin", page.lower(), setting.pk])
    name = _url_name(family, page)
    wanted = re.findall(r"<(?:\w+:)?(\w+)>", _addresses()[name])
    keys = _keys(family, page, rows, ticket)
    return reverse(name, kwargs={key: keys[key] for key in wanted})


def _url_name(family: str, page: str) -> str:
    """The reverse of `family_and_page`."""
    if not page:
        return family
    return f"{family}:{page}" if family.startswith("helpdesk_") else f"helpdesk_{family}_modeladmin_{page}"


def _keys(family: str, page: str, rows: Rows, ticket) -> dict[str, object]:
    if family == "helpdesk_tickets":
        return rows.keys[ticket.pk]
    if family == "helpdesk_notices":
        return rows.keys["proposal" if page == "proposal" else "notice"]
    if family.startswith("helpdesk_reports"):
        return rows.keys["export" if "export" in family else "paper"]
    if family not in MODELS:
        return {}
    row = MODELS[family].objects.first()
    assert row is not None or DECISIONS[family][page] == (NOBODY, NOBODY), f"No row in `Rows` for {family}."
    key = row.pk if row is not None else 1
    return {"pk": key, "instance_pk": key}


# --- The question ----------------------------------------------------------------------------------------

ask = RequestFactory()


def is_opened(user, method: str, address: str) -> bool:
    """Whether the very view that the resolver finds lets a request in. Whatever it changed is taken back.

    The view is asked without the middleware around it and its page is not drawn: neither decides who enters,
    and drawing is most of the work. `test_closed_doors` goes the whole way from browser to page.
    """
    request = getattr(ask, method)(address)
    request.user, request.session = user, SessionStore()
    request._messages = FallbackStorage(request)
    found = request.resolver_match = resolve(address.partition("?")[0])
    with transaction.atomic():
        try:
            response = found.func(request, *found.args, **found.kwargs)
        except (Http404, PermissionDenied):
            response = HttpResponseForbidden()
        transaction.set_rollback(True)
    for close in response._resource_closers:
        close()
    assert response.status_code < 500, f"{method} {address}"
    sent_away = response.status_code == 302 and response.url.split("?")[0] in {"/admin/", "/admin/login/"}
    return response.status_code not in {403, 404, 405} and not sent_away


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_each_office_opens_what_was_decided_and_nothing_else(role, rows):
    wrong = list(differences(role, rows.staff[role], rows, DECISIONS))
    assert not wrong, "\n".join(wrong)


def differences(role, user, rows, decisions, *, secret: bool = False) -> Iterator[str]:
    """What an office opens or sends to against the decisions, one line each."""
    for family, pages in decisions.items():
        for page, (readers, senders) in pages.items():
            address = address_of(family, page, rows, secret=secret)
            for method, allowed in (("get", readers), ("post", senders)):
                opened = is_opened(user, method, address)
                if opened is not (role in allowed):
                    yield f"{method} {family} {page}: {'opened' if opened else 'closed'}"


# --- Confidential tickets --------------------------------------------------------------------------------

#: Pages of one ticket, decided for a confidential one: the offices that see it open what they open of others.
OF_A_SECRET: dict[str, dict[str, Decision]] = {
    "helpdesk_tickets": {**DECISIONS["helpdesk_tickets"], "csirt": (READERS, NOBODY)},
    "acts": DECISIONS["acts"],
}


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_each_office_opens_the_same_of_a_confidential_ticket(role, rows):
    wrong = list(differences(role, rows.staff[role], rows, OF_A_SECRET, secret=True))
    assert not wrong, "\n".join(wrong)


@pytest.fixture(scope="module")
def outsider(rows):
    """Somebody with every right of the app but that of seeing matters of security."""
    user = make_user()
    rights = Permission.objects.filter(content_type__app_label="helpdesk_plugin")
    user.user_permissions.set(rights.exclude(codename="view_security_ticket"))
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return type(user).objects.get(pk=user.pk)


def test_a_confidential_ticket_is_closed_to_everybody_outside_its_circle(rows, outsider):
    """Not one page of it opens, whatever else this person may do; of an ordinary ticket most of them do."""
    for secret, expected in ((True, set()), (False, {"inspect", "history", "print", "document", "note"})):
        opened = set()
        for family in OF_A_SECRET:
            for page in OF_A_SECRET[family]:
                address = address_of(family, page, rows, secret=secret)
                about_it = f"/{(rows.secret if secret else rows.ticket).pk}/" in address
                methods = ("get", "post") if about_it else ()
                opened |= {page for method in methods if is_opened(outsider, method, address)}
        assert opened >= expected
        assert secret is (opened == set())


def test_neither_bulk_pages_nor_wagtails_own_tell_of_a_confidential_ticket(rows, outsider, sign_in):
    """Every page of the admin that takes no key, or whatever Wagtail lets one ask about any model."""
    client, secret, asked = sign_in(outsider), rows.secret, 0
    bulk = [address_of("bulk ticket", page, rows, secret=True) for page in DECISIONS["bulk ticket"]]
    for address in (*bulk, *_of_wagtail(secret)):
        answer = client.get(address)
        asked += 1
        if answer.status_code == 200 and not answer.streaming:
            html = answer.content.decode()
            assert secret.number not in html, address
            assert secret.summary not in html, address
    assert asked > 60


def _of_wagtail(ticket) -> Iterator[str]:
    """Addresses of the admin that are not ours, filled with a ticket wherever they ask for an object."""
    key = str(ticket.pk)
    model = {"app_label": "helpdesk_plugin", "app_name": "helpdesk_plugin", "model_name": "ticket"}
    usable = {**model, "action": "delete", "object_id": key, "pk": key, "session_id": "1"}
    usable |= {"content_type_app_name": "helpdesk_plugin", "content_type_model_name": "ticket"}
    left_alone = ("helpdesk/", "logout", "failwhale", "test404", "(", "^.*", "^")
    for _name, address in our_addresses(within=""):
        if any(part in address for part in left_alone):
            continue
        keys = re.findall(r"<(?:\w+:)?(\w+)>", address)
        # A key alone names a page or a picture, a key with a model may name a ticket.
        if set(keys) <= set(usable) and (not keys or set(keys) & set(model)):
            yield re.sub(r"<(?:\w+:)?(\w+)>", lambda found: usable[found[1]], address)


@pytest.mark.parametrize("method", ["put", "delete"])
def test_no_other_method_fails(method, rows):
    for family, pages in DECISIONS.items():
        for page in pages:
            is_opened(rows.staff[MANAGER], method, address_of(family, page, rows))
