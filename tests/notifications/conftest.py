"""An agency that introduces itself, officers at every desk, and a look into the queue."""

from types import SimpleNamespace

import pytest
from django.core import mail

from helpdesk_plugin.models import OutboxMessage
from helpdesk_plugin.notifications import outbox
from helpdesk_plugin.notifications.rendering import render
from tests.factories import Staff, make_agency, make_agency_data, ticket_at


@pytest.fixture
def agency(db):
    """The agency, with hours and targets; its name has what headers stumble over."""
    make_agency_data()
    return make_agency()


@pytest.fixture
def staff(agency):
    """One officer at each desk of the SOP, made before any ticket so that all of them can be told."""
    officers = Staff()
    officers.performers()
    return officers


@pytest.fixture
def queued():
    """The queue as (kind, recipient) pairs in the order of delivery; None is the requester."""

    def read(**conditions):
        rows = OutboxMessage.objects.filter(**conditions).select_related("recipient").order_by("pk")
        return [(row.kind, row.recipient) for row in rows]

    return read


@pytest.fixture
def empty_queue(db):
    """Forget what a ticket's journey so far has queued, to see what the next act queues."""
    return lambda: OutboxMessage.objects.all().delete()


@pytest.fixture
def delivered():
    """Deliver everything, whatever its time, and return the mails as they would be read."""

    def deliver():
        mail.outbox.clear()
        outbox.deliver_due()
        return [
            SimpleNamespace(
                to=message.to,
                subject=message.subject,
                plain=message.body,
                html=message.alternatives[0].content,
                headers=message.message(),
            )
            for message in mail.outbox
        ]

    return deliver


@pytest.fixture
def after(staff, empty_queue):
    """A ticket in a status, with nothing in the queue but what comes next."""

    def arrange(status, **fields):
        ticket = ticket_at(status, staff=staff, **fields)
        empty_queue()
        return ticket

    return arrange


@pytest.fixture
def text_of(agency):
    """Write one kind of message about a ticket's latest event, as it would be sent."""

    def write(ticket, kind, recipient=None, language="id", **facts):
        event = ticket.events.newest_first().first()
        event.data |= facts
        message = OutboxMessage(
            kind=kind,
            ticket=ticket,
            event=event,
            recipient=recipient,
            language=language,
            created_at=event.at,
            next_attempt_at=event.at,
        )
        return render(message, agency)

    return write
