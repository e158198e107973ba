"""What Wagtail would open by itself stays closed, and no address opens without its right."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.log_actions import log
from wagtail.snippets.models import get_snippet_models

from helpdesk_plugin.domain.papers import PaperKind
from helpdesk_plugin.domain.parties import STAFF_ROLES, Role
from helpdesk_plugin.models import OutboxMessage, Ticket, WorkingRegime
from helpdesk_plugin.permissions import ticket_policy
from helpdesk_plugin.services.documents import Drawn, issue_document, keep_signed_copy
from helpdesk_plugin.staff.bulk import NoBulkDelete
from tests.factories import accepted, make_opd, make_service, make_ticket, make_user
from tests.staff.conftest import list_url, page_url

#: Addresses that Wagtail gives every snippet, relative to the admin.
GENERIC = (
    "snippets/helpdesk_plugin/ticket/",
    "snippets/helpdesk_plugin/ticket/add/",
    "helpdesk/tickets/add/",
    "helpdesk/tickets/new/",
    "helpdesk/tickets/edit/{pk}/",
    "helpdesk/tickets/delete/{pk}/",
    "helpdesk/tickets/copy/{pk}/",
    "helpdesk/tickets/usage/{pk}/",
    "helpdesk/tickets/inspect/{pk}/",
    "helpdesk/tickets/history/{pk}/",
    "snippets/choose/helpdesk_plugin/ticket/",
    "snippets/choose/helpdesk_plugin/ticket/results/",
    "snippets/choose/helpdesk_plugin/ticket/chosen/{pk}/",
    "snippets/choose/helpdesk_plugin/ticket/chosen-multiple/?id={pk}",
    "snippets/choose/helpdesk_plugin/service/",
    "snippets/choose/helpdesk_plugin/messagetext/",
)


@pytest.fixture
def superuser(db):
    return get_user_model().objects.create_superuser("root", "root@example.test", "sandi-uji")


@pytest.mark.parametrize("address", GENERIC)
def test_generic_addresses_do_not_exist_even_for_the_superuser(staff, sign_in, superuser, address):
    ticket = make_ticket()
    assert sign_in(superuser).get(f"/admin/{address.format(pk=ticket.pk)}").status_code == 404


@pytest.mark.parametrize("ids", ["id=all", "id=1", "id=1&id=2", "id=all&status=submitted"])
def test_bulk_deletion_is_closed(staff, sign_in, superuser, ids):
    ticket = make_ticket()
    client = sign_in(superuser)
    address = f"/admin/bulk/helpdesk_plugin/ticket/delete/?{ids}"
    for response in (client.get(address), client.post(address, {})):
        assert (response.status_code, response.url) == (302, "/admin/")
        assert ticket.number not in response.content.decode()
    assert Ticket.objects.filter(pk=ticket.pk).exists()


def test_bulk_deletion_cannot_take_the_last_working_hours(staff, sign_in, superuser):
    address = f"/admin/bulk/helpdesk_plugin/workingregime/delete/?id={WorkingRegime.objects.get().pk}"
    assert sign_in(superuser).post(address, {}).url == "/admin/"
    assert WorkingRegime.objects.exists()


def test_bulk_deletion_is_closed_for_our_models_alone():
    assert set(NoBulkDelete.models) == {
        model for model in get_snippet_models() if model._meta.app_label == "helpdesk_plugin"
    }


def test_list_offers_no_bulk_actions_to_those_who_take_none(staff, as_role):
    make_ticket()
    html = as_role(Role.AUDITOR).get(list_url()).content.decode()
    assert "bulk-actions" not in html
    assert 'type="checkbox"' not in html.split('id="listing-results"')[1]


def test_group_editor_grants_open_nothing_that_the_policy_closes(staff, sign_in):
    """Even somebody who was given every permission there is adds, changes and deletes no ticket."""
    user = make_user(Role.TECHNICAL_SUPPORT)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="helpdesk_plugin"))
    user = get_user_model().objects.get(pk=user.pk)
    assert not any(ticket_policy.user_has_permission(user, action) for action in ("add", "change", "delete"))


def test_wagtail_asks_our_policy():
    from wagtail import VERSION

    if VERSION < (8, 0):
        assert Ticket.snippet_viewset.permission_policy is ticket_policy
        return
    from wagtail.permissions import policy_registry

    assert policy_registry.get_by_type(Ticket) is ticket_policy


@pytest.mark.usefixtures("narrow_circle")
def test_ticket_in_other_screens_is_its_number_and_links_to_its_page(staff):
    ticket, secret = make_ticket(), make_ticket(service=make_service(is_security=True))
    assert str(ticket) == ticket.number
    finder = AdminURLFinder(staff.teknisi)
    assert finder.get_edit_url(ticket) == page_url(ticket)
    assert finder.get_edit_url(secret) is None


def test_site_history_report_shows_no_more_than_numbers(staff, sign_in, superuser):
    secret = make_ticket(service=make_service(is_security=True), summary="Akun bupati diambil alih")
    log(secret, "helpdesk.note", user=staff.prakom)
    html = sign_in(superuser).get("/admin/reports/site-history/").content.decode()
    assert secret.number in html
    assert "Akun bupati" not in html


def test_menu_does_not_light_up_wagtails_help():
    from helpdesk_plugin.staff.viewsets import HelpDeskGroup

    assert not HelpDeskGroup.menu_name.startswith("help")


def test_no_model_of_ours_is_offered_by_the_api():
    assert [
        m for m in get_snippet_models() if m._meta.app_label == "helpdesk_plugin" and hasattr(m, "api_fields")
    ] == []


# --- Role × address ------------------------------------------------------------------------------------


def our_addresses(pattern=None, prefix="/admin/", names=(), within="helpdesk/"):
    """(name, address with placeholders) of every page of the app in the admin, found by walking.

    ``within``: what an address must hold to count; with nothing, every page of the admin does.
    """
    resolver = pattern or get_resolver("wagtail.admin.urls")
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from our_addresses(entry, prefix + str(entry.pattern), (*names, entry.namespace), within)
        elif isinstance(entry, URLPattern) and within in prefix + str(entry.pattern):
            yield ":".join([*filter(None, names), entry.name or ""]), prefix + str(entry.pattern)


@pytest.fixture
def filled_addresses(staff):
    """Every address of ours with keys of rows that exist."""
    ticket = make_ticket(files=[accepted()])
    make_opd(), make_service()
    message = OutboxMessage.objects.filter(ticket=ticket).first()
    event = ticket.events.get()
    document = issue_document(
        ticket.pk, PaperKind.RECEIPT, by=staff.teknisi, draw=lambda _document: Drawn(b"%PDF-", "test")
    )
    copy = keep_signed_copy(document.pk, accepted(), by=staff.teknisi)
    keys = {
        "pk": ticket.pk,
        "act": "note",
        "file_pk": ticket.attachments.get().pk,
        "instance_pk": message.pk if message else 1,
        "kind": PaperKind.RECEIPT.value,
        "document_pk": document.pk,
        "copy_pk": copy.pk,
        "update_pk": 1,
        "revision_id": 1,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "action_name": "approve",
        "task_state_id": 1,
        "task_id": 1,
        "workflow_state_id": 1,
    }
    found = []
    for name, _address in our_addresses():
        for arguments in ({}, {"pk": 1}, {"instance_pk": event.pk}, keys):
            usable = {k: v for k, v in arguments.items() if f":{k}>" in _address or f"<{k}>" in _address}
            try:
                found.append((name, reverse(name, kwargs=usable)))
                break
            except NoReverseMatch:
                continue
    return found


def test_every_address_of_ours_is_walked(filled_addresses):
    names = {name for name, _address in filled_addresses}
    assert names == {name for name, _address in our_addresses()}
    assert {"helpdesk_tickets:list", "helpdesk_tickets:act", "helpdesk_services:edit"} <= names
    assert "helpdesk_ledger_modeladmin_index" in names
    assert len(names) > 50


def test_nobody_without_rights_opens_any_of_it(sign_in, filled_addresses):
    """A user of the admin in no group meets a closed door everywhere; the offices stand in the matrix."""
    nobody = make_user()
    nobody.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = sign_in(nobody)
    for name, address in filled_addresses:
        for method in (client.get, client.post):
            response = method(address)
            closed = response.status_code in {404, 405} or (
                response.status_code == 302 and response.url == "/admin/"
            )
            assert closed, f"{method.__name__} {name} {response.status_code}"


def test_strangers_are_sent_to_the_login(filled_addresses, client):
    for name, address in filled_addresses:
        response = client.get(address)
        assert (response.status_code, response.url.split("?")[0]) == (302, "/admin/login/"), name


SNIPPETS = (
    *("services", "teams", "sop_versions", "step_standards", "message_texts"),
    *("working_hours", "special_days"),
)
TABLES = (
    *("agencies", "contacts", "sla-targets", "priority-matrix"),
    *("holidays", "warning-levels", "substitutes", "evidence-checklist"),
)
#: What each office may open besides the tickets themselves.
DATA = {
    Role.MANAGER: {*SNIPPETS},
}
REGISTERS = {Role.MANAGER, Role.AUDITOR}


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_lists_open_by_role(staff, as_role, role):
    client = as_role(role)
    tickets = client.get(list_url()).status_code == 200
    assert tickets is (role is not Role.EDITOR)
    for name in SNIPPETS:
        opens = client.get(reverse(f"helpdesk_{name}:list")).status_code == 200
        assert opens is (name in DATA.get(role, set())), name
    for name in ("ledger", "step-records", "messages", "looks"):
        opens = client.get(reverse(f"helpdesk_{name}_modeladmin_index")).status_code == 200
        assert opens is (role in REGISTERS), name
    for name in TABLES:
        opens = client.get(reverse(f"helpdesk_{name}_modeladmin_index")).status_code == 200
        assert opens is (role is Role.MANAGER), name


def test_no_module_of_ours_is_discovered_as_an_admin_of_django():
    import importlib.util

    assert importlib.util.find_spec("helpdesk_plugin.admin") is None
    assert apps.get_app_config("helpdesk_plugin").name == "helpdesk_plugin"
