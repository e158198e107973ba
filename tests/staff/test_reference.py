"""The agency's own data: edited in forms, taken out of use and never deleted, marked while proposed."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext

from helpdesk_plugin.calendars import calendar
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.models import (
    MessageText,
    Service,
    SopVersion,
    SpecialDay,
    StepStandard,
    Ticket,
    WorkingRegime,
    WorkingWindow,
)
from tests.factories import make_service, make_ticket
from tests.staff.conftest import messages_of

PROPOSED = "proposed, not yet approved"
PROPOSED_PANEL = "These values are proposed and not yet approved. Screens say so until “confirmed” is ticked."


@pytest.fixture
def manager(as_role):
    return as_role(Role.MANAGER)


def form_data(response) -> dict:
    """What a Wagtail form would send unchanged, its inline rows included."""
    form = response.context["form"]
    forms = [form]
    data = {}
    for formset in getattr(form, "formsets", {}).values():
        forms += [formset.management_form, *formset.forms]
    for one in forms:
        for bound in one:
            value = bound.value()
            if value is not None and value is not False:
                data[bound.html_name] = "on" if value is True else str(value)
    return data


def test_service_with_its_documents_is_edited(staff, manager):
    service = make_service(name="Internet")
    address = reverse("helpdesk_services:edit", args=[service.pk])
    data = form_data(manager.get(address)) | {
        "name": "Internet OPD",
        "documents-TOTAL_FORMS": "1",
        "documents-0-name": "Denah",
        "documents-0-required": "on",
        "documents-0-position": "0",
        "documents-0-ORDER": "1",
        "documents-0-id": "",
    }
    assert manager.post(address, data).status_code == 302
    service = Service.objects.get(pk=service.pk)
    assert service.name == "Internet OPD"
    assert [document.name for document in service.documents.all()] == ["Denah"]
    assert service.history.count() == 2


def test_new_service_is_added(staff, manager):
    address = reverse("helpdesk_services:add")
    data = form_data(manager.get(address)) | {"code": "X-1", "name": "Layanan baru", "position": "1"}
    assert manager.post(address, data).status_code == 302
    assert Service.objects.filter(code="X-1").exists()


@pytest.mark.parametrize("name", ["services", "sop_versions", "step_standards", "message_texts"])
def test_nothing_that_tickets_refer_to_is_deleted(staff, sign_in, name):
    root = get_user_model().objects.create_superuser("root", "root@example.test", "sandi-uji")
    make_ticket()
    MessageText.objects.create(kind="requester.submit", subject="x", body="y")
    rows = {
        "services": Service,
        "sop_versions": SopVersion,
        "step_standards": StepStandard,
        "message_texts": MessageText,
    }[name].objects.all()
    before = rows.count()
    response = sign_in(root).post(reverse(f"helpdesk_{name}:delete", args=[rows.first().pk]))
    assert (response.status_code, response.url) == (302, "/admin/")
    bulk = f"/admin/bulk/helpdesk_plugin/{rows.model._meta.model_name}/delete/?id={rows.first().pk}"
    sign_in(root).post(bulk)
    assert rows.count() == before


def test_proposed_values_say_so_until_confirmed(staff, manager):
    service = make_service(confirmed=False)
    listing, form = reverse("helpdesk_services:list"), reverse("helpdesk_services:edit", args=[service.pk])
    assert gettext(PROPOSED) in manager.get(listing).content.decode()
    assert gettext(PROPOSED_PANEL) in manager.get(form).content.decode()
    service.confirmed = True
    service.save()
    assert gettext(PROPOSED) not in manager.get(listing).content.decode()
    assert gettext(PROPOSED_PANEL) not in manager.get(form).content.decode()


def test_message_text_keeps_its_kind_and_refuses_unknown_placeholders(staff, manager):
    text = MessageText.objects.create(kind="requester.submit", subject="Tiket {number}", body="Halo")
    address = reverse("helpdesk_message_texts:edit", args=[text.pk])
    data = form_data(manager.get(address))
    refused = manager.post(address, data | {"body": "Sandi: {password}"})
    assert "body" in refused.context["form"].errors
    assert manager.post(address, data | {"body": "Nomor {number}", "kind": "desk.close"}).status_code == 302
    text.refresh_from_db()
    assert (text.kind, text.body) == ("requester.submit", "Nomor {number}")


class TestWorkingHours:
    @pytest.fixture
    def regime(self, staff):
        return WorkingRegime.objects.get()

    def data(self, client, regime, rows) -> dict:
        data = form_data(client.get(reverse("helpdesk_working_hours:edit", args=[regime.pk])))
        data = {k: v for k, v in data.items() if not k.startswith("windows-") or k.endswith("_FORMS")}
        for n, (day, opens, closes) in enumerate(rows):
            data |= {f"windows-{n}-weekday": day, f"windows-{n}-opens": opens, f"windows-{n}-closes": closes}
            data |= {f"windows-{n}-id": "", f"windows-{n}-ORDER": str(n)}
        return data | {"windows-TOTAL_FORMS": str(len(rows)), "windows-INITIAL_FORMS": "0"}

    @pytest.mark.parametrize(
        "rows",
        [
            [("0", "07:30", "12:00"), ("0", "11:00", "16:00")],
            [("0", "07:30", "07:30")],
            [("0", "16:00", "07:30")],
            [],
        ],
        ids=["overlapping", "empty", "backwards", "none"],
    )
    def test_hours_that_would_stop_every_clock_are_refused(self, manager, regime, rows):
        address = reverse("helpdesk_working_hours:edit", args=[regime.pk])
        before = list(WorkingWindow.objects.values_list("weekday", "opens", "closes"))
        assert manager.post(address, self.data(manager, regime, rows)).status_code == 200
        assert list(WorkingWindow.objects.values_list("weekday", "opens", "closes")) == before

    def test_season_can_be_added_and_taken_away(self, manager, regime):
        season = WorkingRegime.objects.create(name="Ramadan", first_day="2027-02-08", last_day="2027-03-09")
        assert manager.post(reverse("helpdesk_working_hours:delete", args=[season.pk])).status_code == 302
        assert list(WorkingRegime.objects.all()) == [regime]

    def test_last_permanent_hours_stay(self, manager, regime):
        WorkingRegime.objects.create(name="Ramadan", first_day="2027-02-08", last_day="2027-03-09")
        address = reverse("helpdesk_working_hours:delete", args=[regime.pk])
        for response in (manager.get(address, follow=True), manager.post(address, follow=True)):
            assert messages_of(response)
        assert WorkingRegime.objects.filter(pk=regime.pk).exists()


class TestSpecialDays:
    def data(self, *rows) -> dict:
        data = {"day": "2026-12-31", "name": "Setengah hari", "windows-INITIAL_FORMS": "0"}
        data |= {
            "windows-TOTAL_FORMS": str(len(rows)),
            "windows-MIN_NUM_FORMS": "0",
            "windows-MAX_NUM_FORMS": "",
        }
        for n, (opens, closes) in enumerate(rows):
            data |= {f"windows-{n}-opens": opens, f"windows-{n}-closes": closes}
            data |= {f"windows-{n}-id": "", f"windows-{n}-ORDER": str(n)}
        return data

    @pytest.mark.parametrize("rows", [[], [("07:30", "11:00")], [("07:30", "11:00"), ("22:00", "00:00")]])
    def test_closure_half_day_and_late_shift_are_saved(self, staff, manager, rows):
        assert manager.post(reverse("helpdesk_special_days:add"), self.data(*rows)).status_code == 302
        assert SpecialDay.objects.get().windows.count() == len(rows)
        calendar()  # can be compiled

    @pytest.mark.parametrize(
        "rows", [[("07:30", "11:00"), ("10:00", "12:00")], [("20:00", "00:00"), ("22:00", "23:00")]]
    )
    def test_overlapping_hours_are_refused(self, staff, manager, rows):
        assert manager.post(reverse("helpdesk_special_days:add"), self.data(*rows)).status_code == 200
        assert not SpecialDay.objects.exists()


def test_list_shows_kinds_of_messages_in_words(staff, manager):
    MessageText.objects.create(kind="requester.close", subject="x", body="y")
    MessageText.objects.create(kind="old kind", subject="x", body="y")
    html = manager.get(reverse("helpdesk_message_texts:list")).content.decode()
    assert "requester.close" not in html
    assert "old kind" in html


def test_saving_a_service_leaves_the_reference_index_alone(staff):
    from wagtail.models import ReferenceIndex

    make_ticket()
    assert (
        not ReferenceIndex.model_is_indexable(Ticket)
        or not ReferenceIndex.objects.filter(base_content_type__model="ticket").exists()
    )
