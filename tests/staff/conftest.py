"""Officers at their screens."""

import pytest
from django.test import Client
from django.urls import reverse

from helpdesk_plugin.domain.parties import Role
from tests.factories import Staff, make_agency_data, without_security_rights


@pytest.fixture
def staff(db):
    make_agency_data()
    return Staff()


@pytest.fixture
def sign_in():
    """A browser in which a user has signed in."""

    def signed_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def as_role(staff, sign_in):
    """A browser of the officer who holds an office."""
    return lambda role: sign_in(staff[Role(role)])


@pytest.fixture
def editor(as_role):
    return as_role(Role.EDITOR)


@pytest.fixture
def teknisi(as_role):
    return as_role(Role.TECHNICAL_SUPPORT)


@pytest.fixture
def narrow_circle(staff):
    """An agency in which technical support may not see matters of information security."""
    without_security_rights(staff.teknisi)


def list_url(**query) -> str:
    return reverse("helpdesk_tickets:list", query=query or None)


def page_url(ticket) -> str:
    return reverse("helpdesk_tickets:inspect", args=[ticket.pk])


def act_url(ticket, act) -> str:
    return reverse("helpdesk_tickets:act", args=[ticket.pk, getattr(act, "value", act)])


def filled(client, url: str, **fields) -> dict:
    """What the form at ``url`` would send: its initial values, with ``fields`` typed over them."""
    form = client.get(url).context["form"]
    sent = {}
    for bound in form:
        value = bound.value()
        if value in (None, False) or bound.field.__class__.__name__ == "FilesField":
            continue
        sent[bound.html_name] = "on" if value is True else value
    return {**sent, **fields}


def messages_of(response) -> list[str]:
    """The sentences that Wagtail shows above a page."""
    return [" ".join(str(message).split()) for message in response.context["messages"]]
