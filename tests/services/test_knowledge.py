"""What was learnt becomes a draft without people in it, and is found again by those who may know of it."""

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.management import call_command
from wagtail.models import Site, TaskState

from helpdesk_plugin.domain.parties import Party, Role
from helpdesk_plugin.domain.redaction import LEFT_OUT
from helpdesk_plugin.domain.requirements import Missing
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import OpdContact, OutboxMessage
from helpdesk_plugin.notifications.decisions import APPROVAL_ASKED
from helpdesk_plugin.pages.models import ArticleOrigin, KnowledgeArticlePage, KnowledgeIndexPage
from helpdesk_plugin.services import handling
from helpdesk_plugin.services.errors import CannotWriteUp, FactsMissing, NotPermitted, StepNotAllowed
from helpdesk_plugin.services.knowledge import articles_about, similar_solved, write_up_ticket
from helpdesk_plugin.setup.runner import run
from tests.factories import (
    Journey,
    Staff,
    make_agency_data,
    make_service,
    make_ticket,
    make_user,
    ticket_at,
    without_security_rights,
)


@pytest.fixture
def staff(db):
    make_agency_data()
    return Staff()


@pytest.fixture
def shelf(staff):
    root = Site.objects.get(is_default_site=True).root_page
    return root.add_child(instance=KnowledgeIndexPage(title="Pengetahuan", slug="pengetahuan"))


def publish(shelf, title="Kabel serat putus", **fields) -> KnowledgeArticlePage:
    facts = {
        "symptoms": "Lampu LOS merah, mati",
        "cause": "Kabel serat putus",
        "solution": "Sambung",
    }
    services = fields.pop("services", [])
    page = KnowledgeArticlePage(title=title, **{**facts, **fields})
    page.services = services
    shelf.add_child(instance=page)
    page.save_revision().publish()
    return page


def solved(staff, **fields):
    """A handled ticket whose texts are full of people."""
    journey = Journey(staff=staff, summary="Akun Sari Melati terkunci", **fields)
    journey.to(TicketStatus.DIAGNOSING)
    finding = handling.Finding(
        symptoms=f"Sari menelepon dari 0812-3456-7890, kata {staff.prakom.last_name} akun terkunci",
        cause="Kata sandi salah lima kali oleh sari.melati@example.test",
    )
    handling.diagnose_ticket(journey.id, finding, by=staff.prakom)
    recovery = handling.Recovery(action="Akun dibuka, Ibu Rina diberi tahu", recommendation="Pakai pengelola")
    handling.resolve_ticket(journey.id, recovery, by=staff.prakom)
    return journey.ticket


def test_draft_holds_what_was_learnt_and_nobody(staff, shelf):
    ticket = solved(staff)
    OpdContact.objects.create(opd=ticket.opd, name="Rina", email="rina@example.test", first_day="2026-01-01")
    write_up_ticket(ticket.pk, by=staff.prakom)
    page = KnowledgeArticlePage.objects.get()
    assert (page.live, page.title) == (False, f"Akun {LEFT_OUT} terkunci")
    assert page.cause == f"Kata sandi salah lima kali oleh {LEFT_OUT}"
    assert page.solution == f"Akun dibuka, Ibu {LEFT_OUT} diberi tahu\n\nPakai pengelola"
    assert list(page.get_latest_revision_as_object().services.all()) == [ticket.service]
    kept = str(page.get_latest_revision().content)
    for personal in ("Sari", "Melati", "3456", "sari.melati", "Rina", staff.prakom.last_name, ticket.number):
        assert personal not in kept
    event = ticket.events.get(act="write_up")
    assert (event.public, event.by) == (False, staff.prakom)


def test_draft_awaits_the_editors_who_hold_no_right_to_tickets(staff, django_capture_on_commit_callbacks):
    run()
    ticket, editor = ticket_at(TicketStatus.RESOLVED, staff=staff), make_user(Role.EDITOR)
    with django_capture_on_commit_callbacks(execute=True):
        write_up_ticket(ticket.pk, by=staff.prakom)
    page = KnowledgeArticlePage.objects.get()
    state = TaskState.objects.get(workflow_state__object_id=str(page.pk)).specific
    assert page.get_parent().slug == "pengetahuan"
    asked = OutboxMessage.objects.get(task_state__workflow_state__object_id=str(page.pk))
    assert (asked.kind, asked.recipient) == (APPROVAL_ASKED, editor)
    call_command("helpdesk_deliver")
    (letter,) = [sent for sent in mail.outbox if sent.to == [editor.email]]
    assert f"http://testserver/admin/pages/{page.pk}/edit/" in letter.body
    assert page in [s.revision.content_object for s in TaskState.objects.reviewable_by(editor)]
    state.approve(user=editor)
    page.refresh_from_db()
    assert page.live
    assert not editor.has_perm("helpdesk_plugin.view_ticket")
    rights = {p for p in editor.get_all_permissions() if p.startswith("helpdesk_plugin.")}
    assert {p for p in rights if "notice" not in p} == set()


def test_second_setup_makes_no_second_shelf(staff):
    run()
    run()
    assert KnowledgeIndexPage.objects.count() == 1
    KnowledgeIndexPage.objects.get().delete()
    run()
    assert KnowledgeIndexPage.objects.count() == 0


def test_one_ticket_makes_one_article(staff, shelf):
    ticket = ticket_at(TicketStatus.RESOLVED, staff=staff)
    write_up_ticket(ticket.pk, by=staff.prakom, key="a")
    write_up_ticket(ticket.pk, by=staff.prakom, key="a")
    with pytest.raises(CannotWriteUp) as refused:
        write_up_ticket(ticket.pk, by=staff.prakom, key="b")
    assert refused.value.already
    assert (KnowledgeArticlePage.objects.count(), ArticleOrigin.objects.count()) == (1, 1)
    assert ticket.events.filter(act="write_up").count() == 1


def test_matters_of_security_refuse(staff, shelf):
    ticket = ticket_at(TicketStatus.RESOLVED, staff=staff, service=make_service(is_security=True))
    with pytest.raises(StepNotAllowed):
        write_up_ticket(ticket.pk, by=staff.prakom)
    assert KnowledgeArticlePage.objects.count() == 0


def test_permission_is_asked(staff, shelf):
    ticket = ticket_at(TicketStatus.RESOLVED, staff=staff)
    with pytest.raises(NotPermitted):
        write_up_ticket(ticket.pk, by=staff.teknisi)
    aide = make_user(Role.TECHNICAL_SUPPORT)
    aide.user_permissions.add(Permission.objects.get(codename="write_up_ticket"))
    write_up_ticket(ticket.pk, by=type(aide).objects.get(pk=aide.pk))


def test_open_tickets_teach_nothing_yet(staff, shelf):
    with pytest.raises(StepNotAllowed):
        write_up_ticket(ticket_at(TicketStatus.RECOVERING, staff=staff).pk, by=staff.prakom)


def test_ticket_without_a_diagnosis_says_what_is_lacking(staff, shelf):
    ticket = ticket_at(TicketStatus.RESOLVED, staff=staff)
    ticket.diagnosis_set.all().delete()
    with pytest.raises(FactsMissing) as refused:
        write_up_ticket(ticket.pk, by=staff.prakom)
    assert refused.value.missing == (Missing.DIAGNOSIS,)


def test_site_without_a_knowledge_base_says_so(staff):
    ticket = ticket_at(TicketStatus.RESOLVED, staff=staff)
    with pytest.raises(CannotWriteUp) as refused:
        write_up_ticket(ticket.pk, by=staff.prakom)
    assert not refused.value.already
    assert not ticket.events.filter(act="write_up").exists()


def test_core_works_without_the_pages(staff, monkeypatch):
    monkeypatch.setattr("django.apps.apps.is_installed", lambda name: name != "helpdesk_plugin.pages")
    ticket = ticket_at(TicketStatus.RESOLVED, staff=staff)
    with pytest.raises(StepNotAllowed):
        write_up_ticket(ticket.pk, by=staff.prakom)
    assert articles_about("internet mati") == []


def test_requesters_cannot_draft(staff, shelf):
    with pytest.raises(StepNotAllowed):
        write_up_ticket(ticket_at(TicketStatus.RESOLVED, staff=staff).pk, by=Party.REQUESTER)


# --- Found again ---------------------------------------------------------------------------------------


def test_similar_tickets_are_found_by_symptoms_and_cause_and_scoped(staff):
    old = ticket_at(TicketStatus.RESOLVED, staff=staff, summary="Modem", description="Modem")
    secret = ticket_at(
        TicketStatus.RESOLVED, staff=staff, summary="LOS merah", service=make_service(is_security=True)
    )
    new = make_ticket(summary="Lampu LOS merah", description="serat?")
    without_security_rights(staff.teknisi)
    assert similar_solved(new, staff.teknisi) == [old]
    assert set(similar_solved(new, staff.prakom)) == {old, secret}
    assert similar_solved(new, make_user()) == []


def test_suggestions_cost_the_same_however_many_there_are(staff, shelf, django_assert_num_queries):
    new = make_ticket(summary="Lampu LOS merah")
    for _n in range(3):
        ticket_at(TicketStatus.RESOLVED, staff=staff)
        publish(shelf, title=f"Artikel {_n}")
    staff.prakom.has_perm("helpdesk_plugin.view_ticket")
    with django_assert_num_queries(3):
        assert len(similar_solved(new, staff.prakom)) == 3
    with django_assert_num_queries(3):
        assert len(articles_about("lampu los merah", new.service)) == 3


def test_articles_of_the_service_come_first_and_drafts_never(staff, shelf):
    service = make_service()
    publish(shelf, title="Lain")
    near = publish(shelf, title="Dekat", services=[service])
    shelf.add_child(
        instance=KnowledgeArticlePage(title="Draf", symptoms="LOS merah", solution="x", live=False)
    )
    assert [page.title for page in articles_about("lampu LOS merah", service)] == [near.title, "Lain"]
    assert articles_about("printer macet", service) == []
