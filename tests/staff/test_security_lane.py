"""A confidential ticket exists for those who may know of it, and for nobody else, on whatever screen or in
whatever mail; and each look at it is written down."""

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.urls import NoReverseMatch, reverse
from wagtail.models import ModelLogEntry

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.priorities import Impact, Urgency
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import EvidenceItem, Look, OutboxMessage, Ticket
from helpdesk_plugin.notifications import outbox
from helpdesk_plugin.services import conversation, handling, intake
from helpdesk_plugin.services.digests import queue_digests
from helpdesk_plugin.services.evidence import tick_evidence
from helpdesk_plugin.services.relations import link_ticket
from tests.factories import (
    MONDAY_9,
    Journey,
    accepted_picture,
    make_service,
    make_ticket,
    make_user,
    ticket_at,
)
from tests.staff.conftest import act_url, page_url
from tests.staff.test_closed_doors import our_addresses

WORDS = ("Akun bupati diambil alih", "Rahasiawati", "rahasia.pelapor", "85799990000", "JejakPenyusup")


@pytest.fixture
def secret(staff):
    """A flagged ticket in the middle of its journey, with relatives, files, notes and messages of its own."""
    journey = Journey(
        staff=staff,
        service=make_service(is_security=True),
        summary="Akun bupati diambil alih",
        description="JejakPenyusup pada log",
        requester_name="Rahasiawati",
        requester_email="rahasia.pelapor@example.test",
        requester_phone="+6285799990000",
        files=[accepted_picture("JejakPenyusup.jpg")],
    )
    ticket = journey.to(TicketStatus.RECOVERING)
    conversation.note_ticket(ticket.pk, by=staff.prakom, note="JejakPenyusup di server")
    child = make_ticket(service=ticket.service, summary="Akun bupati diambil alih")
    link_ticket(child.pk, ticket, by=staff.prakom)
    journey.resolve()
    return journey.ticket


def officer(*, may_see: bool):
    """Somebody with every right of the app, but perhaps not that of seeing matters of security."""
    user = make_user()
    rights = Permission.objects.filter(content_type__app_label="helpdesk_plugin")
    if not may_see:
        rights = rights.exclude(codename="view_security_ticket")
    user.user_permissions.set([*rights, Permission.objects.get(codename="access_admin")])
    return type(user).objects.get(pk=user.pk)


def addresses_about(ticket):
    """Every address of ours in the admin, filled with the keys of this ticket and of its rows."""
    message, event = OutboxMessage.objects.filter(ticket=ticket).first(), ticket.events.first()
    keys = {
        "pk": [ticket.pk],
        "instance_pk": [message.pk, event.pk, ticket.pk],
        "act": ["note", "amend", "write_up", "resolve", "inform"],
        "file_pk": [ticket.attachments.first().pk],
    }
    for name, address in our_addresses():
        for n in range(5 if ":act>" in address else 3 if "instance_pk" in address else 1):
            wanted = {key: values[n % len(values)] for key, values in keys.items() if f":{key}>" in address}
            wanted |= {"instance_pk": keys["instance_pk"][n % 3]} if "instance_pk" in address else {}
            try:
                yield name, reverse(name, kwargs=wanted)
            except NoReverseMatch:
                break


def asked(ticket):
    """What could lead to the ticket besides its own address: searches, filters, exports, Wagtail itself."""
    lists = reverse("helpdesk_tickets:list")
    yield "/admin/"
    yield "/admin/reports/site-history/"
    for query in (f"q={ticket.number}", "q=bupati", "q=JejakPenyusup", "show=all", f"status={ticket.status}"):
        yield f"{lists}?{query}"
        yield f"{lists}?{query}&export=csv"
        yield f"{reverse('helpdesk_tickets:list_results')}?{query}"
    for register in ("ledger", "step-records", "messages", "looks"):
        yield f"{reverse(f'helpdesk_{register}_modeladmin_index')}?q={ticket.number}"


def everything(client, ticket, *, only=""):
    """(address, text) of every answer to whom this browser belongs; of our pages those named ``only``."""
    ours = [found for name, found in addresses_about(ticket) if name.startswith(only)]
    for address in dict.fromkeys([*ours, *asked(ticket)]):
        answer = client.get(address, follow=True)
        assert answer.status_code in {200, 404, 405}, address
        yield address, b"".join(answer).decode("utf-8", "replace")


def test_nothing_of_it_reaches_an_officer_without_the_right(secret, sign_in):
    client, told = sign_in(officer(may_see=False)), []
    for address, text in everything(client, secret):
        # A search repeats the words that were typed; the number stands in the address.
        words = [w for w in (*WORDS, secret.number) if w.split()[-1] not in address and w not in address]
        told += [(address, word) for word in words if word in text]
    assert told == []
    assert not Look.objects.exists()


def test_officer_with_the_right_finds_it_where_tickets_are_found(secret, sign_in):
    client = sign_in(officer(may_see=True))
    found = {
        address for address, text in everything(client, secret, only="helpdesk_tickets:") if WORDS[0] in text
    }
    for name in ("inspect", "history", "csirt"):
        assert reverse(f"helpdesk_tickets:{name}", args=[secret.pk]) in found
    assert any("q=bupati" in address for address in found)
    pages = set(Look.objects.values_list("page", flat=True))
    assert {"inspect", "history", "deadlines", "csirt", "download"} <= pages


def test_related_and_counted_for_those_alone_who_may(secret, staff, sign_in):
    ordinary = ticket_at(TicketStatus.DIAGNOSING, staff=staff, summary="Akun bupati diambil alih")
    for may_see in (False, True):
        html = sign_in(officer(may_see=may_see)).get(page_url(ordinary)).content.decode()
        assert (secret.number in html) is may_see


def test_no_mail_about_it_goes_to_an_officer_without_the_right(staff):
    blind = officer(may_see=False)
    with acting_at(MONDAY_9):
        facts = {"service": make_service(is_security=True), "summary": "Akun bupati diambil alih"}
        journey = Journey(staff=staff, at=MONDAY_9, **facts)
        journey.to(TicketStatus.CLOSED)
        queue_digests(MONDAY_9)
    outbox.deliver_due()
    assert mail.outbox
    to_blind = [message for message in mail.outbox if message.to == [blind.email]]
    for message in to_blind:
        assert journey.ticket.number not in f"{message.subject} {message.body} {message.alternatives}"
    assert not any(WORDS[0] in f"{m.subject} {m.body} {m.alternatives}" for m in mail.outbox)


def test_wagtails_log_forgets_a_ticket_that_becomes_confidential(staff):
    ticket = ticket_at(TicketStatus.ASSIGNED, staff=staff)
    logged = ModelLogEntry.objects.filter(label=ticket.number)
    assert logged.exists()
    handling.verify_ticket(ticket.pk, "application", by=staff.prakom, security=True)
    assert not logged.exists()
    assert ticket.events.filter(act="verify").exists()


def test_each_look_is_written_down_with_who_and_what(secret, staff, as_role):
    client = as_role(Role.COMPUTER_OFFICER)
    client.get(page_url(secret))
    file = reverse("helpdesk_tickets:download", args=[secret.pk, secret.attachments.first().pk])
    b"".join(client.get(file))
    seen = [(look.by, look.page) for look in Look.objects.order_by("id")]
    assert seen == [(staff.prakom, "inspect"), (staff.prakom, "download")]
    client.get(page_url(make_ticket()))
    assert Look.objects.count() == 2
    register = as_role(Role.MANAGER).get(reverse("helpdesk_looks_modeladmin_index")).content.decode()
    assert secret.number in register


def test_checklist_is_the_agencys_and_shown_as_an_extension(secret, as_role):
    EvidenceItem.objects.create(text="Jangan menghapus bukti")
    EvidenceItem.objects.create(text="Sudah tidak dipakai", active=False)
    client = as_role(Role.COMPUTER_OFFICER)
    sheet = reverse("helpdesk_tickets:csirt", args=[secret.pk])
    for address in (page_url(secret), sheet):
        html = client.get(address).content.decode()
        assert "Jangan menghapus bukti" in html
        assert "Sudah tidak dipakai" not in html
        assert "bukan isi SOP" in html
    assert "no-store" in client.get(sheet)["Cache-Control"]
    ordinary = make_ticket()
    assert "Jangan menghapus bukti" not in client.get(page_url(ordinary)).content.decode()
    assert client.get(reverse("helpdesk_tickets:csirt", args=[ordinary.pk])).status_code == 404


def test_lines_are_ticked_on_the_page_and_stand_on_the_sheet(secret, staff, as_role):
    item = EvidenceItem.objects.create(text="Jangan menghapus bukti")
    old = EvidenceItem.objects.create(text="Tidak dipakai lagi")
    tick_evidence(secret.pk, old, by=staff.prakom, done=True)
    EvidenceItem.objects.filter(pk=old.pk).update(active=False)
    client, address = as_role(Role.COMPUTER_OFFICER), act_url(secret, "evidence")
    page = client.get(page_url(secret))
    line = page.context["lane"].checklist[0]
    assert (line.text, line.is_done, page.context["lane"].done) == ("Jangan menghapus bukti", False, 1)
    sent = {"version": secret.version, "key": str(line.once), "item": item.pk, "done": "yes"}
    answer = client.post(address, sent, follow=True)
    html = answer.content.decode()
    assert answer.context["lane"].done == 2
    assert f"?item={item.pk}&amp;done=no" in html
    refused = client.post(address, sent | {"key": str(line.once)})
    assert "sudah" in refused.context["refusal"].sentence
    form = client.get(address, {"item": item.pk, "done": "no"}).context["form"]
    assert (form["item"].value(), form["done"].value()) == (str(item.pk), "no")
    bare = client.post(address, sent | {"key": str(line.once), "done": "no"})
    assert "note" in bare.context["form"].errors
    sheet = client.get(reverse("helpdesk_tickets:csirt", args=[secret.pk])).content.decode()
    assert sheet.count(staff.prakom.get_full_name()) >= 2
    assert "Tidak dipakai lagi" in sheet
    # Who reads only, and who has no ticket of that kind, finds no press.
    assert f'action="{address}"' not in as_role(Role.AUDITOR).get(page_url(secret)).content.decode()
    assert client.get(act_url(make_ticket(), "evidence")).status_code == 302


def test_flag_that_is_set_at_intake_hides_the_ticket_at_once(staff, sign_in):
    ticket = make_ticket(summary="Akun bupati diambil alih")
    blind = sign_in(officer(may_see=False))
    assert blind.get(page_url(ticket)).status_code == 200
    decision = intake.Triage(ticket.kind, ticket.service, Impact.MEDIUM, Urgency.MEDIUM, security=True)
    intake.triage_ticket(ticket.pk, decision, by=staff.teknisi)
    assert blind.get(page_url(ticket)).status_code == 404
    assert Ticket.objects.get(pk=ticket.pk).security_flag
