"""Every act of an officer through its form: what it does, and how a refusal reads."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from wagtail.admin.icons import get_icons

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.priorities import Impact, Priority, Urgency
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark, Step
from helpdesk_plugin.models import PriorityTarget, RequiredDocument, Ticket
from helpdesk_plugin.permissions import STAFF_ACTS
from helpdesk_plugin.services import closure, intake
from helpdesk_plugin.staff.actions import ACTIONS
from helpdesk_plugin.staff.desk import Desk
from tests.factories import Journey, make_service, make_ticket, make_user, ticket_at, upload
from tests.staff.conftest import act_url, filled, messages_of, page_url

TS, PC, KABID, KADIS = (
    Role.TECHNICAL_SUPPORT,
    Role.COMPUTER_OFFICER,
    Role.DIVISION_HEAD,
    Role.HEAD_OF_AGENCY,
)


def test_every_act_of_officers_has_an_action():
    # Registering has a page of its own, and so have official documents and personal data.
    elsewhere = {Step.SUBMIT, Step.IMPORT, Remark.DOCUMENT, Remark.CORRECT, Remark.ANONYMISE}
    assert set(ACTIONS) == {act.value for act in STAFF_ACTS} - {act.value for act in elsewhere}


def test_every_action_uses_an_icon_that_exists():
    icons = get_icons()
    assert [action.icon for action in ACTIONS.values() if f'id="icon-{action.icon}"' not in icons] == []


#: Act → who takes it, from where, what is typed besides the initial values, and what must be true afterwards.
TAKEN = {
    Step.TRIAGE: (TS, TicketStatus.SUBMITTED, {}, lambda t: t.status == "triaged" and t.impact == 2),
    Step.RETURN: (TS, TicketStatus.SUBMITTED, {"note": "Ruang berapa?"}, lambda t: t.status == "returned"),
    Step.REJECT: (TS, TicketStatus.SUBMITTED, {"note": "Bukan layanan."}, lambda t: t.status == "rejected"),
    Step.RESUBMIT: (
        TS,
        TicketStatus.RETURNED,
        {"note": "Ruang 3.", "requester_unit": "Ruang 3"},
        lambda t: t.status == "submitted" and t.requester_unit == "Ruang 3",
    ),
    Step.DISPOSE: (
        KADIS,
        TicketStatus.TRIAGED,
        {"nature": "urgent", "agenda_number": "17", "note": "Segera."},
        lambda t: t.dispositions.get().nature == "urgent" and t.dispositions.get().note == "Segera.",
    ),
    Step.VERIFY: (
        PC,
        TicketStatus.ASSIGNED,
        {"verdict": "application"},
        lambda t: t.verdict == "application",
    ),
    Step.DIAGNOSE: (
        PC,
        TicketStatus.DIAGNOSING,
        {"symptoms": "Lampu merah", "cause": "Kabel putus"},
        lambda t: t.diagnosis_set.get().cause == "Kabel putus",
    ),
    Step.RESOLVE: (
        PC,
        TicketStatus.RECOVERING,
        {"action": "Disambung", "outcome": "temporary"},
        lambda t: t.solution_set.get().outcome == "temporary",
    ),
    Step.INFORM: (TS, TicketStatus.RESOLVED, {}, lambda t: t.informed_at is not None),
    Step.CONFIRM: (TS, TicketStatus.RESOLVED, {"note": "Telepon."}, lambda t: t.confirmed_at is not None),
    Step.NOT_FIXED: (TS, TicketStatus.RESOLVED, {"note": "Masih mati."}, lambda t: t.status == "diagnosing"),
    Step.REOPEN: (PC, TicketStatus.CLOSED, {"note": "Mati lagi."}, lambda t: t.status == "reopened"),
    Step.HOLD_REQUESTER: (
        PC,
        TicketStatus.DIAGNOSING,
        {"note": "?"},
        lambda t: t.status == "waiting_requester",
    ),
    Step.HOLD_THIRD_PARTY: (
        PC,
        TicketStatus.DIAGNOSING,
        {"note": "Penyedia."},
        lambda t: t.status == "waiting_third_party",
    ),
    Step.RESUME: (PC, TicketStatus.WAITING_REQUESTER, {}, lambda t: t.status == "diagnosing"),
    Remark.PROGRESS: (PC, TicketStatus.DIAGNOSING, {"note": "Di lokasi."}, lambda t: said(t, "Di lokasi.")),
    Remark.REPLY: (TS, TicketStatus.SUBMITTED, {"note": "Baik."}, lambda t: said(t, "Baik.")),
    Remark.NOTE: (
        KABID,
        TicketStatus.CLOSED,
        {"note": "Catat."},
        lambda t: not said(t, "Catat.", public=True),
    ),
    Remark.CONTACT: (
        TS,
        TicketStatus.SUBMITTED,
        {"via": "whatsapp", "reached": "no", "note": "Centang satu."},
        lambda t: t.events.get(act="contact").data == {"via": "whatsapp", "reached": False},
    ),
    Remark.WORK: (
        PC,
        TicketStatus.RECOVERING,
        {"spent": "1 jam 30 menit", "note": "Ganti konektor.", "part1": "Konektor SC", "amount1": "2,5"},
        lambda t: (t.work_logs.get().minutes, t.work_logs.get().parts.get().amount) == (90, Decimal("2.5")),
    ),
    Remark.RECOUNT: (
        Role.MANAGER,
        TicketStatus.TRIAGED,
        {"note": "Libur baru."},
        lambda t: said(t, "Libur baru."),
    ),
    Remark.AMEND: (
        TS,
        TicketStatus.SUBMITTED,
        {"note": "Salah ketik", "summary": "Baru", "requester_phone": "0812 9999 8888"},
        lambda t: (t.summary, t.requester_phone) == ("Baru", "+6281299998888"),
    ),
}


def said(ticket, note, **more) -> bool:
    return ticket.events.filter(note=note, **more).exists()


@pytest.mark.parametrize("act", TAKEN, ids=str)
def test_act_through_its_form(staff, as_role, act):
    role, status, typed, happened = TAKEN[act]
    ticket = ticket_at(status, staff=staff)
    client, address = as_role(role), act_url(ticket, act)
    response = client.post(address, filled(client, address, **typed))
    assert response.status_code == 302, response.context["form"].errors
    assert response.url == page_url(ticket)
    ticket.refresh_from_db()
    event = ticket.events.newest_first().first()
    assert (event.act, event.by) == (act.value, staff[role])
    assert happened(ticket)


def test_examine_assigns_the_leading_officer_first(staff, as_role):
    ticket = ticket_at(TicketStatus.DISPOSED, staff=staff)
    prakom, teknisi = staff.prakom, staff.teknisi
    client, address = as_role(KABID), act_url(ticket, Step.EXAMINE)
    sent = filled(client, address, lead=teknisi.pk, helpers=[prakom.pk, teknisi.pk], note="Ke lokasi.")
    assert client.post(address, sent).status_code == 302
    ticket.refresh_from_db()
    assert ticket.assignee == teknisi
    assert [(one.officer, one.leads) for one in ticket.assignments.order_by("id")] == [
        (teknisi, True),
        (prakom, False),
    ]


def test_examine_offers_officers_of_the_two_offices_only(staff, as_role):
    staff.everyone()
    ticket = ticket_at(TicketStatus.DISPOSED, staff=staff)
    form = as_role(KABID).get(act_url(ticket, Step.EXAMINE)).context["form"]
    assert set(form.fields["lead"].queryset) == {staff.prakom, staff.teknisi}


@pytest.mark.usefixtures("narrow_circle")
def test_confidential_ticket_is_given_only_to_those_who_may_see_it(staff, as_role):
    ticket = make_ticket(service=make_service(is_security=True))
    triage = intake.Triage(ticket.kind, ticket.service, Impact.MEDIUM, Urgency.HIGH)
    trusted, other = make_user(TS), staff.teknisi
    trusted.user_permissions.add(Permission.objects.get(codename="view_security_ticket"))
    intake.triage_ticket(ticket.pk, triage, by=type(trusted).objects.get(pk=trusted.pk))
    Journey(ticket, staff=staff).dispose()
    offered = as_role(KABID).get(act_url(ticket, Step.EXAMINE)).context["form"].fields["lead"].queryset
    assert trusted in offered
    assert other not in offered


def test_work_may_begin_before_the_disposition_which_is_then_owed(staff, as_role):
    target = PriorityTarget.objects.get(priority=1)
    target.disposition_may_follow = True
    target.save()
    ticket = make_ticket(who_affected="public", alternative="no")
    client, address = as_role(TS), act_url(ticket, Step.TRIAGE)
    assert client.post(address, filled(client, address)).status_code == 302
    address = act_url(ticket, Step.START_AHEAD)
    assert client.post(address, filled(client, address, lead=staff.prakom.pk)).status_code == 302
    owed = Desk(Ticket.objects.get(pk=ticket.pk), staff.kadis).offer.primary
    assert owed.name == "dispose_late"
    kadis, address = as_role(KADIS), act_url(ticket, owed.name)
    assert kadis.post(address, filled(kadis, address)).status_code == 302
    kabid, address = as_role(KABID), act_url(ticket, "examine_late")
    assert kabid.post(address, filled(kabid, address)).status_code == 302
    ticket.refresh_from_db()
    assert (ticket.status, ticket.assignee, ticket.examined_at is not None) == (
        "assigned",
        staff.prakom,
        True,
    )


def test_attach_keeps_purpose_and_readers(staff, as_role):
    document = RequiredDocument.objects.create(service=make_service(), name="Denah")
    ticket = make_ticket(service=document.service)
    client, address = as_role(TS), act_url(ticket, Remark.ATTACH)
    for purpose, readers in (("cover_letter", "requester"), (f"document:{document.pk}", "officers")):
        sent = filled(client, address, purpose=purpose, readers=readers, files=upload(f"{readers}.pdf"))
        assert client.post(address, sent).status_code == 302
    files = {f.name: f for f in ticket.attachments.select_related("event")}
    letter, plan = files["requester.pdf"], files["officers.pdf"]
    assert (letter.purpose, letter.event.content_public) == ("cover_letter", True)
    assert (plan.purpose, plan.label, plan.event.public) == ("document", "Denah", False)


def test_merge_names_the_other_ticket_as_people_type_it(staff, as_role):
    ticket, other = make_ticket(), make_ticket()
    client, address = as_role(TS), act_url(ticket, Step.MERGE)
    sent = filled(client, address, number=other.number.lower())
    assert client.post(address, sent).status_code == 302
    ticket.refresh_from_db()
    assert ticket.merged_into == other


@pytest.mark.parametrize("which", ["unknown", "itself", "ended", "confidential"])
@pytest.mark.usefixtures("narrow_circle")
def test_merge_refuses_other_targets(staff, as_role, which):
    ticket = make_ticket()
    number = {
        "unknown": lambda: "HD-2026-999999",
        "itself": lambda: ticket.number,
        "ended": lambda: ticket_at(TicketStatus.REJECTED, staff=staff).number,
        "confidential": lambda: make_ticket(service=make_service(is_security=True)).number,
    }[which]()
    client, address = as_role(TS), act_url(ticket, Step.MERGE)
    response = client.post(address, filled(client, address, number=number))
    assert "number" in response.context["form"].errors
    assert Ticket.objects.get(pk=ticket.pk).status == "submitted"


def test_close_after_confirmation(staff, as_role):
    journey = Journey(staff=staff)
    journey.to(TicketStatus.RESOLVED)
    journey.inform()
    journey.confirm()
    client, address = as_role(PC), act_url(journey.ticket, Step.CLOSE)
    assert client.post(address, filled(client, address)).status_code == 302
    assert (journey.ticket.status, journey.ticket.closed_how) == ("closed", "confirmed")


class TestTriage:
    def test_opens_with_what_the_requester_said(self, staff, as_role):
        ticket = make_ticket(who_affected="public", alternative="no")
        response = as_role(TS).get(act_url(ticket, Step.TRIAGE))
        form = response.context["form"]
        assert (form["impact"].value(), form["urgency"].value()) == (1, 1)
        assert ticket.get_who_affected_display() in form.fields["impact"].help_text
        assert len(response.context["matrix"]) == 3

    def test_opens_with_the_services_defaults_without_an_answer(self, staff, as_role):
        ticket = make_ticket(service=make_service(default_impact=3, default_urgency=1))
        form = as_role(TS).get(act_url(ticket, Step.TRIAGE)).context["form"]
        assert (form["impact"].value(), form["urgency"].value()) == (3, 1)

    def test_another_priority_needs_a_reason(self, staff, as_role):
        ticket = make_ticket()
        client, address = as_role(TS), act_url(ticket, Step.TRIAGE)
        response = client.post(address, filled(client, address, override="1"))
        assert "reason" in response.context["form"].errors
        sent = filled(client, address, override="1", reason="Kunjungan bupati")
        assert client.post(address, sent).status_code == 302
        ticket.refresh_from_db()
        assert (ticket.priority, ticket.priority_reason) == (Priority.P1, "Kunjungan bupati")

    def test_a_service_taken_out_of_use_stays_choosable_for_its_tickets(self, staff, as_role):
        ticket = make_ticket(service=make_service(active=False))
        client, address = as_role(TS), act_url(ticket, Step.TRIAGE)
        assert client.post(address, filled(client, address)).status_code == 302

    @pytest.mark.usefixtures("narrow_circle")
    def test_officer_who_made_it_confidential_is_led_back_to_the_list(self, staff, as_role):
        ticket = make_ticket()
        client, address = as_role(TS), act_url(ticket, Step.TRIAGE)
        response = client.post(address, filled(client, address, security="on"), follow=True)
        assert response.redirect_chain[-1][0] == "/admin/helpdesk/tickets/"
        assert any(ticket.number in line for line in messages_of(response))


def test_inform_opens_with_a_proposal_in_the_requesters_language(staff, as_role):
    ticket = ticket_at(TicketStatus.RESOLVED, staff=staff, language="en")
    note = as_role(TS).get(act_url(ticket, Step.INFORM)).context["form"]["note"].value()
    assert "Kabel disambung ulang" in note
    assert note.startswith("We have handled your request")


def test_double_click_is_one_act(staff, as_role):
    ticket = make_ticket()
    client, address = as_role(TS), act_url(ticket, Remark.REPLY)
    sent = filled(client, address, note="Satu kali")
    assert [client.post(address, sent).status_code for _click in range(2)] == [302, 302]
    assert ticket.events.filter(act="reply").count() == 1


def test_amending_leaves_the_number_of_the_civil_servant_alone(staff, as_role):
    ticket = make_ticket(requester_nip="198609262015051001")
    client, address = as_role(TS), act_url(ticket, Remark.AMEND)
    opened = client.get(address)
    assert "requester_nip" not in opened.context["form"].fields
    assert "198609262015051001" not in opened.content.decode()
    client.post(address, filled(client, address, note="Nama", requester_name="Sari M.", requester_nip=""))
    ticket.refresh_from_db()
    assert (ticket.requester_name, ticket.requester_nip) == ("Sari M.", "198609262015051001")


@pytest.mark.parametrize(
    ("act", "readers"),
    [
        (Remark.REPLY, "requester"),
        (Step.RETURN, "requester"),
        (Step.DISPOSE, "officers_of_public_act"),
        (Remark.NOTE, "officers"),
        (Remark.AMEND, "officers"),
    ],
)
def test_form_says_who_reads_what_is_typed(act, readers):
    assert ACTIONS[act.value].readers == readers


def test_silence_closes_nothing_by_itself(staff, as_role):
    journey = Journey(staff=staff, at=timezone.now() - timedelta(days=30))
    journey.to(TicketStatus.RESOLVED)
    with acting_at(journey.at + timedelta(hours=1)):
        closure.inform_ticket(journey.id, by=staff.teknisi, note="Sudah pulih.")
    client, address = as_role(PC), act_url(journey.ticket, Step.CLOSE)
    assert client.get(address).context["lacking"] == []
    assert client.post(address, filled(client, address)).status_code == 302
    assert journey.ticket.closed_how == "silence"


# --- Steps that took longer than their standard ---------------------------------------------------------

# --- What the head of division asks for -----------------------------------------------------------------


def test_wish_of_the_head_of_division_is_kept_and_moves_no_deadline(staff, as_role):
    ticket = ticket_at(TicketStatus.DISPOSED, staff=staff)
    client, url = as_role(KABID), act_url(ticket, Step.EXAMINE)
    wished = timezone.localdate() + timedelta(days=3)
    client.post(url, filled(client, url, lead=staff.prakom.pk, wished_by=f"{wished:%Y-%m-%d}"))
    after = Ticket.objects.get(pk=ticket.pk)
    assert after.assignments.get().wished_by == wished
    assert after.recovery_due_at == ticket.recovery_due_at
    assert Desk(after, staff.prakom).wished_by == wished
    assert "Diharapkan selesai" in as_role(PC).get(page_url(ticket)).content.decode()


def test_wish_for_a_day_that_is_over_is_refused(staff, as_role):
    ticket = ticket_at(TicketStatus.DISPOSED, staff=staff)
    client, url = as_role(KABID), act_url(ticket, Step.EXAMINE)
    response = client.post(url, filled(client, url, lead=staff.prakom.pk, wished_by="2020-01-01"))
    assert "Hari itu sudah lewat" in response.content.decode()
    assert Ticket.objects.get(pk=ticket.pk).state is TicketStatus.DISPOSED


def test_disposition_stands_beside_the_form_of_the_next_step(staff, as_role):
    ticket = ticket_at(TicketStatus.DISPOSED, staff=staff)
    html = as_role(KABID).get(act_url(ticket, Step.EXAMINE)).content.decode()
    brief = html[html.index('id="hd-order"') :]
    assert "Tindak lanjuti." in brief
    assert "Proses lebih lanjut" in brief
