"""The managers' list of contacts (PIC): kept with history, handed over in one go, never deleted."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.clock import now
from helpdesk_plugin.domain.parties import Party, Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import OpdContact
from helpdesk_plugin.services.contacts import reply_as_contact
from helpdesk_plugin.services.survey import rate_ticket
from tests.factories import make_opd, make_ticket, ticket_at
from tests.staff.conftest import messages_of, page_url

INDEX = "helpdesk_contacts_modeladmin_index"


def address(action, *keys):
    return reverse(f"helpdesk_contacts_modeladmin_{action}", args=keys)


@pytest.fixture
def manager(as_role):
    return as_role(Role.MANAGER)


@pytest.fixture
def contact(staff):
    return OpdContact.objects.create(
        opd=make_opd(name="Dinas Uji", short_name="Disuji"),
        name="Rina Wati",
        email="rina@example.test",
        first_day=date(2026, 1, 1),
    )


def next_one(**fields):
    day = (agency_date(now()) + timedelta(days=1)).isoformat()
    return {"name": "Dewi Sartika", "email": "Dewi@example.test", "first_day": day, **fields}


def test_contact_is_added_with_history(manager):
    opd = make_opd()
    row = {"opd": opd.pk, "name": "Rina", "email": "Rina@Example.test", "first_day": "2026-01-01"}
    assert manager.post(address("create"), row).status_code == 302
    contact = OpdContact.objects.get()
    assert (contact.email, contact.last_day, contact.history.count()) == ("rina@example.test", None, 1)


def test_same_person_twice_is_refused_in_the_form(manager, contact):
    row = {"opd": contact.opd_id, "name": "R", "email": "RINA@example.test", "first_day": "2026-02-01"}
    refused = manager.post(address("create"), row)
    assert "Orang ini sudah menjadi PIC" in str(refused.context["form"].errors)
    assert OpdContact.objects.count() == 1


def test_list_names_agency_days_and_state_and_leads_to_handing_over(manager, contact):
    html = manager.get(reverse(INDEX)).content.decode()
    for told in ("Rina Wati", "Disuji", "rina@example.test", address("hand-over", contact.pk)):
        assert told in html
    OpdContact.objects.update(last_day=date(2026, 2, 1))
    html = manager.get(reverse(INDEX)).content.decode()
    assert address("hand-over", contact.pk) not in html
    assert "berakhir" in html


def test_handing_over_ends_one_and_begins_the_next(manager, contact):
    form = manager.get(address("hand-over", contact.pk))
    assert "Rina Wati menjadi PIC Dinas Uji" in form.content.decode()
    assert "<h1" in form.content.decode()
    done = manager.post(address("hand-over", contact.pk), next_one(), follow=True)
    assert messages_of(done) == ["Dewi Sartika menjadi PIC Disuji berikutnya."]
    contact.refresh_from_db()
    dewi = OpdContact.objects.get(email="dewi@example.test")
    assert dewi.first_day - contact.last_day == timedelta(days=1)
    assert contact.last_day == agency_date(now())


@pytest.mark.parametrize(
    ("fields", "about"),
    [
        ({"email": "rina@example.test"}, "email"),
        ({"first_day": "2026-01-01"}, "first_day"),
        ({"first_day": "kemarin"}, "first_day"),
        ({"first_day": "9999-12-31"}, "first_day"),
        ({"name": ""}, "name"),
        ({"name": "x" * 200}, "name"),
    ],
)
def test_handing_over_that_cannot_be_says_why(manager, contact, fields, about):
    refused = manager.post(address("hand-over", contact.pk), next_one(**fields))
    assert refused.status_code == 200
    assert about in refused.context["form"].errors
    assert OpdContact.objects.get().last_day is None


def test_looking_at_the_form_changes_nothing(manager, contact):
    manager.get(address("hand-over", contact.pk), next_one())
    assert OpdContact.objects.get().last_day is None


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.HEAD_OF_AGENCY, Role.TECHNICAL_SUPPORT, Role.EDITOR])
def test_contacts_are_for_managers(as_role, contact, role):
    client = as_role(role)
    for url in (reverse(INDEX), address("edit", contact.pk), address("hand-over", contact.pk)):
        assert client.get(url).status_code == 302
    assert client.post(address("hand-over", contact.pk), next_one()).status_code == 302
    assert OpdContact.objects.get().last_day is None


def test_contacts_are_never_deleted(staff, sign_in, contact):
    root = get_user_model().objects.create_superuser("root", "root@example.test", "sandi-uji")
    assert sign_in(root).post(address("delete", contact.pk)).status_code == 302
    assert OpdContact.objects.exists()


def test_unknown_contact_is_not_found(manager, staff):
    assert manager.get(address("hand-over", 999)).status_code == 404


LIST = 12


@pytest.mark.parametrize("count", [1, 40])
def test_list_costs_the_same_at_any_length(manager, django_assert_num_queries, count):
    for n in range(count):
        OpdContact.objects.create(
            opd=make_opd(), name="R", email=f"r{n}@example.test", first_day=date(2026, 1, 1)
        )
    manager.get(reverse(INDEX))
    with django_assert_num_queries(LIST):
        manager.get(reverse(INDEX))


def test_officers_read_who_wrote_for_the_agency(as_role, contact):
    ticket = make_ticket(opd=contact.opd)
    reply_as_contact(ticket.pk, contact, note="Kapan selesai?")
    html = as_role(Role.TECHNICAL_SUPPORT).get(page_url(ticket)).content.decode()
    assert "Ditulis oleh PIC" in html
    assert "Rina Wati" in html


def test_officers_who_see_the_ticket_read_its_rating(staff, as_role):
    ticket = ticket_at(TicketStatus.CLOSED, staff=staff)
    rate_ticket(ticket.pk, by=Party.REQUESTER, score=2, comment="KATA-PENILAIAN")
    html = as_role(Role.TECHNICAL_SUPPORT).get(page_url(ticket)).content.decode()
    assert html.count("2 – Kurang puas") == 2
    assert "KATA-PENILAIAN" in html
    assert as_role(Role.EDITOR).get(page_url(ticket)).status_code == 404
