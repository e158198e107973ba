"""A person is taken out of everything that is stored; everybody else, and every figure, stays."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db.models import Avg, Count
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision, Site

from helpdesk_plugin.domain.papers import PaperKind
from helpdesk_plugin.domain.parties import Party, Role
from helpdesk_plugin.domain.persons import phone_forms
from helpdesk_plugin.domain.redaction import LEFT_OUT
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import (
    Deed,
    Ground,
    HelpDeskSettings,
    IssuedDocument,
    NoticeSubscription,
    OpdContact,
    OutboxMessage,
    ProcessingIsKept,
    ProcessingRecord,
    RetentionRule,
    SavedView,
    SignIn,
    StepRecord,
    SurveyAnswer,
    Ticket,
    TicketEvent,
)
from helpdesk_plugin.pages.models import KnowledgeArticlePage, KnowledgeIndexPage
from helpdesk_plugin.services import conversation, handling, sign_in, subscriptions
from helpdesk_plugin.services.amendment import amend_ticket
from helpdesk_plugin.services.anonymisation import anonymise_by_rule, anonymise_person, foresee
from helpdesk_plugin.services.documents import Drawn, issue_document, keep_signed_copy
from helpdesk_plugin.services.errors import StepNotAllowed
from helpdesk_plugin.services.knowledge import write_up_ticket
from helpdesk_plugin.services.persons import Clue, find_person
from helpdesk_plugin.services.retention import due, months_before, retain
from helpdesk_plugin.services.survey import rate_ticket
from helpdesk_plugin.services.thumbnails import thumbnail_of
from tests.everything_stored import stored_files, traces_in_database, traces_in_files
from tests.factories import (
    Journey,
    accepted,
    accepted_picture,
    make_opd,
    make_service,
    make_ticket,
    make_user,
)

pytestmark = pytest.mark.django_db

NAME, ADDRESS, PHONE, NIP = (
    "Wulandari Kusumaningtyas",
    "wulan.kusuma@example.test",
    "+6281398765432",
    "198609262015052007",
)
#: Words that stand nowhere but in what the person wrote.
WORDS = ("kancil merah jambu", "zebrakuningtua")
LOOKED_FOR = [
    *(NAME, "Wulandari", "Kusumaningtyas", ADDRESS, "wulan.kusuma", *phone_forms(PHONE), "81398765432"),
    *(NIP, "19860926 201505 2 007", *WORDS, "Surat-Wulandari", "0813-9876-5432", "lama@example.test"),
]
PERSON = {
    "requester_name": NAME,
    "requester_email": ADDRESS,
    "requester_phone": PHONE,
    "requester_nip": NIP,
    "requester_unit": f"Ruang {NAME}",
    "summary": f"Printer {WORDS[0]}",
    "description": f"Saya {NAME}, hubungi 0813-9876-5432. {WORDS[1]}",
    "letter_subject": f"Permohonan {NAME}",
}


@pytest.fixture
def shelf(staff):
    root = Site.objects.get(is_default_site=True).root_page
    return root.add_child(instance=KnowledgeIndexPage(title="Pengetahuan", slug="pengetahuan"))


@pytest.fixture
def manager(staff):
    return make_user(Role.MANAGER)


def solve(staff, **fields):
    """A ticket that travels the whole way, with the person named wherever somebody may write."""
    journey = Journey(staff=staff, **fields)
    journey.to(TicketStatus.DIAGNOSING)
    conversation.reply_to_ticket(journey.id, by=Party.REQUESTER, note=f"{WORDS[1]} dari {NAME}")
    conversation.note_ticket(journey.id, by=staff.prakom, note=f"Telepon {NAME} di 0813-9876-5432")
    finding = handling.Finding(symptoms=f"Kata {NAME} mati", cause="Kabel putus", checks=f"Ke {ADDRESS}")
    handling.diagnose_ticket(journey.id, finding, by=staff.prakom)
    handling.resolve_ticket(journey.id, handling.Recovery(action=f"Ibu {NAME} dibantu"), by=staff.prakom)
    for step in ("inform", "confirm", "close"):
        getattr(journey, step)()
    return journey.ticket


def draw(document):
    return Drawn(f"%PDF-1.7 {NAME} {NIP}".encode(), "test", holds_nip=True)


@pytest.fixture
def theirs(staff, shelf, manager):
    """The person's ticket with everything that can hang on one, and traces all over the site."""
    service, opd = make_service(), make_opd()
    files = [accepted("Surat-Wulandari.pdf"), accepted_picture("Surat-Wulandari.jpg")]
    ticket = make_ticket(service=service, opd=opd, files=files, **PERSON)
    amend_ticket(
        ticket.pk, by=staff.teknisi, changes={"requester_email": "lama@example.test"}, note=f"Kata {NAME}"
    )
    amend_ticket(ticket.pk, by=staff.teknisi, changes={"requester_email": ADDRESS}, note="Salah")
    ticket = solve(staff, ticket=ticket)
    thumbnail_of(ticket.attachments.get(content_type="image/jpeg"))
    write_up_ticket(ticket.pk, by=staff.prakom)
    rate_ticket(ticket.pk, by=Party.REQUESTER, score=4, comment=f"Terima kasih, {NAME}")
    document = issue_document(ticket.pk, PaperKind.RECEIPT, by=staff.teknisi, draw=draw)
    keep_signed_copy(document.pk, accepted("Surat-Wulandari-ttd.pdf"), by=staff.teknisi, electronic=False)
    OpdContact.objects.create(opd=opd, name=NAME, email=ADDRESS, first_day="2026-01-01")
    sign_in.ask_for_link(ADDRESS, language="id")
    subscriptions.ask(ADDRESS, subscriptions.Wish(), language="id")
    SavedView.objects.create(officer=staff.kabid, name="Ibu W", query="q=wulandari+kusumaningtyas")
    visit = SessionStore()
    visit["draft"] = {"requester_name": NAME}
    visit.create()
    Revision.objects.create(
        content_type=ContentType.objects.get_for_model(KnowledgeArticlePage),
        base_content_type=ContentType.objects.get_for_model(KnowledgeArticlePage),
        object_id="0",
        object_str=f"Artikel {NAME}",
        content={"title": f"Artikel {NAME}"},
        created_at=timezone.now(),
    )
    log(ticket, "wagtail.edit", data={"title": NAME})
    return ticket


def row_of(ticket):
    return Ticket.objects.values().get(pk=ticket.pk)


def figures():
    """What reports count."""
    return {
        "tickets": list(Ticket.objects.order_by("pk").values_list("status", "opd", "service", "priority")),
        "times": list(Ticket.objects.order_by("pk").values_list("submitted_at", "resolved_at", "closed_at")),
        "outcomes": list(Ticket.objects.order_by("pk").values_list("response_outcome", "recovery_outcome")),
        "steps": list(StepRecord.objects.order_by("pk").values_list("code", "worked", "late")),
        "score": SurveyAnswer.objects.aggregate(n=Count("pk"), mean=Avg("score")),
        "acts": list(TicketEvent.objects.exclude(act="anonymise").order_by("pk").values_list("act", "by")),
    }


def take_out(ticket, manager, capture):
    with capture(execute=True):
        return anonymise_person(
            [ticket],
            by=manager,
            ground=Ground.REQUEST,
            reason=f"Surat {NAME} tanggal 1 November",
            clue=Clue(address=ADDRESS),
        )


def test_nothing_of_the_person_is_left_anywhere(theirs, staff, manager, django_capture_on_commit_callbacks):
    budi = Journey(staff=staff, requester_name="Budi Contoh", description="Layar gelap").to(
        TicketStatus.CLOSED
    )
    before, of_budi, files = figures(), row_of(budi), len(stored_files())
    code, token = theirs.access.code, theirs.access.link_token
    assert len(traces_in_database(LOOKED_FOR)) > 40
    assert len(traces_in_files(LOOKED_FOR)) > 0
    foreseen = foresee([theirs])
    report = take_out(theirs, manager, django_capture_on_commit_callbacks)
    assert traces_in_database(LOOKED_FOR) == []
    assert traces_in_files(LOOKED_FOR) == []
    # Two attachments, one small picture, one document, one signed copy.
    assert files - len(stored_files()) == 5
    assert figures() == before
    assert row_of(budi) == of_budi
    for what in ("entries", "files", "documents", "signed"):
        assert report.counts[what] == foreseen.counts[what] > 0
    expect_what_stays(theirs)
    expect_log(theirs, manager)
    expect_no_way_back(theirs, staff, code, token)


def expect_what_stays(theirs):
    ticket = Ticket.objects.get(pk=theirs.pk)
    assert (ticket.requester_name, ticket.summary, ticket.requester_phone) == (LEFT_OUT, LEFT_OUT, "")
    assert ticket.diagnosis_set.get().cause == "Kabel putus"
    assert ticket.solution_set.get().action == f"Ibu {LEFT_OUT} dibantu"
    assert not KnowledgeArticlePage.objects.exists()
    assert not NoticeSubscription.objects.exists()
    assert not SignIn.objects.exists()
    contact = OpdContact.objects.get()
    assert (contact.name, contact.email) == (LEFT_OUT, f"anonim-{contact.pk}@example.invalid")
    document = IssuedDocument.objects.get()
    assert (document.file.name, bool(document.sha256)) == ("", True)
    assert not OutboxMessage.objects.filter(ticket=ticket, recipient=None, state="queued").exists()


def expect_log(theirs, manager):
    record = ProcessingRecord.objects.get()
    told = (record.deed, record.ground, record.by, record.tickets, record.reason)
    reason = f"Surat {LEFT_OUT} tanggal 1 November"
    assert told == (Deed.ANONYMISE, Ground.REQUEST, manager, [theirs.number], reason)
    for change in (record.save, record.delete):
        with pytest.raises(ProcessingIsKept):
            change()


def expect_no_way_back(theirs, staff, code, token):
    """Old links open nothing, and nobody writes on the ticket any more."""
    assert not Ticket.objects.for_tracking(theirs.number, code).exists()
    assert not Ticket.objects.get(pk=theirs.pk).access.has_link_token(token)
    with pytest.raises(StepNotAllowed):
        conversation.note_ticket(theirs.pk, by=staff.prakom, note="Lagi")
    assert anonymise_by_rule([Ticket.objects.get(pk=theirs.pk)], reason="lagi").tickets == []


def test_open_tickets_stay_and_are_named(staff, manager):
    ticket = make_ticket(**PERSON)
    report = anonymise_person([ticket], by=manager, ground=Ground.REQUEST, reason="x")
    assert (report.tickets, report.still_open) == ([], [ticket.number])
    assert row_of(ticket)["requester_name"] == NAME


def test_only_who_may_takes_a_person_out(staff):
    for officer in (staff.teknisi, staff.kadis):
        with pytest.raises(PermissionDenied):
            anonymise_person([], by=officer, ground=Ground.REQUEST, reason="x")
        with pytest.raises(PermissionDenied):
            find_person(Clue(address=ADDRESS), by=officer)


def test_persons_other_ticket_and_a_namesakes_keep_their_words(
    staff, manager, django_capture_on_commit_callbacks
):
    ended = Journey(staff=staff, **PERSON).to(TicketStatus.REJECTED)
    open_one = make_ticket(**{**PERSON, "summary": "Masih berjalan"})
    namesake = make_ticket(requester_name=f"{NAME} II", requester_email="lain@example.test")
    before = row_of(open_one), row_of(namesake)
    take_out(ended, manager, django_capture_on_commit_callbacks)
    assert (row_of(open_one), row_of(namesake)) == before


def test_person_is_found_by_what_the_ticket_said_before(staff, manager):
    ticket = make_ticket(**PERSON)
    changes = {"requester_email": "baru@example.test"}
    amend_ticket(ticket.pk, by=staff.teknisi, changes=changes, note="Salah")
    OpdContact.objects.create(opd=ticket.opd, name=NAME, email="baru@example.test", first_day="2026-01-01")
    assert find_person(Clue(address=ADDRESS), by=manager).theirs == [ticket]
    found = find_person(Clue(phone=PHONE), by=manager)
    assert (found.theirs, len(found.contacts)) == ([ticket], 1)
    found = find_person(Clue(name="wulandari"), by=manager)
    assert (found.theirs, found.by_name) == ([], [ticket])


# --- Rules of retention --------------------------------------------------------------------------------


def old(staff, months, status=TicketStatus.CLOSED, **fields):
    at = months_before(timezone.now(), months) - timedelta(days=1)
    return Journey(staff=staff, at=at, **fields).to(status)


def test_rules_take_out_what_is_old_enough(staff, django_capture_on_commit_callbacks):
    RetentionRule.objects.create(ending="closed", months=24)
    RetentionRule.objects.create(ending="rejected", months=12, active=False)
    kept = [old(staff, 23), old(staff, 13, TicketStatus.REJECTED), make_ticket()]
    gone = old(staff, 24, **PERSON)
    assert [one.count for one in due(timezone.now())] == [1]
    with django_capture_on_commit_callbacks(execute=True):
        assert retain(timezone.now()).tickets == [gone.number]
    assert Ticket.objects.get(pk=gone.pk).requester_name == LEFT_OUT
    assert {Ticket.objects.get(pk=one.pk).requester_name for one in kept} == {"Sari Melati"}
    record = ProcessingRecord.objects.get()
    assert (record.deed, record.by, record.tickets) == (Deed.RETAIN, None, [gone.number])


def test_duplicate_is_kept_while_its_main_ticket_goes_on(staff):
    RetentionRule.objects.create(ending="merged", months=1)
    merged = old(staff, 2, TicketStatus.MERGED)
    report = retain(timezone.now())
    assert (report.tickets, report.still_open) == ([], [merged.number])


def test_dry_run_says_and_changes_nothing(staff, capsys):
    RetentionRule.objects.create(ending="closed", months=24)
    ticket = old(staff, 30)
    before = row_of(ticket)
    call_command("helpdesk_retention", dry_run=True)
    assert "closed: 1 tickets" in capsys.readouterr().out
    assert row_of(ticket) == before
    call_command("helpdesk_retention")
    assert "1 tickets made anonymous" in capsys.readouterr().out


def test_scheduler_obeys_the_switch(staff):
    RetentionRule.objects.create(ending="closed", months=24)
    ticket = old(staff, 30)
    call_command("helpdesk_tick")
    assert row_of(ticket)["anonymised_at"] is None
    settings = HelpDeskSettings.load()
    settings.retention_runs = True
    settings.save()
    call_command("helpdesk_tick")
    assert row_of(ticket)["anonymised_at"] is not None
