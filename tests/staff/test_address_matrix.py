"""Office × address × method: every page of the app in the admin, and who opens it or sends to it.

The addresses are found by walking the URL resolver and Wagtail's registries of bulk actions and of settings.
One that nobody has decided about fails `test_every_address_is_decided`, which says what to add here.
"""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseForbidden
from django.test import RequestFactory
from django.urls import resolve

from helpdesk_plugin.domain.parties import STAFF_ROLES
from tests.factories import (
    Staff,
    make_agency_data,
    make_user,
)
from tests.staff.address_decisions import DECISIONS, MANAGER, NOBODY, READERS, Decision
from tests.staff.admin_addresses import Rows, address_of, walked
from tests.staff.test_closed_doors import our_addresses

#: A database is made only for a run in which some test says that it needs one.
pytestmark = pytest.mark.django_db


def test_every_address_is_decided():
    here = {(family, page) for family, pages in DECISIONS.items() for page in pages}
    undecided = [where for where in dict.fromkeys(walked()) if where not in here]
    advice = "Decide who opens these and who sends to them, in address_decisions.py: family → page."
    assert undecided == [], advice


def test_every_decision_is_about_an_address_that_exists():
    there = set(walked())
    decided = [(family, page) for family, pages in DECISIONS.items() for page in pages]
    gone = [where for where in decided if where not in there]
    assert gone == [], "These addresses are no more: take them out of address_decisions.py."


@pytest.fixture(scope="module")
def rows(django_db_setup, django_db_blocker):
    """A row of everything that has pages, made once: no request here leaves anything behind."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_agency_data()
        yield Rows(Staff())
        transaction.set_rollback(True)


# --- The question ----------------------------------------------------------------------------------------

ask = RequestFactory()


def is_opened(user, method: str, address: str) -> bool:
    """Whether the very view that the resolver finds lets a request in. Whatever it changed is taken back.

    The view is asked without the middleware around it and its page is not drawn: neither decides who enters,
    and drawing is most of the work. `test_closed_doors` goes the whole way from browser to page.
    """
    request = getattr(ask, method)(address)
    request.user, request.session = user, SessionStore()
    request._messages = FallbackStorage(request)
    found = request.resolver_match = resolve(address.partition("?")[0])
    with transaction.atomic():
        try:
            response = found.func(request, *found.args, **found.kwargs)
        except (Http404, PermissionDenied):
            response = HttpResponseForbidden()
        transaction.set_rollback(True)
    for close in response._resource_closers:
        close()
    assert response.status_code < 500, f"{method} {address}"
    sent_away = response.status_code == 302 and response.url.split("?")[0] in {"/admin/", "/admin/login/"}
    return response.status_code not in {403, 404, 405} and not sent_away


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_each_office_opens_what_was_decided_and_nothing_else(role, rows):
    wrong = list(differences(role, rows.staff[role], rows, DECISIONS))
    assert not wrong, "\n".join(wrong)


def differences(role, user, rows, decisions, *, secret: bool = False) -> Iterator[str]:
    """What an office opens or sends to against the decisions, one line each."""
    for family, pages in decisions.items():
        for page, (readers, senders) in pages.items():
            address = address_of(family, page, rows, secret=secret)
            for method, allowed in (("get", readers), ("post", senders)):
                opened = is_opened(user, method, address)
                if opened is not (role in allowed):
                    yield f"{method} {family} {page}: {'opened' if opened else 'closed'}"


# --- Confidential tickets --------------------------------------------------------------------------------

#: Pages of one ticket, decided for a confidential one: the offices that see it open what they open of others.
OF_A_SECRET: dict[str, dict[str, Decision]] = {
    "helpdesk_tickets": {**DECISIONS["helpdesk_tickets"], "csirt": (READERS, NOBODY)},
    "acts": DECISIONS["acts"],
}


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_each_office_opens_the_same_of_a_confidential_ticket(role, rows):
    wrong = list(differences(role, rows.staff[role], rows, OF_A_SECRET, secret=True))
    assert not wrong, "\n".join(wrong)


@pytest.fixture(scope="module")
def outsider(rows):
    """Somebody with every right of the app but that of seeing matters of security."""
    user = make_user()
    rights = Permission.objects.filter(content_type__app_label="helpdesk_plugin")
    user.user_permissions.set(rights.exclude(codename="view_security_ticket"))
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return type(user).objects.get(pk=user.pk)


def test_a_confidential_ticket_is_closed_to_everybody_outside_its_circle(rows, outsider):
    """Not one page of it opens, whatever else this person may do; of an ordinary ticket most of them do."""
    for secret, expected in ((True, set()), (False, {"inspect", "history", "print", "document", "note"})):
        opened = set()
        for family in OF_A_SECRET:
            for page in OF_A_SECRET[family]:
                address = address_of(family, page, rows, secret=secret)
                about_it = f"/{(rows.secret if secret else rows.ticket).pk}/" in address
                methods = ("get", "post") if about_it else ()
                opened |= {page for method in methods if is_opened(outsider, method, address)}
        assert opened >= expected
        assert secret is (opened == set())


def test_neither_bulk_pages_nor_wagtails_own_tell_of_a_confidential_ticket(rows, outsider, sign_in):
    """Every page of the admin that takes no key, or whatever Wagtail lets one ask about any model."""
    client, secret, asked = sign_in(outsider), rows.secret, 0
    bulk = [address_of("bulk ticket", page, rows, secret=True) for page in DECISIONS["bulk ticket"]]
    for address in (*bulk, *_of_wagtail(secret)):
        answer = client.get(address)
        asked += 1
        if answer.status_code == 200 and not answer.streaming:
            html = answer.content.decode()
            assert secret.number not in html, address
            assert secret.summary not in html, address
    assert asked > 60


def _of_wagtail(ticket) -> Iterator[str]:
    """Addresses of the admin that are not ours, filled with a ticket wherever they ask for an object."""
    key = str(ticket.pk)
    model = {"app_label": "helpdesk_plugin", "app_name": "helpdesk_plugin", "model_name": "ticket"}
    usable = {**model, "action": "delete", "object_id": key, "pk": key, "session_id": "1"}
    usable |= {"content_type_app_name": "helpdesk_plugin", "content_type_model_name": "ticket"}
    left_alone = ("helpdesk/", "logout", "failwhale", "test404", "(", "^.*", "^")
    for _name, address in our_addresses(within=""):
        if any(part in address for part in left_alone):
            continue
        keys = re.findall(r"<(?:\w+:)?(\w+)>", address)
        # A key alone names a page or a picture, a key with a model may name a ticket.
        if set(keys) <= set(usable) and (not keys or set(keys) & set(model)):
            yield re.sub(r"<(?:\w+:)?(\w+)>", lambda found: usable[found[1]], address)


@pytest.mark.parametrize("method", ["put", "delete"])
def test_no_other_method_fails(method, rows):
    for family, pages in DECISIONS.items():
        for page in pages:
            is_opened(rows.staff[MANAGER], method, address_of(family, page, rows))
