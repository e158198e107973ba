"""Who is written into the queue by an act, in whose language, at which cost."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.users.models import UserProfile

from helpdesk_plugin.domain.parties import Party, Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import MessageState, OutboxMessage, RoleGroup
from helpdesk_plugin.notifications import outbox
from helpdesk_plugin.services import closure, conversation, disposition, intake, submission
from tests.factories import Journey, Staff, accepted, filing, make_service, make_ticket, make_user

REQUESTER = None


def speak(user, language):
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = language
    profile.save()


def take_away(role, codename):
    RoleGroup.objects.get(role=role.value).group.permissions.remove(Permission.objects.get(codename=codename))


# --- The requester ------------------------------------------------------------------------------------


def test_filing_tells_the_requester_and_the_desk_that_is_next(staff, queued):
    make_ticket()
    assert queued() == [("requester.submit", REQUESTER), ("desk.submit", staff.teknisi)]


def test_requester_without_address_is_not_written_to(staff, queued):
    make_ticket(requester_email="")
    assert queued() == [("desk.submit", staff.teknisi)]


def test_requester_is_not_told_of_an_answer_that_was_their_own(after, staff, queued):
    ticket = after(TicketStatus.WAITING_REQUESTER)
    conversation.answer_ticket(ticket.pk, by=Party.REQUESTER, note="Besok pukul 9.")
    assert queued() == [("desk.answer", staff.prakom), ("desk.answer", staff.teknisi)]


def test_requester_gets_a_receipt_of_their_own_cancellation(after, queued):
    ticket = after(TicketStatus.TRIAGED)
    closure.cancel_ticket(ticket.pk)
    assert queued() == [("requester.cancel", REQUESTER)]


def test_requester_is_told_when_an_officer_confirms_in_their_name(after, staff, queued):
    ticket = after(TicketStatus.RESOLVED)
    closure.confirm_ticket(ticket.pk, by=staff.teknisi)
    assert queued() == [("requester.confirm", REQUESTER), ("desk.confirm", staff.prakom)]


def test_requester_who_confirms_is_not_told(after, staff, queued):
    ticket = after(TicketStatus.RESOLVED)
    closure.confirm_ticket(ticket.pk, by=Party.REQUESTER)
    assert queued() == [("desk.confirm", staff.prakom)]


def test_internal_note_tells_nobody(after, staff, queued):
    ticket = after(TicketStatus.DIAGNOSING)
    conversation.note_ticket(ticket.pk, by=staff.prakom, note="Hanya untuk kita.")
    assert queued() == []


# --- Desks --------------------------------------------------------------------------------------------


def test_officer_who_acts_is_not_told(staff, queued):
    colleague = make_user(Role.TECHNICAL_SUPPORT)
    submission.submit_ticket(filing(), by=staff.teknisi)
    assert queued() == [("requester.submit", REQUESTER), ("desk.submit", colleague)]


def test_desk_follows_the_permission_that_the_agency_moved(after, staff, queued):
    ticket = after(TicketStatus.SUBMITTED)
    take_away(Role.HEAD_OF_AGENCY, "dispose_ticket")
    staff.kabid.user_permissions.add(Permission.objects.get(codename="dispose_ticket"))
    Journey(ticket, staff).triage()
    assert queued(recipient__isnull=False) == [("desk.triage", staff.kabid)]


def test_officers_who_left_or_have_no_address_are_not_told(staff, queued):
    make_user(Role.TECHNICAL_SUPPORT, is_active=False)
    make_user(Role.TECHNICAL_SUPPORT, email="")
    make_user(is_superuser=True)
    make_ticket()
    assert queued(recipient__isnull=False) == [("desk.submit", staff.teknisi)]


def test_recovery_is_reported_to_the_division_head_and_handed_to_support(after, staff, queued):
    ticket = after(TicketStatus.RECOVERING)
    Journey(ticket, staff).resolve()
    assert set(queued()) == {("desk.resolve", staff.teknisi), ("desk.resolve", staff.kabid)}


def test_security_ticket_is_told_only_to_those_who_may_see_it(staff, queued):
    take_away(Role.TECHNICAL_SUPPORT, "view_security_ticket")
    trusted = make_user(Role.TECHNICAL_SUPPORT)
    trusted.user_permissions.add(Permission.objects.get(codename="view_security_ticket"))
    make_ticket(service=make_service(is_security=True))
    assert queued(recipient__isnull=False) == [("desk.submit", trusted)]


# --- The officers on the ticket -----------------------------------------------------------------------


def test_assigned_officers_hear_and_nobody_stands_in(after, staff, queued):
    make_user(Role.COMPUTER_OFFICER)
    ticket = after(TicketStatus.DISPOSED)
    Journey(ticket, staff).examine()
    told = {whom for kind, whom in queued() if kind == "desk.examine"}
    assert told == {staff.prakom, staff.teknisi}


def test_all_who_may_go_on_hear_when_no_assigned_officer_may(after, staff, queued):
    ticket = after(TicketStatus.DISPOSED)
    disposition.examine_ticket(ticket.pk, by=staff.kabid, officers=[staff.teknisi])
    told = {whom for kind, whom in queued() if kind == "desk.examine"}
    assert told == {staff.teknisi, staff.prakom}


def test_only_the_latest_assignment_counts(after, staff, queued):
    ticket = after(TicketStatus.ASSIGNED)
    filed = ticket.events.first()
    ticket.assignments.create(event=filed, officer=staff.kadis, at=filed.at)
    Journey(ticket, staff).verify()
    assert queued() == [("requester.verify", REQUESTER), ("desk.verify", staff.teknisi)]


def test_reply_before_assignment_reaches_all_who_may_answer(after, staff, queued):
    ticket = after(TicketStatus.SUBMITTED)
    conversation.reply_to_ticket(ticket.pk, by=Party.REQUESTER, note="Masih mati.")
    assert set(queued()) == {("desk.reply", staff.prakom), ("desk.reply", staff.teknisi)}


def test_reply_of_an_officer_reaches_the_requester_alone(after, staff, queued):
    ticket = after(TicketStatus.DIAGNOSING)
    conversation.reply_to_ticket(ticket.pk, by=staff.teknisi, note="Kami datang besok.")
    assert queued() == [("requester.reply", REQUESTER)]


def test_letter_that_follows_reaches_whoever_waits_for_it(after, staff, queued):
    ticket = after(TicketStatus.TRIAGED)
    conversation.attach_cover_letter(ticket.pk, accepted(), by=Party.REQUESTER)
    assert queued() == [("desk.attach", staff.kadis)]


def test_files_of_an_officer_tell_nobody(after, staff, queued):
    ticket = after(TicketStatus.TRIAGED)
    conversation.attach_files(ticket.pk, by=staff.teknisi, files=[accepted()])
    assert queued() == []


# --- Rows ---------------------------------------------------------------------------------------------


def test_row_is_due_at_once_and_keyed_by_event_audience_and_recipient(staff):
    ticket = make_ticket()
    event = ticket.events.get()
    rows = OutboxMessage.objects.order_by("pk")
    assert [row.key for row in rows] == [
        f"{event.pk}:requester:{ticket.pk}",
        f"{event.pk}:desk:{staff.teknisi.pk}",
    ]
    assert {row.state for row in rows} == {MessageState.QUEUED}
    assert OutboxMessage.objects.due(rows[0].next_attempt_at).count() == 2


def test_queueing_an_event_again_changes_nothing(staff, queued):
    event = make_ticket().events.get()
    before = list(OutboxMessage.objects.values_list("pk", "key"))
    outbox.queue(event)
    assert list(OutboxMessage.objects.values_list("pk", "key")) == before


def test_messages_of_an_act_that_failed_do_not_exist(staff, queued):
    with transaction.atomic():
        make_ticket()
        transaction.set_rollback(True)
    assert queued() == []


# --- Language -----------------------------------------------------------------------------------------


def test_requester_is_written_to_in_the_language_of_the_ticket(staff):
    make_ticket(language="en")
    assert OutboxMessage.objects.get(recipient=None).language == "en"


def test_unknown_language_of_a_ticket_falls_back_to_the_site(staff):
    make_ticket(language="xx")
    assert OutboxMessage.objects.get(recipient=None).language == "id"


@pytest.mark.parametrize(("chosen", "written"), [("en", "en"), ("id", "id"), ("id-id", "id"), ("", "id")])
def test_officer_is_written_to_in_their_own_language_not_the_actors(staff, chosen, written):
    speak(staff.teknisi, chosen)
    with translation.override("en"):
        make_ticket()
    assert OutboxMessage.objects.get(recipient=staff.teknisi).language == written


def test_officer_without_profile_is_written_to_in_the_language_of_the_site(staff):
    UserProfile.objects.all().delete()
    with translation.override("en"):
        make_ticket()
    assert OutboxMessage.objects.get(recipient=staff.teknisi).language == "id"


# --- Cost ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("colleagues", [0, 12])
def test_queries_do_not_grow_with_the_desk(staff, colleagues):
    for _ in range(colleagues):
        speak(make_user(Role.TECHNICAL_SUPPORT), "en")
    event = make_ticket().events.get()
    OutboxMessage.objects.all().delete()
    with CaptureQueriesContext(connection) as captured:
        outbox.queue(event)
    assert OutboxMessage.objects.count() == 2 + colleagues
    assert len(captured) == 4  # substitutes, permissions, officers with their profiles; one insert


@pytest.mark.parametrize("helpers", [0, 12])
def test_queries_do_not_grow_with_the_officers_on_the_ticket(staff, helpers):
    journey = Journey(staff=staff)
    journey.to(TicketStatus.DISPOSED)
    officers = [staff.prakom, *(make_user(Role.TECHNICAL_SUPPORT) for _ in range(helpers))]
    disposition.examine_ticket(journey.id, by=staff.kabid, officers=officers)
    event = journey.ticket.events.newest_first().first()
    OutboxMessage.objects.all().delete()
    with CaptureQueriesContext(connection) as captured:
        outbox.queue(event)
    assert OutboxMessage.objects.count() == 2 + helpers
    assert len(captured) == 5  # the assignments; substitutes, permissions, officers; one insert


def test_merging_tells_the_requester_and_the_officers_on_the_ticket(after, staff, queued):
    ticket = after(TicketStatus.DIAGNOSING)
    other = make_ticket()
    OutboxMessage.objects.all().delete()
    intake.merge_ticket(ticket.pk, other, by=staff.prakom)
    assert queued() == [("requester.merge", REQUESTER), ("desk.merge", staff.teknisi)]


def test_staff_made_later_are_told_from_then_on(agency, queued):
    make_ticket()
    assert queued() == [("requester.submit", REQUESTER)]
    support = Staff().teknisi
    make_ticket()
    assert queued()[1:] == [("requester.submit", REQUESTER), ("desk.submit", support)]
