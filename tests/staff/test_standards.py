"""Versions of the SOP in the admin: read, succeeded, confirmed, compared; edited only while a draft."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from helpdesk_plugin.domain.parties import STAFF_ROLES, Role
from helpdesk_plugin.models import SopVersion, StepStandard, Ticket
from helpdesk_plugin.services.standards import IDENTITY, confirm_values, succeed_version
from tests.factories import MONDAY_9, Journey, make_ticket, make_user
from tests.staff.conftest import messages_of, page_url
from tests.staff.test_reference import form_data

MARK = "usulan, belum disahkan"
FAR = date(2199, 1, 1)
EVERYTHING = [IDENTITY, "S1", "S2", "S2b", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10"]


def url(name: str, version=None, query: str = "") -> str:
    return reverse(f"helpdesk_sop_versions:{name}", args=[version.pk] if version else []) + query


def step_url(step) -> str:
    return reverse("helpdesk_step_standards:edit", args=[step.pk])


def main_of(response) -> str:
    """What stands in the middle of a page."""
    return response.content.decode().split("<main")[1]


@pytest.fixture
def manager(as_role):
    return as_role(Role.MANAGER)


@pytest.fixture
def version(staff) -> SopVersion:
    return SopVersion.objects.get()


@pytest.fixture
def draft(version) -> SopVersion:
    return succeed_version(version, in_force_from=FAR, by=None)


# --- A version in use is read, not edited --------------------------------------------------------------


def test_page_of_a_version_in_use_says_what_why_and_what_next(manager, version):
    html = main_of(manager.get(url("inspect", version)))
    assert "Versi 1 dipakai sejak Senin, 1 April 2024" in html
    assert "Tiket dinilai dengan versi ini" in html
    assert f'href="{url("succeed", version)}"' in html
    assert "Buat versi berikutnya" in html
    assert step_url(version.steps.first()) not in html


def test_page_of_a_draft_leads_to_its_forms(manager, version, draft):
    html = main_of(manager.get(url("inspect", draft)))
    assert "Versi 2 masih draf" in html
    for address in (url("edit", draft), url("discard", draft), *map(step_url, draft.steps.all())):
        assert f'href="{address}"' in html
    assert url("succeed", draft) not in html
    assert url("inspect", draft) in main_of(manager.get(url("inspect", version)))


def test_edit_addresses_of_what_is_in_use_lead_to_reading(manager, version):
    step = version.steps.get(code="S3")
    response = manager.get(url("edit", version))
    assert (response.status_code, response.url) == (302, url("inspect", version))
    response = manager.get(step_url(step))
    assert (response.status_code, response.url) == (302, url("inspect", version) + "#step-S3")


def test_sent_forms_are_refused_once_a_version_is_in_use(manager, version, draft):
    """The form was opened while it was a draft; meanwhile a ticket began to use it."""
    step = draft.steps.get(code="S3")
    of_version = form_data(manager.get(url("edit", draft))) | {"title": "Judul lain"}
    of_step = form_data(manager.get(step_url(step))) | {"minutes_p1": "5"}
    ticket = make_ticket()
    Ticket.objects.filter(pk=ticket.pk).update(sop_version=draft)
    for address, data in ((url("edit", draft), of_version), (step_url(step), of_step)):
        response = manager.post(address, data, follow=True)
        assert messages_of(response) == [
            "Versi ini sudah dipakai, jadi isinya tetap. Buatlah versi berikutnya."
        ]
    step.refresh_from_db()
    assert step.minutes_p1 == 30
    assert SopVersion.objects.get(pk=draft.pk).title == version.title


def test_form_of_a_version_in_force_cannot_be_sent_by_address(manager, version):
    data = {"title": "Judul lain", "number": "1", "in_force_from": "2199-01-01"}
    assert manager.post(url("edit", version), data).url == url("inspect", version)
    assert SopVersion.objects.get().title == "Pengajuan Penanganan Gangguan TIK"


def test_nothing_is_added_from_nothing(manager, version):
    for address in (url("add"), reverse("helpdesk_step_standards:add")):
        assert (
            manager.post(address, {"number": "9", "title": "SOP", "in_force_from": "2199-01-01"}).url
            == "/admin/"
        )
    assert SopVersion.objects.count() == 1


# --- Drafts --------------------------------------------------------------------------------------------


def test_manager_edits_performer_requirements_and_times_of_a_draft(manager, draft):
    step = draft.steps.get(code="S3")
    data = form_data(manager.get(step_url(step))) | {
        "role": Role.DIVISION_HEAD.value,
        "requirements": "Surat\r\nTiket",
        "minutes_p1": "15",
        "minutes_p4": "",
    }
    response = manager.post(step_url(step), data | {"code": "S9", "confirmed": "on"})
    assert (response.status_code, response.url) == (302, url("inspect", draft) + "#step-S3")
    step.refresh_from_db()
    assert (step.role, step.requirements) == (Role.DIVISION_HEAD.value, "Surat\nTiket")
    assert (step.minutes_p1, step.minutes_p2, step.minutes_p4) == (15, 30, None)
    assert (step.code, step.confirmed) == ("S3", False)


def test_performer_is_an_office_of_the_sop(manager, draft):
    step = draft.steps.get(code="S3")
    data = form_data(manager.get(step_url(step)))
    response = manager.post(step_url(step), data | {"role": Role.EDITOR.value})
    assert "role" in response.context["form"].errors


def test_identity_of_a_draft_is_edited_within_its_dates(manager, version, draft):
    data = form_data(manager.get(url("edit", draft)))
    assert manager.post(url("edit", draft), data | {"title": "Judul baru"}).status_code == 302
    draft.refresh_from_db()
    assert draft.title == "Judul baru"
    response = manager.post(url("edit", draft), data | {"in_force_from": "2024-01-01"})
    assert "in_force_from" in response.context["form"].errors


def test_draft_is_discarded_after_a_question_and_nothing_else_is(manager, version, draft):
    assert manager.get(url("discard", draft)).status_code == 200
    assert SopVersion.objects.count() == 2
    assert manager.post(url("discard", draft)).url == url("list")
    assert list(SopVersion.objects.all()) == [version]
    for method in (manager.get, manager.post):
        assert method(url("discard", version)).url == url("inspect", version)
    assert (SopVersion.objects.count(), StepStandard.objects.count()) == (1, 11)


# --- The next version ----------------------------------------------------------------------------------


def test_next_version_is_offered_for_the_first_of_a_month_and_made(manager, version):
    data = form_data(manager.get(url("succeed", version)))
    day = date.fromisoformat(data["in_force_from"])
    assert (day.day, day > timezone.localdate()) == (1, True)
    response = manager.post(url("succeed", version), data)
    draft = SopVersion.objects.get(number=2)
    assert response.url == url("inspect", draft)
    assert (draft.in_force_from, draft.steps.count(), draft.confirmed) == (day, 11, False)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (timezone.localdate() - timedelta(days=1), "hari yang akan datang"),
        (FAR, "Versi 2 mulai berlaku Selasa, 1 Januari 2199"),
        ("besok", "tanggal"),
        ("", "harus diisi"),
    ],
    ids=["past", "taken", "no date", "empty"],
)
def test_next_version_with_a_wrong_date_is_refused_with_a_sentence(manager, version, draft, day, sentence):
    response = manager.post(url("succeed", version), {"in_force_from": str(day)})
    assert response.status_code == 200
    assert sentence in response.context["form"].errors["in_force_from"][0]
    assert SopVersion.objects.count() == 2


# --- Approval ------------------------------------------------------------------------------------------


def test_all_values_are_ticked_and_confirmed_together(manager, staff, version):
    form = manager.get(url("confirm", version)).context["form"]
    assert form["values"].value() == EVERYTHING
    response = manager.post(url("confirm", version), {"values": EVERYTHING, "reason": "SK 12/2026"})
    assert response.url == url("inspect", version)
    html = main_of(manager.get(url("inspect", version)))
    assert MARK not in html
    assert html.count("disahkan") >= 12
    last = version.steps.first().history.latest()
    assert (last.history_user, last.history_change_reason) == (staff[Role.MANAGER], "SK 12/2026")
    assert "Disahkan: identitas dan isi SOP, S1" in manager.get(url("history", version)).content.decode()


def test_one_step_is_confirmed_alone(manager, version):
    form = manager.get(url("confirm", version, "?value=S3")).context["form"]
    assert form["values"].value() == ["S3"]
    manager.post(url("confirm", version), {"values": ["S3"], "reason": "SK"})
    assert list(StepStandard.objects.filter(confirmed=True).values_list("code", flat=True)) == ["S3"]
    assert MARK in main_of(manager.get(url("inspect", version)))


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"values": ["S3"]},
        {"reason": "SK"},
        {"values": ["S99"], "reason": "SK"},
        {"values": ["S3"], "reason": "x" * 101},
    ],
    ids=["empty", "no reason", "no value", "unknown value", "long reason"],
)
def test_confirming_needs_values_and_a_reason_that_fits(manager, version, data):
    assert manager.post(url("confirm", version), data).status_code == 200
    assert not StepStandard.objects.filter(confirmed=True).exists()


def test_confirmed_version_has_nothing_left_to_confirm(manager, staff, version):
    confirm_values(version, values=EVERYTHING, reason="SK", by=staff.kadis)
    response = manager.get(url("confirm", version), follow=True)
    assert messages_of(response) == ["Semua isi versi ini sudah disahkan."]
    assert url("confirm", version) not in main_of(response)


def test_looking_at_the_forms_changes_nothing(manager, version, draft):
    query = "?in_force_from=2199-02-01&values=S3&reason=SK"
    for name in ("succeed", "confirm", "discard"):
        for chosen in (version, draft):
            manager.get(url(name, chosen, query))
            manager.head(url(name, chosen, query))
    assert SopVersion.objects.count() == 2
    assert not StepStandard.objects.filter(confirmed=True).exists()
    assert manager.post(url("compare"), {}).status_code == 405


def test_ticket_page_and_lists_follow_the_marks(manager, as_role, staff, version):
    ticket = Journey(staff=staff, at=MONDAY_9).to("triaged")
    desk = as_role(Role.HEAD_OF_AGENCY)
    lists = [url("list"), reverse("helpdesk_step_standards:list")]
    assert {"usulan" in main_of(manager.get(address)) for address in lists} == {True}
    assert "usulan" in main_of(desk.get(page_url(ticket)))
    confirm_values(version, values=EVERYTHING, reason="SK", by=staff.kadis)
    assert [MARK in listing_of(manager, address) for address in lists] == [False, False]
    assert "usulan" not in main_of(desk.get(page_url(ticket)))


def listing_of(client, address: str) -> str:
    return client.get(address).content.decode().split('id="listing-results"')[1]


def test_version_counts_as_confirmed_when_all_its_steps_are(manager, staff, version):
    confirm_values(version, values=EVERYTHING[:-1], reason="SK", by=staff.kadis)
    assert MARK in listing_of(manager, url("list"))


def test_list_tells_drafts_from_what_is_in_force_and_replaced(manager, version, draft):
    assert ("draf" in listing_of(manager, url("list"))) is True
    SopVersion.objects.filter(pk=draft.pk).update(in_force_from="2024-05-01")
    html = listing_of(manager, url("list"))
    assert "sudah diganti" in html
    assert html.index("berlaku") < html.index("sudah diganti")
    assert "draf" not in html


# --- Comparing -----------------------------------------------------------------------------------------


def lines_of(response) -> list[tuple[str, str, str, str]]:
    """(step or heading, field, old, new) of every line shown."""
    parts = response.context["comparison"].parts
    return [
        (part.code or part.heading, line.label, line.old, line.new) for part in parts for line in part.lines
    ]


def test_equal_versions_say_so(manager, version, draft):
    html = main_of(manager.get(url("compare")))
    assert "Versi 1 dan 2 sama pada semua isian." in html
    assert "<table" not in html


def test_one_version_alone_cannot_be_compared(manager, version):
    assert "Diperlukan dua versi" in main_of(manager.get(url("compare")))


def test_differences_alone_with_times_in_words(manager, version, draft):
    SopVersion.objects.filter(pk=draft.pk).update(approved_by="Kepala Dinas Contoh")
    draft.steps.filter(code="S6").update(
        role=Role.TECHNICAL_SUPPORT.value, minutes_p1=510, minutes_p2=None, requirements="Akses\nLog"
    )
    response = manager.get(url("compare", query=f"?old={version.pk}&new={draft.pk}"))
    assert lines_of(response) == [
        ("Identitas dan isi SOP", "Disahkan oleh", "", "Kepala Dinas Contoh"),
        ("S6", "Pelaksana", "Pranata Komputer", "Technical Support"),
        ("S6", "Syarat", "", "Akses\nLog"),
        ("S6", "Waktu, P1 Kritis", "30 menit", "1 hari kerja 1 jam"),
        ("S6", "Waktu, P2 Tinggi", "30 menit", "–"),
    ]
    html = main_of(response)
    assert "5 isian berbeda" in html
    assert "Akses<br>Log" in html


def test_older_version_stands_left_however_they_are_chosen(manager, version, draft):
    draft.steps.filter(code="S3").update(remark="Baru")
    response = manager.get(url("compare", query=f"?old={draft.pk}&new={version.pk}"))
    assert lines_of(response) == [("S3", "Keterangan", "", "Baru")]


def test_all_fields_on_demand(manager, version, draft):
    draft.steps.filter(code="S3").update(remark="Baru")
    response = manager.get(url("compare", query=f"?old={version.pk}&new={draft.pk}&all=1"))
    assert len(lines_of(response)) == 12 + 11 * 10
    assert main_of(response).count("hd-compare__mark") == 1


def test_step_of_one_version_alone_is_told_so(manager, version, draft):
    draft.steps.filter(code="S3").delete()
    html = main_of(manager.get(url("compare")))
    assert "Hanya ada pada versi yang lebih lama." in html


@pytest.mark.parametrize(
    "query", ["?old=abc&new=1", "?old=999999&new=999999", "?old=&new=", "?old=%00&new=1"]
)
def test_unknown_versions_are_asked_again(manager, version, draft, query):
    response = manager.get(url("compare", query=query))
    assert response.status_code == 200
    assert response.context["form"].errors
    assert "<table" not in main_of(response)


def test_same_version_twice_is_said_so(manager, version, draft):
    html = main_of(manager.get(url("compare", query=f"?old={draft.pk}&new={draft.pk}")))
    assert "versi yang sama dua kali" in html


def test_comparing_costs_the_same_however_much_differs(
    manager, version, draft, django_assert_num_queries, count_queries
):
    query = f"?old={version.pk}&new={draft.pk}&all=1"
    manager.get(url("compare", query=query))
    cost = count_queries(lambda: manager.get(url("compare", query=query)))
    for number in range(3, 6):
        later = succeed_version(draft, in_force_from=date(2199, number, 1), by=None)
    later.steps.update(remark="Lain", minutes_p1=5, role=Role.DIVISION_HEAD.value)
    with django_assert_num_queries(cost):
        response = manager.get(url("compare", query=f"?old={version.pk}&new={later.pk}&all=1"))
    assert response.context["comparison"].differences >= 22


def test_pages_of_versions_cost_the_same_however_many_there_are(manager, version, draft, count_queries):
    pages = [url("list"), url("inspect", draft)]
    for page in pages:
        manager.get(page)
    before = [count_queries(lambda page=page: manager.get(page)) for page in pages]
    for number in range(3, 6):
        succeed_version(version, in_force_from=date(2199, number, 1), by=None)
    assert [count_queries(lambda page=page: manager.get(page)) for page in pages] == before


@pytest.fixture
def count_queries():
    def counted(act) -> int:
        with CaptureQueriesContext(connection) as queries:
            act()
        return len(queries)

    return counted


# --- Who may --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_screens_open_for_those_who_keep_the_data(as_role, version, draft, role):
    client = as_role(role)
    opens = role is Role.MANAGER
    screens = [url("inspect", version), url("compare"), url("succeed", version)]
    for address in [*screens, url("confirm", version), url("discard", draft), url("edit", draft)]:
        response = client.get(address)
        assert (response.status_code == 200) is opens, address
        assert opens or response.url == "/admin/"


def reader(*codenames):
    user = make_user()
    codenames = ("access_admin", "view_sopversion", "view_stepstandard", *codenames)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


@pytest.mark.parametrize("rights", [(), ("change_sopversion",), ("change_stepstandard",)])
def test_who_may_not_change_versions_with_their_steps_reads_and_compares(sign_in, version, draft, rights):
    client = sign_in(reader(*rights))
    for address in (url("inspect", version), url("compare")):
        assert client.get(address).status_code == 200
    html = main_of(client.get(url("inspect", version)))
    assert url("succeed", version) not in html
    assert url("confirm", version) not in html
    for name, data in (
        ("succeed", {"in_force_from": "2199-02-01"}),
        ("confirm", {"values": ["S3"], "reason": "SK"}),
        ("discard", {}),
    ):
        for method in (client.get, client.post):
            assert method(url(name, draft), data).url == "/admin/"
    assert SopVersion.objects.count() == 2
    assert not StepStandard.objects.filter(confirmed=True).exists()


def test_unknown_version_is_not_found(manager, version):
    for name in ("inspect", "succeed", "confirm", "discard"):
        assert manager.get(reverse(f"helpdesk_sop_versions:{name}", args=[999999])).status_code == 404
