"""Notices in the admin: officers state, editors word and publish; editors see no ticket anywhere."""

import re
from datetime import timedelta
from functools import partial
from itertools import chain, repeat

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import ModelLogEntry, TaskState

from helpdesk_plugin.domain.notices import NoticePhase
from helpdesk_plugin.domain.papers import PaperKind
from helpdesk_plugin.domain.parties import STAFF_ROLES, Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark, act_named
from helpdesk_plugin.groups import DUTY_GROUP
from helpdesk_plugin.models import (
    HelpDeskSettings,
    NoticeProposal,
    NoticeTemplate,
    NoticeTicket,
    NoticeUpdate,
    StatusNotice,
)
from helpdesk_plugin.services import notice_links, notice_updates, notices
from helpdesk_plugin.services.documents import Drawn, issue_document, keep_signed_copy
from helpdesk_plugin.services.notice_proposals import propose_notices
from helpdesk_plugin.services.notice_updates import Words
from helpdesk_plugin.setup.runner import run
from tests.factories import accepted, make_notice, make_opd, make_service, make_ticket, make_user, ticket_at
from tests.staff.conftest import act_url, filled, messages_of, page_url
from tests.staff.test_closed_doors import our_addresses

HOUR = timedelta(hours=1)
#: Queries of the list and of one notice's page.
NOTICE_LIST_QUERIES, NOTICE_PAGE_QUERIES = 11, 16
OFFICERS = (Role.TECHNICAL_SUPPORT, Role.COMPUTER_OFFICER, Role.DIVISION_HEAD)


def url(name: str, *args) -> str:
    return reverse(f"helpdesk_notices:{name}", args=args)


@pytest.fixture
def editor(as_role):
    return as_role(Role.EDITOR)


@pytest.fixture
def teknisi(as_role):
    return as_role(Role.TECHNICAL_SUPPORT)


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


SECRET = "Rahasia kantor camat"


@pytest.fixture
def told_ticket(staff):
    """A ticket with all that hangs on one: a file, a document with its signed copy, mails, a notice."""
    ticket = make_ticket(summary=SECRET, files=[accepted()])
    draw = lambda _document: Drawn(b"%PDF-" + SECRET.encode(), "test")  # noqa: E731
    document = issue_document(ticket.pk, PaperKind.RECEIPT, by=staff.teknisi, draw=draw)
    copy = keep_signed_copy(document.pk, accepted(), by=staff.teknisi)
    notice_links.follow_notice(ticket.pk, make_notice(), by=staff.teknisi)
    of_it = [
        ticket,
        ticket.attachments.first(),
        document,
        copy,
        ticket.events.last(),
        ticket.messages.first(),
    ]
    return ticket, {one.pk for one in of_it if one is not None}


#: What an address takes, in Django's two ways to write it.
NAMED = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)|<(?:\w+:)?(\w+)>")


def addresses_with(ticket, keys, *, of_all: bool):
    """Every address of the admin, found by walking; what stands below the ticket with each of these keys."""
    words = {"act": "note", "kind": "receipt", "app_label": "helpdesk_plugin", "model_name": "ticket"}
    words |= {"action": "delete", "app_name": "helpdesk_plugin", "revision_id_a": "earliest"}
    for _name, path in our_addresses(within="" if of_all else "ticket"):
        path = NAMED.sub(r"<\1\2>", path.replace("\\", ""))
        path = path.replace("^", "").replace("$", "").replace("/?", "/")
        for key in sorted(keys) if "<" in path and "helpdesk/tickets" in path else [min(keys)]:
            numbers = chain([ticket.pk] if "helpdesk/tickets" in path else [], repeat(key))
            fill = partial(_filled, words, numbers)
            yield re.sub(r"<(\w+)>", fill, path)


def _filled(words, numbers, named) -> str:
    return str(words.get(named[1]) or next(numbers))


#: What lists, exports and bulk acts are asked with besides.
ASKED_TOO = ("", "export=csv", "export=xlsx", "q=Rahasia")


def shows_ticket(client, address: str, ticket) -> bool:
    """Whether a page or a file of the ticket is opened, or any other answer says something of it."""
    client.raise_request_exception = False  # Wagtail has a page that does nothing but fail
    response = client.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    its_own = response.status_code == 200 and address.startswith(f"/admin/helpdesk/tickets/{ticket.pk}/")
    return its_own or any(word.encode() in body for word in (SECRET, ticket.number))


def test_an_editor_reaches_no_ticket_at_any_address_of_the_admin(told_ticket, editor):
    ticket, keys = told_ticket
    asked = list(dict.fromkeys(addresses_with(ticket, keys, of_all=True)))
    asked += [f"{one}?{more}" for one in asked if "ticket" in one for more in ASKED_TOO[1:]]
    asked += [
        f"/admin/bulk/helpdesk_plugin/ticket/{act}/?id={ticket.pk}" for act in ("delete", "triage", "take")
    ]
    assert [one for one in asked if "logout" not in one and shows_ticket(editor, one, ticket)] == []
    assert len(asked) > 400


def test_the_same_walk_shows_a_ticket_to_those_who_may_see_it(told_ticket, teknisi):
    """So that the walk above is known to reach the pages, files, documents and exports of a ticket."""
    ticket, keys = told_ticket
    asked = dict.fromkeys(addresses_with(ticket, keys, of_all=False))
    shown = [one for one in asked if shows_ticket(teknisi, one, ticket)]
    assert f"/admin/helpdesk/tickets/{ticket.pk}/" in shown
    for part in ("/history/", "/print/", "/documents/", "/files/", "/results/"):
        assert [one for one in shown if part in one], (part, shown)


@pytest.mark.parametrize("act", ["note", "reply", "triage", "document", "follow_notice"])
def test_an_editor_acts_on_no_ticket(told_ticket, editor, act):
    ticket, _keys = told_ticket
    before = ticket.events.count()
    assert editor.post(act_url(ticket, act_named(act)), {"note": "x"}).status_code in {302, 403, 404}
    assert ticket.events.count() == before


def test_an_editor_reads_no_ticket_on_the_screens_of_notices(staff, editor):
    ticket, notice = make_ticket(summary="Rahasia kantor camat"), make_notice()
    notice_links.follow_notice(ticket.pk, notice, by=staff.teknisi)
    for name in ("inspect", "edit", "history", "update"):
        html = editor.get(url(name, notice.pk)).content.decode()
        assert ticket.number not in html
        assert "Rahasia kantor" not in html
    assert editor.get(url("linked", notice.pk)).url == "/admin/"
    assert ticket.number not in editor.get("/admin/").content.decode()


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


# --- The loop ---


def test_an_officer_links_and_unlinks_on_the_ticket(staff, teknisi):
    ticket, notice = make_ticket(), make_notice(title="Internet putus")
    html = teknisi.get(page_url(ticket)).content.decode()
    assert act_url(ticket, Remark.FOLLOW_NOTICE) in html
    assert act_url(ticket, Remark.UNFOLLOW_NOTICE) not in html
    address = act_url(ticket, Remark.FOLLOW_NOTICE)
    teknisi.post(address, filled(teknisi, address, notice=notice.pk, lead="on"))
    html = teknisi.get(page_url(ticket)).content.decode()
    assert url("inspect", notice.pk) in html
    assert "gangguan induk" in html
    address = act_url(ticket, Remark.UNFOLLOW_NOTICE)
    assert address in html
    teknisi.post(address, filled(teknisi, address, notice=notice.pk))
    assert not ticket.notice_links.exists()


def test_publishing_offers_to_answer_and_answers_what_is_ticked(staff, teknisi, editor):
    notice, first, second = make_notice(), make_ticket(), make_ticket()
    for ticket in (first, second):
        notice_links.follow_notice(ticket.pk, notice, by=staff.teknisi)
    notice_updates.write_update(notice, Words("Kabel ditemukan."), by=staff[Role.EDITOR])
    linked = url("linked", notice.pk)
    assert linked in teknisi.get("/admin/").content.decode()
    page = teknisi.get(linked)
    assert [row["ticked"] for row in page.context["rows"]] == [True, True]
    report = teknisi.post(linked, {"tickets": [first.pk], "answer": "1"})
    assert report.context["rows"] == [(first, "")]
    assert first.events.filter(act=Remark.REPLY.value, note__contains="Kabel ditemukan.").count() == 1
    assert not second.events.filter(act=Remark.REPLY.value).exists()
    assert [row["ticked"] for row in teknisi.get(linked).context["rows"]] == [False, True]
    assert linked not in teknisi.get("/admin/").content.decode()


def test_the_end_of_a_notice_offers_to_handle_what_follows(staff, teknisi):
    notice = make_notice()
    ready, new = (ticket_at(s, staff=staff) for s in (TicketStatus.RECOVERING, TicketStatus.SUBMITTED))
    for ticket in (ready, new):
        notice_links.follow_notice(ticket.pk, notice, by=staff.teknisi)
    linked = url("linked", notice.pk)
    assert not teknisi.get(linked).context["may_resolve"]
    notice_updates.write_update(notice, Words("Pulih.", phase=NoticePhase.RESOLVED), by=staff[Role.EDITOR])
    page = teknisi.get(linked)
    assert page.context["may_resolve"]
    key = page.context["resolve_form"].initial["key"]
    sent = {"tickets": [ready.pk, new.pk], "resolve": "1", "key": key, "cause": "Kabel putus"}
    lacking = teknisi.post(linked, sent)
    assert set(lacking.context["resolve_form"].errors) == {"action", "told"}
    report = teknisi.post(linked, sent | {"action": "Disambung", "told": "Sudah pulih."})
    assert report.context["done"] == 1
    refused = dict(report.context["rows"])
    assert refused[ready] == ""
    assert "tidak dapat" in refused[new] or "belum" in refused[new]
    ready.refresh_from_db()
    assert (ready.status, ready.confirmed_at) == (TicketStatus.RESOLVED.value, None)


@pytest.mark.parametrize("sent", [{}, {"tickets": ["x"]}, {"tickets": ["999999"]}, {"resolve": "1"}])
def test_damaged_ticks_are_answered_with_a_sentence(staff, teknisi, sent):
    notice = make_notice()
    notice_links.follow_notice(make_ticket().pk, notice, by=staff.teknisi)
    response = teknisi.post(url("linked", notice.pk), sent)
    assert response.status_code == 200
    assert response.context["problem"]


def test_a_proposal_is_decided_by_a_person(staff, teknisi, editor):
    settings = HelpDeskSettings.load()
    settings.notice_similar_tickets = 2
    settings.save()
    service = make_service(name="Internet OPD")
    tickets = [make_ticket(service=service) for _ in range(2)]
    propose_notices(timezone.now())
    address = url("proposal", NoticeProposal.objects.get().pk)
    assert address in teknisi.get("/admin/").content.decode()
    assert address not in editor.get("/admin/").content.decode()
    assert editor.get(address).url == "/admin/"
    page = teknisi.get(address)
    assert [ticket.pk for ticket in page.context["tickets"]] == [ticket.pk for ticket in tickets]
    response = teknisi.post(address, {})
    notice = StatusNotice.objects.get()
    assert response.url == url("inspect", notice.pk)
    assert notice.ticket_links.count() == 2
    again = teknisi.post(address, {}, follow=True)
    assert "sudah diputuskan" in " ".join(messages_of(again))


def test_a_dismissal_ends_a_proposal(staff, teknisi):
    settings = HelpDeskSettings.load()
    settings.notice_similar_tickets = 2
    settings.save()
    service = make_service()
    for _ in range(2):
        make_ticket(service=service)
    propose_notices(timezone.now())
    address = url("proposal", NoticeProposal.objects.get().pk)
    teknisi.post(address, {"dismiss": "1"})
    assert address not in teknisi.get("/admin/").content.decode()
    assert not StatusNotice.objects.exists()


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
