"""The daily digest in the admin: declining it in the account, and its rows among the messages."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import HelpDeskSettings, MessageState, OfficerPreferences, OutboxMessage
from helpdesk_plugin.services.digests import queue_digests
from tests.factories import MONDAY_9, Journey

ACCOUNT = "/admin/account/"
MESSAGES = reverse("helpdesk_messages_modeladmin_index")


def typed(client) -> dict:
    """What the account screen would send as it stands."""
    sent = {}
    for panels in client.get(ACCOUNT).context["panels_by_tab"].values():
        for bound in (field for panel in panels for field in panel.get_form()):
            value = bound.value()
            if value not in (None, False, ""):
                sent[bound.html_name] = "on" if value is True else value
    return sent


def test_officer_declines_and_wants_it_again(staff, as_role):
    client = as_role(Role.HEAD_OF_AGENCY)
    page = client.get(ACCOUNT).content.decode()
    assert "Ringkasan harian lewat email" in page
    sent = typed(client)
    assert sent.pop("helpdesk-daily_digest") == "on"
    assert client.post(ACCOUNT, sent).status_code == 302
    assert list(OfficerPreferences.objects.values_list("user", "daily_digest")) == [(staff.kadis.pk, False)]
    assert "helpdesk-daily_digest" not in typed(client)
    assert client.post(ACCOUNT, {**sent, "helpdesk-daily_digest": "on"}).status_code == 302
    assert list(OfficerPreferences.objects.values_list("user", "daily_digest")) == [(staff.kadis.pk, True)]


def test_those_who_may_see_no_ticket_are_not_asked(as_role):
    assert "helpdesk-daily_digest" not in as_role(Role.EDITOR).get(ACCOUNT).content.decode()


def test_manager_finds_the_switch_among_the_settings(as_role):
    HelpDeskSettings.load()
    url = reverse("wagtailsettings:edit", args=["helpdesk_plugin", "helpdesksettings"])
    page = as_role(Role.MANAGER).get(url, follow=True).content.decode()
    assert 'name="daily_digest"' in page


@pytest.fixture
def digest(staff):
    staff.performers()
    Journey(staff=staff, at=MONDAY_9).to(TicketStatus.TRIAGED)
    OutboxMessage.objects.all().delete()
    with acting_at(MONDAY_9):
        queue_digests(MONDAY_9)
    return OutboxMessage.objects.get(recipient=staff.kadis)


@pytest.mark.parametrize("narrow", [False, True])
def test_digest_is_listed_among_the_messages(staff, sign_in, digest, narrow):
    reader = staff[Role.MANAGER]
    if narrow:
        reader.groups.get().permissions.remove(Permission.objects.get(codename="view_security_ticket"))
    page = sign_in(reader).get(MESSAGES).content.decode()
    assert f"Kepada petugas: ringkasan harian ({staff.kadis.get_full_name()})" in page
    assert "23 Nov 2026" in page


def test_parked_digest_is_sent_again_by_hand(as_role, digest):
    OutboxMessage.objects.update(state=MessageState.PARKED, attempts=14)
    manager = as_role(Role.MANAGER)
    address = reverse("helpdesk_messages_modeladmin_resend", args=[digest.pk])
    page = manager.get(address).content.decode()
    assert "Kepada petugas: ringkasan harian" in page
    assert "23 Nov 2026" in page
    assert manager.post(address).status_code == 302
    digest.refresh_from_db()
    assert (digest.state, digest.attempts, digest.resends) == (MessageState.QUEUED, 0, 1)


def test_searching_for_a_ticket_finds_no_digest(as_role, digest):
    response = as_role(Role.MANAGER).get(MESSAGES, {"q": "HD-2026-000001"})
    assert list(response.context["object_list"]) == []
