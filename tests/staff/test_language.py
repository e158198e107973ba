"""Officers read Indonesian when they chose it, English when they chose that, and never half of each."""

import pytest
from django.urls import reverse
from django.utils.encoding import force_str
from django.utils.translation import gettext, override
from wagtail.users.models import UserProfile

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Step
from helpdesk_plugin.staff import answering_words, approval_words, choosing_words, publishing_words
from helpdesk_plugin.staff.wagtail_words import WORDS
from tests.factories import ticket_at
from tests.staff.conftest import act_url, list_url, page_url

#: Words that are the same in both languages.
SAME = {"Status", "Status: "}

ENGLISH = ("What comes next", "Where it stands", "Lies with", "Filter by", "Skip to main content", "Search…")
INDONESIAN = ("Langkah berikutnya", "Berada pada", "Saring menurut", "Lompat ke isi utama")


@pytest.fixture
def screens(staff):
    """Everything that an officer sees on the way from the list to a form, as one text."""
    ticket = ticket_at(TicketStatus.SUBMITTED, staff=staff)

    def read(client) -> str:
        history = reverse("helpdesk_tickets:history", args=[ticket.pk])
        addresses = (list_url(), page_url(ticket), act_url(ticket, Step.TRIAGE), history)
        return "\n".join(client.get(address).content.decode() for address in addresses)

    return read


def choose(user, language):
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})


def test_officer_who_chose_indonesian_reads_it_everywhere(staff, as_role, screens):
    choose(staff.teknisi, "id")
    html = screens(as_role(Role.TECHNICAL_SUPPORT))
    assert [words for words in INDONESIAN if words not in html] == []
    assert [words for words in ENGLISH if words in html] == []
    assert '<html lang="id"' in html


def test_officer_who_chose_english_reads_that(staff, as_role, screens):
    choose(staff.teknisi, "en")
    html = screens(as_role(Role.TECHNICAL_SUPPORT))
    assert [words for words in ENGLISH if words not in html] == []
    assert [words for words in INDONESIAN if words in html] == []


@pytest.mark.parametrize("words", [force_str(one) for one in WORDS if isinstance(one, str)])
def test_words_that_wagtail_lacks_are_translated(words):
    with override("id"):
        assert gettext(words) != words or words in SAME


@pytest.mark.parametrize(
    "words",
    [answering_words.WORDS, approval_words.WORDS, choosing_words.WORDS, publishing_words.WORDS],
)
def test_words_of_editors_are_translated(words):
    with override("id"):
        assert [one for one in words if type(one) is str and gettext(one) == one] == []
