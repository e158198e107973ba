"""Notices in the admin: officers state, editors word and publish."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import ModelLogEntry, TaskState

from helpdesk_plugin.domain.notices import NoticePhase
from helpdesk_plugin.domain.parties import STAFF_ROLES, Role
from helpdesk_plugin.groups import DUTY_GROUP
from helpdesk_plugin.models import (
    NoticeTemplate,
    NoticeTicket,
    NoticeUpdate,
    StatusNotice,
)
from helpdesk_plugin.services import notices
from helpdesk_plugin.setup.runner import run
from tests.factories import make_notice, make_opd, make_service, make_ticket, make_user
from tests.staff.conftest import filled, page_url

HOUR = timedelta(hours=1)
#: Queries of the list and of one notice's page.
NOTICE_LIST_QUERIES, NOTICE_PAGE_QUERIES = 11, 16
OFFICERS = (Role.TECHNICAL_SUPPORT, Role.COMPUTER_OFFICER, Role.DIVISION_HEAD)


def url(name: str, *args) -> str:
    return reverse(f"helpdesk_notices:{name}", args=args)


@pytest.fixture
def wording(db):
    return NoticeTemplate.objects.create(
        name="Internet putus",
        emergency=True,
        title="Gangguan {service}",
        summary="<p>{service} terganggu sejak {start}.</p>",
    )


@pytest.fixture
def duty(staff, sign_in):
    user = make_user(username="piket")
    rights = ("publish_emergency_statusnotice", "view_statusnotice", "access_admin")
    user.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    return sign_in(user)


def form_of(notice=None, **more) -> dict:
    """What an editor's browser sends for the words of a notice."""
    services = more.pop("services", [])
    rows = {}
    for number, (service, state) in enumerate(services):
        rows |= {
            f"affected_services-{number}-service": service.pk,
            f"affected_services-{number}-state": state,
            f"affected_services-{number}-id": "",
            f"affected_services-{number}-DELETE": "",
        }
    return {
        "kind": "disruption",
        "title": "Internet terganggu",
        "summary": '{"blocks": [{"key": "a", "text": "Kabel putus.", "type": "unstyled", "depth": 0, '
        '"inlineStyleRanges": [], "entityRanges": [], "data": {}}], "entityMap": {}}',
        "summary_en": "null",
        "all_opds": "on",
        "phase": "investigating",
        "starts_at": "2026-11-23 08:00",
        "notify_on_publish": "on",
        "affected_services-TOTAL_FORMS": len(services),
        "affected_services-INITIAL_FORMS": 0,
        "affected_services-MIN_NUM_FORMS": 0,
        "affected_services-MAX_NUM_FORMS": 1000,
        **rows,
        **more,
    }


# --- Editors ---


def test_an_editor_words_previews_and_publishes(staff, editor):
    service = make_service()
    response = editor.post(url("add"), form_of(services=[(service, "major")]))
    notice = StatusNotice.objects.get()
    assert response.status_code == 302
    assert (notice.live, notice.author) == (False, staff[Role.EDITOR])
    sent = form_of(services=[(service, "partial")], title="Internet putus")
    sent["affected_services-INITIAL_FORMS"] = 1
    sent["affected_services-0-id"] = notice.affected_services.get().pk
    editor.post(url("edit", notice.pk), sent | {"action-publish": "action-publish"})
    notice.refresh_from_db()
    assert (notice.live, notice.title) == (True, "Internet putus")
    assert notice.affected_services.get().state == "partial"
    assert notice.updates.get().author == staff[Role.EDITOR]
    assert StatusNotice.objects.current(timezone.now()).get() == notice


def test_revisions_are_compared_in_words(editor):
    notice = make_notice(published=False, title="Satu", image=None)
    first = notice.get_latest_revision() or notice.save_revision()
    notice.title, notice.expected_end = "Dua", timezone.now() + HOUR
    second = notice.save_revision()
    html = editor.get(url("revisions_compare", notice.pk, first.pk, second.pk)).content.decode()
    assert "Satu" in html
    assert "Dua" in html
    assert date_format(timezone.localtime(notice.expected_end), "j M Y") in html
    for sent in ("0", ":"):
        response = editor.post(url("revisions_unschedule", notice.pk, second.pk), {"next": sent})
        assert response.headers["Location"] == url("history", notice.pk)
    assert ">None<" not in html


@pytest.mark.parametrize("namespace", ["helpdesk_notices", "helpdesk_notice_wordings"])
def test_rich_text_editors_have_names(editor, namespace):
    html = editor.get(reverse(f"{namespace}:add")).content.decode()
    assert html.count("&quot;ariaLabel&quot;: &quot;Isi") == 2


def test_a_screen_of_one_notice_says_which(editor):
    notice = make_notice(title="Kabel putus di simpang")
    assert html_title(editor, url("update", notice.pk)) == "Tulis perkembangan: Kabel putus di simpang"


def html_title(client, address: str) -> str:
    head = re.search(r"<title>(.*?)</title>", client.get(address).content.decode(), re.DOTALL)[1]
    return " ".join(head.split()).removesuffix(" - Wagtail").removeprefix("Wagtail - ")


def test_a_schedule_is_on_the_agency_s_clocks(editor):
    ahead = timezone.localtime() + timedelta(days=2)
    typed = ahead.replace(hour=6, minute=30, second=0, microsecond=0)
    sent = form_of(go_live_at=f"{typed:%Y-%m-%d %H:%M}", **{"action-publish": "action-publish"})
    editor.post(url("add"), sent)
    notice = StatusNotice.objects.get()
    assert not notice.live
    assert notice.scheduled_revision.approved_go_live_at == typed
    assert timezone.localtime(notice.go_live_at).hour == 6


@pytest.mark.parametrize(
    ("services", "more", "words"),
    [
        (2, {}, "dua kali"),
        (1, {"kind": "maintenance", "phase": "scheduled"}, "perkiraan selesai"),
        (1, {"all_opds": ""}, "Pilih OPD"),
        ("security", {}, "keamanan informasi"),
    ],
)
def test_what_cannot_be_announced_is_said(editor, services, more, words):
    service = make_service(is_security=services == "security")
    rows = [(service, "major")] * (2 if services == 2 else 1)
    sent = form_of(services=rows, **more, **{"action-publish": "action-publish"})
    response = editor.post(url("add"), {k: v for k, v in sent.items() if v != ""} | {"title": "T"})
    assert response.status_code == 200
    assert words in response.content.decode()
    assert not StatusNotice.objects.exists()


def test_nobody_deletes_a_notice(staff, sign_in):
    root = get_user_model().objects.create_superuser("root", "root@example.test", "sandi-uji")
    notice, client = make_notice(), sign_in(root)
    assert client.get(f"/admin/helpdesk/notices/delete/{notice.pk}/").status_code == 404
    assert client.get("/admin/snippets/choose/helpdesk_plugin/statusnotice/").status_code == 404
    address = f"/admin/bulk/helpdesk_plugin/statusnotice/delete/?id={notice.pk}"
    assert client.post(address).url == "/admin/"
    assert StatusNotice.objects.exists()


@pytest.mark.parametrize("mode", ["page", "banner", "mail"])
def test_an_editor_sees_every_face_before_anybody_else(editor, mode):
    notice = make_notice(published=False, title="Belum terbit", services=[make_service()])
    for address in (
        reverse("helpdesk_notices:preview_on_edit", args=[notice.pk]),
        reverse("helpdesk_notices:preview_on_add"),
    ):
        editor.post(address, form_of(title="Kata baru"))
        shown = editor.get(f"{address}?mode={mode}")
        assert "Kata baru" in shown.content.decode()
        # A mail brings its own style along, which the site's policy forbids to pages.
        styled = "style-src 'unsafe-inline'" in shown.headers["Content-Security-Policy"]
        assert styled is (mode == "mail")
    assert not StatusNotice.objects.public(timezone.now()).exists()


# --- Who opens what ---

SCREENS = {
    "list": set(STAFF_ROLES),
    "inspect": set(STAFF_ROLES),
    "add": {*OFFICERS, Role.MANAGER, Role.EDITOR},
    "edit": {*OFFICERS, Role.MANAGER, Role.EDITOR},
    "facts": {*OFFICERS, Role.MANAGER, Role.EDITOR},
    "update": {*OFFICERS, Role.MANAGER, Role.EDITOR},
    "linked": set(STAFF_ROLES) - {Role.EDITOR},
    "emergency": set(),
}


def test_who_opens_which_screen(staff, as_role):
    notice = make_notice()
    opened = {screen: set() for screen in SCREENS}
    for role in STAFF_ROLES:
        client = as_role(role)
        for screen in SCREENS:
            args = [] if screen in {"list", "add", "facts", "emergency"} else [notice.pk]
            response = client.get(url(screen, *args))
            if response.status_code == 200:
                opened[screen].add(role)
            else:
                assert (response.status_code, response.url) == (302, "/admin/"), (role, screen)
    assert opened == SCREENS


@pytest.mark.parametrize("role", [role for role in STAFF_ROLES if role is not Role.EDITOR])
def test_only_editors_publish(staff, as_role, role):
    notice = make_notice(published=False)
    sent = form_of() | {"action-publish": "action-publish"}
    as_role(role).post(url("edit", notice.pk), sent)
    notice.refresh_from_db()
    assert not notice.live


# --- Officers ---


def test_an_officer_states_facts_from_a_ticket_and_editors_get_the_draft(staff, teknisi, wording, mailoutbox):
    run()
    service, here = make_service(name="Internet OPD"), make_opd()
    ticket = make_ticket(service=service, summary="Rahasia kantor camat")
    address = f"{url('facts')}?ticket={ticket.pk}"
    sent = filled(teknisi, address, words="Kabel putus", template=wording.pk, opds=[here.pk])
    sent["starts_at"] = "2026-11-23 08:00"
    response = teknisi.post(address, sent)
    notice = StatusNotice.objects.get()
    assert response.url == url("inspect", notice.pk)
    assert not notice.live
    assert notice.title == "Gangguan Internet OPD"
    assert "Rahasia" not in notice.summary + notice.facts
    assert NoticeTicket.objects.get(notice=notice).ticket == ticket
    assert NoticeTicket.objects.get().lead
    state = TaskState.objects.get()
    assert list(state.task.specific.groups.all()) == [staff[Role.EDITOR].groups.get()]
    assert not any(ticket.number in mail.body or "Rahasia" in mail.body for mail in mailoutbox)


def test_a_confidential_ticket_states_nothing(staff, teknisi, wording):
    service = make_service(is_security=True)
    ticket = make_ticket(service=service)
    address = f"{url('facts')}?ticket={ticket.pk}"
    response = teknisi.get(address)
    assert ticket.number not in response.content.decode()
    assert service not in response.context["form"].fields["services"].queryset
    assert url("facts") not in teknisi.get(page_url(ticket)).content.decode()


def test_an_editor_approves_what_an_officer_submitted(staff, teknisi, editor, wording):
    run()
    sent = filled(teknisi, url("facts"), services=[make_service().pk], template=wording.pk)
    sent["starts_at"] = "2026-11-23 08:00"
    teknisi.post(url("facts"), sent)
    notice = StatusNotice.objects.get()
    state = TaskState.objects.get()
    address = reverse("helpdesk_notices:workflow_action", args=[notice.pk, "approve", state.pk])
    editor.post(address, {"comment": ""})
    notice.refresh_from_db()
    assert notice.live
    assert notice.updates.count() == 1


def test_setup_gives_the_approval_and_the_duty_group_once(staff):
    run()
    notice = make_notice(published=False)
    workflow = notice.get_workflow()
    assert workflow.name == "Petugas → Editor"
    held = Group.objects.get(name=DUTY_GROUP).permissions.values_list("codename", flat=True)
    assert set(held) == {"access_admin", "publish_emergency_statusnotice", "view_statusnotice"}
    assert NoticeTemplate.objects.filter(emergency=True).exists()
    for template in NoticeTemplate.objects.all():
        template.full_clean()
    assert run() == []


def test_the_duty_officer_publishes_at_once_and_editors_review(staff, duty, editor, wording):
    service = make_service()
    sent = filled(duty, url("emergency"), services=[service.pk], template=wording.pk)
    sent["starts_at"] = "2026-11-23 08:00"
    response = duty.post(url("emergency"), sent)
    notice = StatusNotice.objects.get()
    assert response.url == url("inspect", notice.pk)
    assert notice.live
    assert ModelLogEntry.objects.filter(action=notices.EMERGENCY_ACTION).exists()
    assert notice.title in editor.get("/admin/").content.decode()
    editor.post(url("review", notice.pk))
    assert StatusNotice.objects.get().reviewed_by == staff[Role.EDITOR]


def test_a_priority_below_the_line_is_refused_in_words(duty, wording):
    sent = filled(duty, url("emergency"), services=[make_service().pk], template=wording.pk, priority="3")
    response = duty.post(url("emergency"), sent)
    assert response.status_code == 200
    assert response.context["form"].errors["priority"]
    assert not StatusNotice.objects.exists()


# --- The timeline ---


def test_an_editor_publishes_an_update(editor):
    notice = make_notice()
    address = url("update", notice.pk)
    sent = filled(editor, address, words="Kabel ditemukan.", phase="identified")
    editor.post(address, sent)
    editor.post(address, sent)
    notice.refresh_from_db()
    assert notice.phase == NoticePhase.IDENTIFIED
    assert notice.updates.filter(words="Kabel ditemukan.").count() == 1


def test_an_officer_drafts_an_update_and_an_editor_publishes_it(staff, teknisi, editor):
    notice = make_notice()
    address = url("update", notice.pk)
    assert "publish_at" not in teknisi.get(address).context["form"].fields
    teknisi.post(address, filled(teknisi, address, words="Teknisi di lokasi."))
    draft = notice.updates.get(words="Teknisi di lokasi.")
    assert draft.published_at is None
    publish = url("publish_update", notice.pk, draft.pk)
    assert teknisi.post(publish).url == "/admin/"
    editor.post(publish)
    draft.refresh_from_db()
    assert draft.published_at


def test_an_update_waits_for_its_hour(editor):
    notice = make_notice()
    address = url("update", notice.pk)
    sent = filled(editor, address, words="Nanti.")
    past = editor.post(address, sent | {"publish_at": "2020-01-01 08:00"})
    assert past.context["form"].errors["publish_at"]
    ahead = timezone.localtime() + HOUR
    editor.post(address, sent | {"publish_at": f"{ahead:%Y-%m-%d %H:%M}"})
    update = notice.updates.get(words="Nanti.")
    assert update.published_at is None
    assert abs(update.publish_at - ahead) < timedelta(minutes=1)
    editor.post(url("discard_update", notice.pk, update.pk))
    assert not notice.updates.filter(words="Nanti.").exists()


@pytest.mark.parametrize("typed", ["\x00", "x" * 30_000, "", "<script>alert(1)</script>"])
def test_any_words_are_answered(editor, typed):
    notice = make_notice()
    address = url("update", notice.pk)
    sent = filled(editor, address, words=typed, phase="identified" if typed else "x")
    response = editor.post(address, sent)
    assert response.status_code in {200, 302}
    assert "<script>alert" not in editor.get(url("inspect", notice.pk)).content.decode()


# --- Home and cost ---


def test_home_tells_of_what_goes_on_and_what_is_planned(staff, as_role):
    soon = timezone.now() + timedelta(days=2)
    going = make_notice(title="Internet putus")
    planned = make_notice(kind="maintenance", title="Ganti UPS", starts_at=soon, expected_end=soon + HOUR)
    later = soon + timedelta(days=20)
    far = make_notice(kind="maintenance", title="Pindah ruang", starts_at=later, expected_end=later + HOUR)
    draft = make_notice(title="Belum jadi", published=False)
    for role, drafts in ((Role.TECHNICAL_SUPPORT, False), (Role.EDITOR, True)):
        html = as_role(role).get("/admin/").content.decode()
        assert going.title in html
        assert planned.title in html
        assert far.title not in html
        assert (draft.title in html) is drafts


@pytest.mark.parametrize("count", [1, 4])
def test_list_and_page_cost_the_same_at_any_length(staff, editor, django_assert_num_queries, count):
    notice = make_notice(services=[make_service()])
    for _ in range(count):
        make_notice(services=[make_service()])
        NoticeUpdate.objects.create(notice=notice, words="Baru.", published_at=timezone.now())
    for name, args, queries in (
        ("list", [], NOTICE_LIST_QUERIES),
        ("inspect", [notice.pk], NOTICE_PAGE_QUERIES),
    ):
        editor.get(url(name, *args))
        with django_assert_num_queries(queries):
            editor.get(url(name, *args))
