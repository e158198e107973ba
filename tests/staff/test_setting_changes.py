"""Every change of a setting is told: who, what, from what to what."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from helpdesk_plugin.domain.parties import STAFF_ROLES, Role
from helpdesk_plugin.models import HelpDeskSettings, Opd, PriorityTarget, Ticket
from helpdesk_plugin.staff.setting_changes import WATCHED
from tests.factories import make_opd, make_service
from tests.staff.conftest import filled

ADDRESS = "helpdesk_setting_changes"


def test_managers_alone_open_it(staff, as_role):
    for role in STAFF_ROLES:
        assert (as_role(role).get(reverse(ADDRESS)).status_code == 200) is (role is Role.MANAGER)


def test_every_model_with_a_field_history_is_watched():
    models = apps.get_app_config("helpdesk_plugin").get_models()
    kept = {model for model in models if hasattr(model._meta, "simple_history_manager_attribute")}
    assert kept - set(WATCHED) == {Ticket}


def test_settings_of_the_help_desk_name_who_and_both_values(staff, as_role):
    HelpDeskSettings.load()
    client = as_role(Role.MANAGER)
    edit = reverse("wagtailsettings:edit", args=["helpdesk_plugin", "helpdesksettings"])
    answer = client.get(edit)
    address = answer.url if answer.status_code == 302 else edit
    page = client.get(address)
    data = {b.html_name: b.value() for b in page.context["form"] if b.value() not in (None, False)}
    client.post(address, {**data, "survey_days": "21"})
    record = client.get(reverse(ADDRESS)).context["records"][0]
    assert record.who == staff[Role.MANAGER].get_full_name()
    assert [(c.old, c.new) for c in record.changes] == [("14", "21")]


def test_rows_added_changed_and_removed_are_told_apart(staff, as_role):
    opd = make_opd(name="Dinas Lama")
    opd.name = "Dinas Baru"
    opd.save()
    Opd.objects.get(pk=opd.pk).delete()
    records = as_role(Role.MANAGER).get(f"{reverse(ADDRESS)}?of=opd").context["records"]
    assert [record.act.split(":")[0].split()[-1] for record in records] == [
        "dihapus",
        "diubah",
        "ditambahkan",
    ]
    assert [(c.old, c.new) for c in records[1].changes] == [("Dinas Lama", "Dinas Baru")]


def test_reference_data_is_told_beside_the_settings(staff, as_role):
    target = PriorityTarget.objects.first()
    client = as_role(Role.MANAGER)
    url = reverse("helpdesk_sla-targets_modeladmin_edit", args=[target.pk])
    client.post(url, filled(client, url, recovery_minutes="999"))
    record = client.get(reverse(ADDRESS)).context["records"][0]
    assert "999" in {change.new for change in record.changes}


@pytest.mark.parametrize("query", ["of=ticket", "of=\x00", "p=0", "p=99999", "p=x", "of=opd&p=-1"])
def test_odd_addresses_show_what_there_is(staff, as_role, query):
    assert as_role(Role.MANAGER).get(f"{reverse(ADDRESS)}?{query}").status_code == 200


def test_page_costs_the_same_however_much_was_changed(staff, as_role):
    client = as_role(Role.MANAGER)
    costs = []
    for _turn in range(2):
        for _n in range(20):
            make_service()
            make_opd()
        client.get(reverse(ADDRESS))
        with CaptureQueriesContext(connection) as counted:
            client.get(reverse(ADDRESS))
        costs.append(len(counted))
    assert costs[0] == costs[1]
