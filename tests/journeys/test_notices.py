"""A cut fibre in three windows: an officer states facts, an editor publishes words, an agency reads on.

The schedule passes while the worker is down; the notice comes late, once, and the ticket that hangs on it is
answered, handled and confirmed by its requester alone.
"""

import re
from datetime import timedelta

import feedparser
import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect
from wagtail.models import Revision
from wagtail.users.models import UserProfile

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import NoticeSubscription, NoticeTemplate, NoticeUpdate, Service, StatusNotice
from helpdesk_plugin.services import subscriptions
from helpdesk_plugin.services.subscriptions import Wish
from tests.factories import Staff, make_hours, make_notice, make_opd, make_user, ticket_at
from tests.journeys.test_accessibility import RULES

SUBSCRIBER = "langganan@example.test"
TITLE = "Internet di kompleks perkantoran terputus"


@pytest.fixture
def people(site, open_window):
    users = {
        name: make_user(role, name)
        for name, role in (("teknisi", Role.TECHNICAL_SUPPORT), ("penyunting", Role.EDITOR))
    }
    for user in users.values():
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "id"})
    return {name: open_window(user=user) for name, user in users.items()} | {"opd": open_window("phone")}


def state_facts(page: Page, ticket) -> StatusNotice:
    """The officer, from the ticket: what is known, for the editors."""
    page.goto(f"/admin/helpdesk/tickets/{ticket.pk}/")
    page.get_by_role("link", name="Sampaikan fakta untuk pengumuman").click()
    page.locator("select[name=template]").select_option(label="Internet OPD terputus")
    page.get_by_label("Yang diketahui, untuk editor").fill("Kabel serat putus di simpang empat.")
    page.get_by_role("button", name="Kirim ke editor").click()
    expect(page.get_by_text("Kabel serat putus di simpang empat.")).to_be_visible()
    return StatusNotice.objects.get()


def schedule(page: Page, notice: StatusNotice) -> None:
    """The editor: better words, a look at what will be seen, and an hour in the agency's time."""
    page.goto("/admin/")
    page.locator(".hd-notices").get_by_role("link", name=notice.title).click()
    page.get_by_role("link", name="Ubah, pratinjau, dan terbitkan").click()
    page.locator("#id_title").fill(TITLE)
    hour = timezone.localtime() + timedelta(hours=2)
    page.locator("#id_go_live_at").evaluate("(field, at) => { field.value = at }", f"{hour:%Y-%m-%d %H:%M}")
    page.locator("[data-side-panel-toggle=preview]").click()
    seen = page.frame_locator("#w-preview-iframe")
    expect(seen.get_by_role("heading", name=TITLE)).to_be_visible()
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Menyetujui dan Publikasikan", exact=True).click()


def the_hour_passes_while_the_worker_is_down(notice: StatusNotice) -> None:
    """An hour ago it should have been public; only now somebody looks."""
    revision = Revision.objects.filter(approved_go_live_at__isnull=False).get()
    missed = timezone.now() - timedelta(hours=1)
    revision.content["go_live_at"] = missed.isoformat()
    revision.approved_go_live_at = missed
    revision.save()
    for _look in range(2):
        call_command("helpdesk_tick", verbosity=0)


def subscribe(service: Service) -> None:
    """Somebody asked for news of the service and pressed the button of the mail."""
    subscriptions.ask(SUBSCRIBER, Wish((service,), None, None), language="id")
    subscriptions.confirm(NoticeSubscription.objects.get().confirm_token)


def news_arrives(page: Page, mail_server, deliver_mail) -> None:
    """One mail to the subscriber and one entry in the feed, with the editor's words and not the officer's."""
    deliver_mail()
    (letter,) = [mail for mail in mail_server.to(SUBSCRIBER) if TITLE in str(mail["Subject"])]
    assert "simpang empat" not in letter.as_string()
    feed = page.request.get("/help-desk/status/atom.xml").text()
    assert [TITLE in entry.title for entry in feedparser.parse(feed).entries] == [True]
    assert "simpang empat" not in feed


def write_update(page: Page, notice: StatusNotice, words: str, phase: str) -> None:
    page.goto(f"/admin/helpdesk/notices/page/{notice.pk}/update/")
    page.get_by_text(phase, exact=True).click()
    page.get_by_label("Apa perkembangannya?").fill(words)
    page.get_by_role("button", name="Terbitkan perkembangan").click()
    expect(page.get_by_text("Perkembangan sudah terbit.")).to_be_visible()


def test_from_a_cut_fibre_to_the_archive(people, mail_server, deliver_mail):
    make_hours()
    officer, editor, reader = people["teknisi"], people["penyunting"], people["opd"]
    service = Service.objects.get(code="INF-NET")
    ticket = ticket_at(TicketStatus.RECOVERING, staff=Staff(), service=service, opd=make_opd())
    notice = state_facts(officer, ticket)

    subscribe(service)
    reader.goto("/help-desk/status/")
    expect(reader.get_by_text("Gangguan: Internet OPD")).to_have_count(0)
    schedule(editor, notice)
    assert not StatusNotice.objects.public(timezone.now()).exists()
    the_hour_passes_while_the_worker_is_down(notice)
    notice.refresh_from_db()
    assert notice.live
    assert NoticeUpdate.objects.filter(notice=notice).count() == 1
    news_arrives(reader, mail_server, deliver_mail)

    reader.goto(f"/help-desk/status/{notice.pk}/")
    expect(reader.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(reader.get_by_text("simpang empat")).to_have_count(0)
    reader.goto("/help-desk/")
    expect(reader.locator(".hd-banner").first).to_contain_text(TITLE)

    write_update(editor, notice, "Kabel ditemukan dan sedang disambung.", "Penyebab diketahui")
    officer.goto("/admin/")
    officer.get_by_role("link", name="Balas").click()
    officer.get_by_role("button", name="Balas tiket yang dicentang").click()
    expect(officer.get_by_text("1 tiket selesai diproses.")).to_be_visible()
    assert ticket.events.filter(act="reply", note__contains="sedang disambung").count() == 1

    write_update(editor, notice, "Internet sudah pulih.", "Teratasi")
    officer.goto(f"/admin/helpdesk/notices/page/{notice.pk}/tickets/")
    officer.get_by_role("checkbox", name=re.compile(ticket.number)).check()
    officer.get_by_label("Penyebab").fill("Kabel serat putus")
    officer.get_by_role("button", name="Selesaikan tiket yang dicentang").click()
    expect(officer.get_by_text("1 tiket selesai diproses.")).to_be_visible()
    ticket.refresh_from_db()
    assert (ticket.state, ticket.confirmed_at) == (TicketStatus.RESOLVED, None)

    reader.goto("/help-desk/")
    expect(reader.locator(".hd-banner")).to_have_count(0)
    began = timezone.localtime(notice.starts_at)
    reader.goto(f"/help-desk/status/riwayat/{began.year}/{began.month}/")
    expect(reader.get_by_text(TITLE).first).to_be_visible()


def test_expired_announcement_leaves_the_banner_and_stays_in_the_archive(site, open_window):
    reader = open_window("phone")
    announced = make_notice(kind="announcement", phase="", title="Kantor pindah ke gedung baru")
    reader.goto("/help-desk/")
    expect(reader.locator(".hd-banner")).to_contain_text("Kantor pindah ke gedung baru")

    StatusNotice.objects.filter(pk=announced.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("helpdesk_tick", verbosity=0)
    announced.refresh_from_db()
    assert (announced.live, announced.expired) == (False, True)
    reader.goto("/help-desk/")
    expect(reader.locator(".hd-banner")).to_have_count(0)
    reader.goto(f"/help-desk/status/{announced.pk}/")
    expect(reader.get_by_role("heading", name="Kantor pindah ke gedung baru")).to_be_visible()
    began = timezone.localtime(announced.starts_at)
    reader.goto(f"/help-desk/status/riwayat/{began.year}/{began.month}/")
    expect(reader.get_by_text("Kantor pindah ke gedung baru").first).to_be_visible()


# --- Axe and the keyboard on the screens of notices ---

#: As `RULES`, of the standard alone: what is best practice besides is Wagtail's to decide on its own screens.
STANDARD = {**RULES, "runOnly": [rule for rule in RULES["runOnly"] if rule != "best-practice"]}
#: Wagtail's own table of contents beside its forms is left to Wagtail, as on every screen of its.
LOOK = """rules => axe.run({include: ["main"], exclude: [".w-minimap", ".w-minimap__collapse-all"]}, rules)
    .then((result) => result.violations)"""


def looked_at(page: Page, address: str) -> list[str]:
    """What axe objects to, by day and by night."""
    page.goto(address)
    page.wait_for_function(
        "document.querySelectorAll('[data-draftail-input]').length <= "
        "document.querySelectorAll('[role=textbox]').length"
    )
    page.evaluate(AXE_SCRIPT)
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for rule in page.evaluate(LOOK, STANDARD):
            where = f"{address} {scheme}: {rule['id']}"
            found += [f"{where}: {node['target']} {node['html'][:150]}" for node in rule["nodes"]]
    return found


def test_screens_of_notices_for_everybody(people, open_window):
    """Home, list, editor, a notice, an update, a comparison, a wording; tickets and the emergency line."""
    editor, now = people["penyunting"], timezone.now()
    dates = {"starts_at": now + timedelta(days=1), "expected_end": now + timedelta(days=2)}
    make_notice(kind="maintenance", title="Ganti perangkat", **dates)
    notice = make_notice(title="Internet terganggu", services=[Service.objects.get(code="INF-NET")])
    notice.title = "Internet putus"
    notice.save_revision()
    first, last = notice.revisions.order_by("pk").values_list("pk", flat=True)[:2]
    wording = NoticeTemplate.objects.first().pk
    at = "/admin/helpdesk/notices/"
    of_editors = (
        *("/admin/", at, f"{at}edit/{notice.pk}/", f"{at}page/{notice.pk}/", f"{at}page/{notice.pk}/update/"),
        f"{at}history/{notice.pk}/revisions/compare/{first}...{last}/",
        f"/admin/helpdesk/notice-wordings/edit/{wording}/",
    )
    found = [one for address in of_editors for one in looked_at(editor, address)]
    found += looked_at(people["teknisi"], f"{at}page/{notice.pk}/tickets/")
    root = make_user(username="piket", is_superuser=True, is_staff=True)
    found += looked_at(open_window(user=root), f"{at}emergency/")
    assert found == []


def test_an_update_is_published_by_the_keyboard_alone(people):
    editor, notice = people["penyunting"], make_notice(title="Internet terganggu")
    editor.goto(f"/admin/helpdesk/notices/page/{notice.pk}/update/")
    editor.locator("input[name=phase]:checked").focus()
    for key in ("ArrowDown", "Tab"):
        editor.keyboard.press(key)
    editor.keyboard.type("Kabel ditemukan.")
    button = editor.get_by_role("button", name="Terbitkan perkembangan")
    for _press in range(6):
        if button.evaluate("button => button === document.activeElement"):
            break
        editor.keyboard.press("Tab")
    editor.keyboard.press("Enter")
    expect(editor.get_by_text("Perkembangan sudah terbit.")).to_be_visible()
    assert notice.updates.first().words == "Kabel ditemukan."
