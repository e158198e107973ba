"""Editors reach no ticket: by no address, no act, no screen of notices."""

import re
from functools import partial
from itertools import chain, repeat

import pytest

from helpdesk_plugin.domain.papers import PaperKind
from helpdesk_plugin.domain.steps import act_named
from helpdesk_plugin.services import notice_links
from helpdesk_plugin.services.documents import Drawn, issue_document, keep_signed_copy
from tests.factories import accepted, make_notice, make_ticket
from tests.staff.conftest import act_url
from tests.staff.test_closed_doors import our_addresses
from tests.staff.test_notices import url

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
