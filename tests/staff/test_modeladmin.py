"""Registers and reference data through wagtail-modeladmin, with its gaps closed."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils.translation import override

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import (
    Delegation,
    EscalationLevel,
    EvidenceItem,
    Holiday,
    MessageState,
    Opd,
    OpdContact,
    OutboxMessage,
    PriorityRule,
    PriorityTarget,
    StepRecord,
    TicketEvent,
)
from helpdesk_plugin.staff import modeladmin_base, words
from tests.factories import make_opd, make_service, make_ticket, ticket_at
from tests.staff.conftest import messages_of

REGISTERS = ("ledger", "step-records", "messages")
DATA = ("agencies", "contacts", "sla-targets", "priority-matrix", "holidays", "warning-levels", "substitutes")
NAMES = (*REGISTERS, *DATA)


def index(name: str, **query) -> str:
    return reverse(f"helpdesk_{name}_modeladmin_index", query=query or None)


@pytest.fixture
def manager(as_role):
    return as_role(Role.MANAGER)


def listed(response) -> list:
    return list(response.context["object_list"])


def test_ledger_lists_every_act_newest_first(staff, manager):
    ticket = ticket_at(TicketStatus.DISPOSED, staff=staff)
    response = manager.get(index("ledger"))
    assert [event.act for event in listed(response)] == ["dispose", "triage", "submit"]
    html = response.content.decode()
    assert ticket.number in html
    assert staff.kadis.get_full_name() in html
    assert reverse("helpdesk_tickets:history", args=[ticket.pk]) + "?record=ledger" in html


@pytest.mark.parametrize("name", REGISTERS)
def test_registers_cannot_be_written_by_anybody(staff, sign_in, name):
    root = get_user_model().objects.create_superuser("root", "root@example.test", "sandi-uji")
    ticket = make_ticket()
    models = dict(zip(REGISTERS, (TicketEvent, StepRecord, OutboxMessage), strict=True))
    row = models[name].objects.filter(ticket=ticket).first()
    client = sign_in(root)
    for action, keys in (("create", []), ("edit", [row.pk]), ("delete", [row.pk])):
        address = reverse(f"helpdesk_{name}_modeladmin_{action}", args=keys)
        for response in (client.get(address), client.post(address, {})):
            assert (response.status_code, response.url) == (302, "/admin/")


@pytest.mark.parametrize("name", REGISTERS)
@pytest.mark.usefixtures("narrow_circle")
def test_registers_are_silent_about_confidential_tickets(staff, as_role, sign_in, name):
    secret = make_ticket(service=make_service(is_security=True))
    reader = staff.teknisi
    codes = ["view_ticketevent", "view_steprecord", "view_outboxmessage", "resend_outboxmessage"]
    reader.user_permissions.add(*Permission.objects.filter(codename__in=codes))
    client = sign_in(reader)
    assert secret.number not in client.get(index(name)).content.decode()
    assert listed(client.get(index(name, q=secret.number))) == []
    assert secret.number in as_role(Role.AUDITOR).get(index(name)).content.decode()


@pytest.mark.parametrize("name", REGISTERS)
def test_registers_find_a_ticket_by_number_as_typed(staff, manager, name):
    ticket, _other = make_ticket(), make_ticket()
    found = listed(manager.get(index(name, q=ticket.number.lower())))
    assert found
    assert {row.ticket_id for row in found} == {ticket.pk}


@pytest.mark.parametrize(
    "lookup",
    [
        {"by__password__startswith": "md5"},
        {"ticket__requester_nip__startswith": "19"},
        {"ticket__access__key_id": "x"},
        {"recipient__password__startswith": "md5"},
        {"nonsense": "1"},
    ],
)
@pytest.mark.parametrize("name", ["ledger", "messages"])
def test_lookups_that_no_filter_offers_are_ignored(staff, manager, name, lookup):
    ticket_at(TicketStatus.TRIAGED, staff=staff)
    everything = len(listed(manager.get(index(name))))
    assert everything
    assert len(listed(manager.get(index(name, **lookup)))) == everything


@pytest.mark.parametrize(
    "query",
    [
        {"at__gte": "kemarin", "created_at__gte": "kemarin", "day__gte": "x"},
        {"q": "\x00"},
        {"act__exact": "\x00", "state__exact": "\x00"},
        {"public__exact": "maybe", "active__exact": "maybe"},
        {"o": "-"},
        {"o": "99.-99.x"},
        {"p": "x"},
        {"p": "99999999999999999999"},
        {"export": "csv"},
        {"export": "xlsx"},
        {"e": "1"},
    ],
    ids=str,
)
@pytest.mark.parametrize("name", NAMES)
def test_hostile_addresses_are_no_error(staff, manager, name, query):
    make_ticket()
    response = manager.get(index(name, **query), follow=True)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("word", ["abc", "-1", "1_2"])
def test_letters_in_place_of_a_key_are_not_found(staff, manager, word):
    assert manager.get(f"/admin/helpdesk/agencies/edit/{word}/").status_code == 404
    assert manager.get("/admin/helpdesk/agencies/edit/99999999999999999999999/").status_code == 404


@pytest.mark.parametrize("query", [{"act__exact": "triage"}, {"party__exact": "staff"}])
def test_ledger_filters(staff, manager, query):
    ticket_at(TicketStatus.TRIAGED, staff=staff)
    assert [event.act for event in listed(manager.get(index("ledger", **query)))] == ["triage"]


def test_date_filter_of_the_ledger_knows_the_time_zone(staff, manager):
    make_ticket()
    response = manager.get(index("ledger"))
    links = [
        choice["query_string"]
        for spec in response.context["view"].filter_specs
        for choice in spec.choices(response.context["view"])
    ]
    today = next(link for link in links if "at__gte" in link and "at__lt" in link)
    assert len(listed(manager.get(index("ledger") + today))) == 1


class TestSendAgain:
    @pytest.fixture
    def message(self, staff):
        make_ticket()
        message = OutboxMessage.objects.get(recipient=None)
        OutboxMessage.objects.filter(pk=message.pk).update(state=MessageState.PARKED, attempts=12)
        return message

    def address(self, message) -> str:
        return reverse("helpdesk_messages_modeladmin_resend", args=[message.pk])

    def test_asks_first_and_then_queues(self, manager, message):
        assert self.address(message) in manager.get(index("messages")).content.decode()
        assert manager.get(self.address(message)).status_code == 200
        message.refresh_from_db()
        assert message.state == MessageState.PARKED
        assert manager.post(self.address(message)).status_code == 302
        message.refresh_from_db()
        assert (message.state, message.attempts, message.resends) == (MessageState.QUEUED, 0, 1)

    def test_message_on_its_way_is_left_alone(self, manager, message):
        OutboxMessage.objects.filter(pk=message.pk).update(state=MessageState.SENDING)
        assert messages_of(manager.post(self.address(message), follow=True))
        message.refresh_from_db()
        assert message.resends == 0

    def test_needs_its_permission(self, as_role, message):
        auditor = as_role(Role.AUDITOR)
        assert self.address(message) not in auditor.get(index("messages")).content.decode()
        for response in (auditor.get(self.address(message)), auditor.post(self.address(message))):
            assert (response.status_code, response.url) == (302, "/admin/")

    @pytest.mark.usefixtures("narrow_circle")
    def test_message_about_a_confidential_ticket_stays_closed(self, staff, sign_in):
        make_ticket(service=make_service(is_security=True))
        reader = staff.teknisi
        codes = ["view_outboxmessage", "resend_outboxmessage"]
        reader.user_permissions.add(*Permission.objects.filter(codename__in=codes))
        for message in OutboxMessage.objects.all():
            assert sign_in(reader).post(self.address(message)).status_code == 302
        assert not OutboxMessage.objects.filter(resends__gt=0).exists()


class TestReferenceData:
    @pytest.mark.parametrize("name", DATA)
    def test_lists_and_forms_open(self, staff, manager, name):
        make_opd()
        EscalationLevel.objects.create(subject="recovery", percent=75)
        Delegation.objects.create(
            role="head_of_agency",
            principal=staff.kadis,
            substitute=staff.kabid,
            first_day="2026-12-01",
            last_day="2026-12-05",
        )
        Holiday.objects.create(day="2026-08-17", name="Kemerdekaan")
        OpdContact.objects.create(
            opd=Opd.objects.first(), name="R", email="r@example.test", first_day="2026-01-01"
        )
        assert manager.get(index(name)).status_code == 200
        row = {
            "agencies": Opd,
            "contacts": OpdContact,
            "sla-targets": PriorityTarget,
            "priority-matrix": PriorityRule,
            "holidays": Holiday,
            "warning-levels": EscalationLevel,
            "substitutes": Delegation,
        }[name].objects.first()
        assert manager.get(reverse(f"helpdesk_{name}_modeladmin_edit", args=[row.pk])).status_code == 200

    def test_agency_is_changed_with_history(self, manager):
        opd = make_opd()
        fields = {"name": "Dinas Baru", "short_name": "Disbar", "code": opd.code, "kind": "", "note": ""}
        address = reverse("helpdesk_agencies_modeladmin_edit", args=[opd.pk])
        assert manager.post(address, fields).status_code == 302
        opd.refresh_from_db()
        assert (opd.name, opd.active) == ("Dinas Baru", False)
        assert opd.history.count() == 2
        told = manager.get(reverse("helpdesk_agencies_modeladmin_history", args=[opd.pk])).content.decode()
        assert "Dinas Baru" in told
        assert "Petugas Contoh" in told

    def test_agencies_with_tickets_cannot_be_deleted(self, staff, sign_in):
        root = get_user_model().objects.create_superuser("root", "root@example.test", "sandi-uji")
        opd = make_ticket().opd
        address = reverse("helpdesk_agencies_modeladmin_delete", args=[opd.pk])
        assert sign_in(root).post(address).status_code == 302
        assert Opd.objects.filter(pk=opd.pk).exists()

    def test_holiday_is_added_and_removed(self, manager):
        create = reverse("helpdesk_holidays_modeladmin_create")
        assert (
            manager.post(create, {"day": "2026-12-09", "name": "Pilkada", "kind": "local"}).status_code == 302
        )
        day = Holiday.objects.get()
        delete = reverse("helpdesk_holidays_modeladmin_delete", args=[day.pk])
        assert manager.post(delete).status_code == 302
        assert not Holiday.objects.exists()

    @pytest.mark.parametrize("name", ["sla-targets", "priority-matrix"])
    def test_complete_tables_take_no_more_rows(self, manager, name):
        response = manager.get(reverse(f"helpdesk_{name}_modeladmin_create"))
        assert (response.status_code, response.url) == (302, "/admin/")

    def test_missing_target_can_be_added_again(self, manager):
        PriorityTarget.objects.filter(priority=4).delete()
        assert manager.get(reverse("helpdesk_sla-targets_modeladmin_create")).status_code == 200

    def test_substitutes_that_overlap_are_refused(self, staff, manager):
        create = reverse("helpdesk_substitutes_modeladmin_create")
        days = {"first_day": "2026-12-01", "last_day": "2026-12-05", "letter_number": "800/12"}
        kadis = {"role": "head_of_agency", "kind": "plh", "principal": staff.kadis.pk, **days}
        assert manager.post(create, kadis | {"substitute": staff.kabid.pk}).status_code == 302
        refused = manager.post(create, kadis | {"substitute": staff.prakom.pk})
        assert refused.context["form"].errors
        assert Delegation.objects.get().substitute == staff.kabid

    def test_substitutes_are_never_deleted(self, staff, sign_in):
        root = get_user_model().objects.create_superuser("root", "root@example.test", "sandi-uji")
        days = {"first_day": "2026-12-01", "last_day": "2026-12-05"}
        row = Delegation.objects.create(role="head_of_agency", substitute=staff.kabid, **days)
        response = sign_in(root).post(reverse("helpdesk_substitutes_modeladmin_delete", args=[row.pk]))
        assert (response.status_code, response.url) == (302, "/admin/")

    def test_every_field_of_a_target_can_be_edited(self, manager):
        target = PriorityTarget.objects.get(priority=1)
        address = reverse("helpdesk_sla-targets_modeladmin_edit", args=[target.pk])
        assert manager.post(address, {**TARGET, "disposition_may_follow": "on"}).status_code == 302
        target.refresh_from_db()
        assert (target.disposition_may_follow, target.around_the_clock) == (True, False)


TARGET = {
    "priority": "1",
    "response_minutes": "15",
    "assignment_minutes": "30",
    "recovery_minutes": "240",
    "update_minutes": "60",
}


def test_step_records_tell_time_taken_and_promised(staff, manager):
    ticket_at(TicketStatus.DISPOSED, staff=staff)
    html = manager.get(index("step-records")).content.decode()
    with override("id"):
        assert str(words.working_time(timedelta(minutes=30))) in html
    assert staff.teknisi.get_full_name() in html


REGISTER_QUERIES = {"ledger": 12, "step-records": 13, "messages": 12}


@pytest.mark.parametrize("count", [2, 40])
@pytest.mark.parametrize("name", REGISTERS)
def test_registers_cost_the_same_at_any_length(staff, manager, django_assert_num_queries, name, count):
    service, opd = make_service(), make_opd()
    for _ticket in range(count):
        make_ticket(service=service, opd=opd)
    manager.get(index(name))
    with django_assert_num_queries(REGISTER_QUERIES[name]):
        manager.get(index(name))


def test_a_long_register_is_counted_no_further_than_it_can_be_turned(staff, manager, monkeypatch):
    monkeypatch.setattr(modeladmin_base, "MOST_ROWS", 50)
    service, opd = make_service(), make_opd()
    for _ticket in range(52):
        make_ticket(service=service, opd=opd)
    response = manager.get(index("ledger"))
    assert (response.context["all_count"], response.context["result_count"]) == ("50+", "50+")
    assert response.context["paginator"].count == 51
    narrowed = manager.get(index("ledger", act="triage"))
    assert (narrowed.context["all_count"], narrowed.context["result_count"]) == ("50+", 0)


@pytest.mark.parametrize("name", ["agencies", "warning-levels", "evidence-checklist"])
def test_yes_and_no_are_words_and_no_missing_pictures(staff, manager, name):
    make_opd()
    EscalationLevel.objects.create(subject="recovery", percent=75, to_holder=True)
    EvidenceItem.objects.create(text="Salin log")
    html = manager.get(reverse(f"helpdesk_{name}_modeladmin_index")).content.decode()
    assert "<td" in html
    assert "icon-yes" not in html
    assert "icon-no" not in html
    assert "Ya" in html
