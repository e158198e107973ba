"""Setup adds what is missing, and only that."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from helpdesk_plugin import groups
from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import STAFF_ROLES, Role
from helpdesk_plugin.models import (
    AgencyProfile,
    HelpDeskSettings,
    Holiday,
    MessageText,
    Opd,
    PriorityTarget,
    RoleGroup,
    Service,
    ServiceQuestion,
    SetupRecord,
    SopVersion,
    WorkingRegime,
)
from helpdesk_plugin.setup.registry import STEPS
from helpdesk_plugin.setup.runner import run


def keys(added):
    return [addition.key for subject in added for addition in subject.additions]


def everything():
    """Every row of every table, to be compared."""
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own table names
            yield table, sorted(map(repr, cursor.fetchall()))


@pytest.mark.django_db
def test_dry_run_changes_nothing(in_2026):
    before = dict(everything())
    assert run(dry_run=True)
    assert dict(everything()) == before


@pytest.mark.django_db
def test_dry_run_announces_exactly_what_is_then_added(in_2026):
    announced = [(str(s.title), [a.label for a in s.additions]) for s in run(dry_run=True)]
    added = [(str(s.title), [a.label for a in s.additions]) for s in run()]
    assert added == announced


def test_second_run_adds_nothing(set_up):
    before = dict(everything())
    assert set_up() == []
    assert dict(everything()) == before


def test_second_run_asks_a_fixed_number_of_questions(set_up, django_assert_num_queries):
    with django_assert_num_queries(38):
        set_up()


def test_first_run_does_not_ask_for_every_row(db, in_2026):
    with CaptureQueriesContext(connection) as asked:
        added = run()
    rows = sum(len(subject.additions) for subject in added)
    assert len(asked) < rows * 1.2


def test_keys_are_unique(set_up, db):
    SetupRecord.objects.all().delete()
    planned = keys(run(dry_run=True, restore=True))
    assert len(planned) == len(set(planned))


def test_every_addition_is_recorded(db, in_2026):
    added = keys(run())
    recorded = set(SetupRecord.objects.values_list("key", flat=True))
    assert set(added) <= recorded


def test_rows_begin_their_field_history(set_up):
    assert Service.history.filter(history_type="+").count() == Service.objects.count()
    assert AgencyProfile.history.count() == 1


@pytest.mark.parametrize(
    ("model", "field", "value"),
    [
        (Opd, "name", "Nama baru"),
        (Service, "recovery_minutes", 77),
        (PriorityTarget, "response_minutes", 77),
        (WorkingRegime, "name", "Jam baru"),
        (Holiday, "name", "Libur baru"),
        (SopVersion, "confirmed", True),
        (MessageText, "body", "Isi baru"),
        (AgencyProfile, "phone", "(0536) 111"),
        (HelpDeskSettings, "confirmation_days", 9),
    ],
)
def test_edited_row_is_left_alone(set_up, model, field, value):
    row = model.objects.first()
    setattr(row, field, value)
    row.save()
    assert set_up() == []
    assert getattr(model.objects.get(pk=row.pk), field) == value


@pytest.mark.parametrize("model", [Opd, Service, Holiday, WorkingRegime, MessageText, PriorityTarget])
def test_deleted_row_stays_deleted(set_up, model):
    row = model.objects.first()
    row.delete()
    left = model.objects.count()
    assert set_up() == []
    assert model.objects.count() == left


def test_renamed_code_does_not_bring_the_old_row_back(set_up):
    Opd.objects.filter(code="DLH").update(code="DISLH", name="Dinas LH")
    assert set_up() == []
    assert not Opd.objects.filter(code="DLH").exists()


def test_restore_adds_what_was_deleted_and_nothing_else(set_up):
    Opd.objects.get(code="DLH").delete()
    Holiday.objects.get(day="2026-12-25").delete()
    Service.objects.filter(code="LAIN").update(name="Lain-lain")
    assert keys(set_up(restore=True)) == ["opd:DLH", "holiday:2026-12-25"]
    assert Service.objects.get(code="LAIN").name == "Lain-lain"


def test_rows_of_the_agency_are_not_doubled(db, in_2026):
    Opd.objects.create(code="DINAS-LH", name="Dinas Lingkungan Hidup Kabupaten Katingan", short_name="DLH")
    Service.objects.create(code="INF-NET", name="Internet")
    WorkingRegime.objects.create(name="Jam kami")
    added = keys(run())
    assert {"opd:DLH", "service:INF-NET", "regime:biasa"} & set(added) == set()
    assert Service.objects.get(code="INF-NET").documents.count() == 0
    assert WorkingRegime.objects.get(first_day=None).windows.count() == 0


def test_row_that_was_in_place_stays_deleted_too(db, in_2026):
    Opd.objects.create(code="DLH", name="Dinas LH", short_name="DLH")
    run()
    Opd.objects.get(code="DLH").delete()
    assert run() == []


def test_identity_fills_only_what_is_blank(db, in_2026):
    AgencyProfile.objects.create(name="Dinas Contoh", email="dinas@example.test")
    run()
    profile = AgencyProfile.objects.get()
    assert (profile.name, profile.email) == ("Dinas Contoh", "dinas@example.test")
    assert profile.government == "Pemerintah Kabupaten Katingan"


def test_identity_that_is_emptied_stays_empty(set_up):
    profile = AgencyProfile.objects.get()
    profile.whatsapp = ""
    profile.save()
    assert set_up() == []
    assert AgencyProfile.objects.get().whatsapp == ""


def test_next_year_adds_its_holidays(set_up):
    with acting_at(datetime(2027, 1, 4, 2, 0, tzinfo=UTC)):
        added = keys(set_up())
    assert added
    assert {key[:12] for key in added} == {"holiday:2028"}


def test_every_office_has_its_group_with_its_permissions(set_up):
    assert {link.role for link in RoleGroup.objects.all()} == {role.value for role in STAFF_ROLES}
    for link in RoleGroup.objects.select_related("group"):
        held = {
            f"{app}.{name}"
            for app, name in link.group.permissions.values_list("content_type__app_label", "codename")
        }
        assert held == set(groups.default_grants(Role(link.role)))


def test_permission_taken_away_is_not_granted_again(set_up):
    group = RoleGroup.objects.get(role=Role.HEAD_OF_AGENCY.value).group
    group.permissions.remove(group.permissions.get(codename="dispose_ticket"))
    assert set_up() == []
    assert not group.permissions.filter(codename="dispose_ticket").exists()


def test_permission_that_is_new_is_granted_to_existing_groups(set_up, monkeypatch):
    before = groups.default_grants
    monkeypatch.setattr(
        "helpdesk_plugin.setup.offices.default_grants",
        lambda role: [*before(role), "helpdesk_plugin.export_ticket"],
    )
    monkeypatch.setattr(
        groups, "default_grants", lambda role: [*before(role), "helpdesk_plugin.export_ticket"]
    )
    (groups_added,) = set_up()
    assert "Kepala Dinas: helpdesk_plugin.export_ticket" in [a.label for a in groups_added.additions]
    group = RoleGroup.objects.get(role=Role.HEAD_OF_AGENCY.value).group
    assert group.permissions.filter(codename="export_ticket").exists()


def test_deleted_group_stays_deleted_until_restored(set_up):
    RoleGroup.objects.get(role=Role.AUDITOR.value).group.delete()
    assert set_up() == []
    assert not Group.objects.filter(name="Auditor Help Desk").exists()
    assert keys(set_up(restore=True)) == ["role:auditor"]


def test_error_undoes_the_whole_run(db, in_2026, monkeypatch):
    def fail(additions):
        raise RuntimeError("no")

    monkeypatch.setattr(STEPS[-1], "add", fail)
    with pytest.raises(RuntimeError):
        run()
    assert Opd.objects.count() == 0
    assert SetupRecord.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_make_everything_once():
    def run_and_hang_up(_number):
        try:
            return len(keys(run()))
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as pool:
        added = sorted(pool.map(run_and_hang_up, range(2)))
    assert added[0] == 0 < added[1]
    assert Opd.objects.count() == 48


def test_services_of_an_earlier_setup_are_given_questions(set_up):
    ServiceQuestion.objects.all().delete()
    SetupRecord.objects.filter(key__startswith="question:").delete()
    assert {key.split(":")[0] for key in keys(set_up())} == {"question"}
    assert ServiceQuestion.objects.get(service__code="INF-CTV").required


def test_service_that_the_agency_lets_ask_is_left_alone(set_up):
    SetupRecord.objects.filter(key__startswith="question:INF-LAN").delete()
    ServiceQuestion.objects.filter(service__code="INF-LAN").delete()
    ServiceQuestion.objects.create(service=Service.objects.get(code="INF-LAN"), label="Gedung mana?")
    assert set_up() == []
    assert ServiceQuestion.objects.filter(service__code="INF-LAN").count() == 1
    ServiceQuestion.objects.filter(service__code="INF-LAN").delete()
    assert set_up() == []


def test_deleted_question_stays_deleted_and_deleted_service_gets_none(set_up):
    ServiceQuestion.objects.filter(service__code="INF-NET").delete()
    Service.objects.get(code="INF-CTV").delete()
    assert set_up() == []
