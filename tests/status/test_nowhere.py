"""What is not public is nowhere on the site: no page, search, banner, feed or mail says a word of it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from helpdesk_plugin.models import NoticeSubscription, Service, StatusNotice
from helpdesk_plugin.services import subscriptions
from helpdesk_plugin.services.subscriptions import Wish
from tests.factories import make_notice, make_service

SECRET = "RAHASIA-BELUM-TERBIT"
#: Pages of the site and of the help desk that anybody opens; the last are there for programs, if at all.
SITE = ("/", "/search/?q=RAHASIA", "/search/?q=internet", "/admin/login/", "/help-desk/")
PROGRAMS = ("/sitemap.xml", "/robots.txt", "/api/v2/pages/", "/api/", "/feed/")
STATUS = ("status", "status_atom", "status_rss", "status_json", "status_subscribe", "report", "track")


@pytest.fixture
def site(settings):
    """The agency's own site around the help desk, and somebody who is told of everything."""
    settings.HELPDESK_BASE_TEMPLATE = "base.html"
    call_command("setup_site", verbosity=0)
    subscriptions.ask("pembaca@example.test", Wish(), language="id")
    subscriptions.confirm(NoticeSubscription.objects.get().confirm_token)
    call_command("helpdesk_deliver", verbosity=0)
    mail.outbox.clear()


def everything(client) -> str:
    """All pages, and all mails after schedulers and workers have done what they can."""
    for command in ("helpdesk_tick", "publish_scheduled", "helpdesk_deliver"):
        call_command(command, verbosity=0)
    now = timezone.localdate()
    addresses = [*SITE, *PROGRAMS, *(reverse(f"helpdesk:{name}") for name in STATUS)]
    addresses += [
        f"{reverse('helpdesk:report')}?layanan={code}"
        for code in Service.objects.values_list("code", flat=True)
    ]
    addresses.append(reverse("helpdesk:status_month", args=[now.year, now.month]))
    for notice in StatusNotice.objects.all():
        addresses.append(reverse("helpdesk:notice", args=[notice.pk]))
        addresses.append(f"{reverse('helpdesk:status_subscribe')}?pengumuman={notice.pk}")
        addresses += [
            reverse(f"helpdesk_notices:{name}", args=[notice.pk])
            for name in ("preview_on_edit", "inspect", "edit", "history", "linked", "usage")
        ]
    told = [client.get(address, follow=True).content.decode() for address in addresses]
    told += [letter.message().as_bytes().decode() + letter.body for letter in mail.outbox]
    return "\n".join(told)


def test_what_is_not_public_is_nowhere(client, site, internet):
    """Drafts, what is to come, what was withdrawn, security, drafted words, officers' facts, and updates."""
    secret = make_service(code="KAM-INS", name="Insiden", is_security=True)
    soon = timezone.now() + timedelta(hours=1)
    make_notice(title=SECRET, summary=f"<p>{SECRET}</p>", services=[internet], published=False)
    make_notice(title=SECRET, services=[internet], go_live_at=soon)
    make_notice(title=SECRET, services=[internet], notify_on_publish=False).unpublish()
    make_notice(title=SECRET, services=[secret])
    make_notice(title=SECRET, services=[internet, secret])
    public = make_notice(title="Kabel putus", services=[internet])
    StatusNotice.objects.filter(pk=public.pk).update(facts=SECRET)
    public.refresh_from_db()
    public.title, public.cause = f"Kabel {SECRET}", SECRET
    public.save_revision()
    public.updates.create(words=SECRET, publish_at=soon)
    public.updates.create(words=SECRET)
    told = everything(client)
    assert SECRET not in told
    assert "Kabel putus" in told
    assert ["Kabel putus" in letter.subject for letter in mail.outbox] == [True]


def test_the_same_look_finds_what_is_public(client, site, internet):
    """So that the look above is known to reach page, banner, feed and mail."""
    make_notice(title=SECRET, services=[internet])
    told = everything(client)
    assert told.count(SECRET) > 10
    assert [SECRET in letter.subject for letter in mail.outbox] == [True]
    assert SECRET in client.get("/").content.decode()
