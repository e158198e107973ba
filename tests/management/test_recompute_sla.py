"""`manage.py recompute_sla`: every ticket against its ledger, in batches, with a bar for those who look."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from helpdesk_plugin import sla_clock
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.management.progress import ProgressBar
from helpdesk_plugin.models import Ticket
from tests.factories import MONDAY_9, Journey, Staff, make_agency_data, make_opd, make_service, make_ticket

S = TicketStatus


@pytest.fixture
def tickets(db):
    """One ticket in each status that a journey reaches, with pauses, an end and a reopening among them."""
    make_agency_data()
    staff, shared = Staff(), {"service": make_service(), "opd": make_opd()}
    return [Journey(staff=staff, at=MONDAY_9, **shared).to(status) for status in S if status is not S.MERGED]


def run(*arguments):
    out, err = StringIO(), StringIO()
    call_command("recompute_sla", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.mark.parametrize("batch", [1000, 4, 1])
def test_every_ticket_agrees_whatever_the_size_of_a_batch(tickets, monkeypatch, batch):
    monkeypatch.setattr(sla_clock, "_BATCH", batch)
    assert run("--check") == (f"{len(tickets)} tickets agree with their ledger.\n", "")


@pytest.mark.parametrize("batch", [1000, 4])
def test_differing_figures_are_named_and_end_in_an_error(tickets, monkeypatch, batch):
    monkeypatch.setattr(sla_clock, "_BATCH", batch)
    early, late = tickets[2], tickets[-1]
    Ticket.objects.filter(pk__in=[early.pk, late.pk]).update(
        recovery_due_at=datetime(2026, 1, 1, tzinfo=UTC), response_outcome="missed"
    )
    out = StringIO()
    with pytest.raises(CommandError, match=f"^2 of {len(tickets)} tickets differ"):
        call_command("recompute_sla", stdout=out)
    lines = out.getvalue().splitlines()
    assert [line.split(":")[0] for line in lines] == [
        f"{ticket.number} {name}"
        for ticket in (early, late)
        for name in ("response_outcome", "recovery_due_at")
    ]


def test_only_the_tickets_named_are_looked_at(tickets):
    Ticket.objects.filter(pk=tickets[0].pk).update(recovery_due_at=None)
    assert run(tickets[1].number, tickets[2].number)[0] == "2 tickets agree with their ledger.\n"
    with pytest.raises(CommandError, match="1 of 1"):
        run(tickets[0].number)


def test_nothing_is_changed(tickets):
    before = list(Ticket.objects.order_by("pk").values_list())
    run()
    assert list(Ticket.objects.order_by("pk").values_list()) == before


def test_queries_do_not_grow_with_the_tickets(tickets, django_assert_num_queries):
    with django_assert_num_queries(5):  # count, tickets, ledger, calendar, no more tickets
        run()
    make_ticket(at=MONDAY_9)
    with django_assert_num_queries(5):
        run()


def test_bar_is_drawn_when_it_is_asked_for(tickets):
    out, err = run("--progress")
    assert out == f"{len(tickets)} tickets agree with their ledger.\n"
    assert err.endswith(f"100%  {len(tickets)} of {len(tickets)}  0 s   \n")
    assert run()[1] == ""


def test_bar_says_how_long_the_rest_will_take():
    said, clock = [], iter([0.0, 10.0, 10.0, 10.1, 20.0, 20.0, 40.0])
    bar = ProgressBar(said.append, 400, shown=True, now=lambda: next(clock))
    bar.advance(100)
    bar.advance(50)  # a tenth of a second later: not drawn
    bar.advance(50)
    bar.close()
    assert said == [
        "\r[#######.......................]  25%  100 of 400  30 s left   ",
        "\r[###############...............]  50%  200 of 400  20 s left   ",
        "\r[###############...............]  50%  200 of 400  40 s left   ",
        "\n",
    ]


def test_bar_of_nothing_is_full():
    said = []
    ProgressBar(said.append, 0, shown=True, now=lambda: 0.0).close()
    assert said == ["\r[##############################] 100%  0 of 0  0 s   ", "\n"]
