"""Every address of ours in the admin, found by walking, with rows for what its keys name."""

import functools
import re
from collections.abc import Iterator

from django.apps import apps
from django.urls import get_resolver, reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.domain.papers import PaperKind
from helpdesk_plugin.domain.parties import Role
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
)
from helpdesk_plugin.services import exports
from helpdesk_plugin.services.documents import Drawn, issue_document, issue_report, keep_signed_copy
from helpdesk_plugin.services.relations import link_ticket
from helpdesk_plugin.staff.actions import ACTIONS
from helpdesk_plugin.staff.viewsets import ADMINS, DATA_VIEWSETS
from tests.factories import (
    accepted,
    accepted_picture,
    make_notice,
    make_opd,
    make_service,
    make_team,
    make_ticket,
)
from tests.staff.address_decisions import DECISIONS, KADIS, MANAGER, NOBODY
from tests.staff.test_closed_doors import our_addresses
from tests.surveys import make_elements, make_period

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
