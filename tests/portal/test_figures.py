"""Public figures: right, told of crowds only, kept for some minutes, and without a cache all the same."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import SurveyAnswer, Ticket
from helpdesk_plugin.portal import figures
from helpdesk_plugin.portal.figures import Month, Reality
from tests.factories import MONDAY_9, make_service, make_ticket

NOW = MONDAY_9 + timedelta(days=2)  # Wednesday, 25 November 2026


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


def closed(service, *, recovery=60, response=30, met=True, at=None, **fields) -> Ticket:
    """A ticket that was closed on Monday: the figures read these columns and nothing else."""
    ticket = make_ticket(service=service, at=at or MONDAY_9)
    outcome = "met" if met else "missed"
    Ticket.objects.filter(pk=ticket.pk).update(
        **{
            "status": TicketStatus.CLOSED.value,
            "first_response_at": ticket.submitted_at + timedelta(minutes=response),
            "response_outcome": outcome,
            "clock_used": timedelta(minutes=recovery),
            "recovery_outcome": outcome,
            "resolved_at": ticket.submitted_at + timedelta(minutes=recovery),
            "closed_at": ticket.submitted_at + timedelta(hours=5),
            **fields,
        }
    )
    return ticket


def test_reality_is_the_median_and_the_share_in_time(service):
    for n in range(10):
        closed(service, recovery=60 + n, response=10 + n, met=n < 9)
    # Halves of a minute go to the even neighbour: 64.5 is told as 64.
    assert figures.reality_of(service) == Reality(10, 14, 90, 64, 90)


def test_reality_counts_response_in_working_time(service):
    for _ in range(10):
        closed(service, response=4 * 60)  # over the lunch hour
    assert figures.reality_of(service).response_minutes == 180


@pytest.mark.parametrize(("tickets", "told"), [(9, None), (10, 10)])
def test_reality_is_hidden_below_ten(client, service, tickets, told):
    for _ in range(tickets):
        closed(service)
    assert figures.reality_of(service).closed == told
    html = client.get(reverse("helpdesk:standard", args=[service.code])).content.decode()
    assert ("Kurang dari 10 permohonan ditutup" in html) == (told is None)
    assert ("10 permohonan ditutup. Separuhnya" in html) == (told is not None)


def test_reality_leaves_out_what_is_not_its_own(service):
    for _ in range(9):
        closed(service)
    closed(make_service())
    closed(service, security_flag=True)
    closed(service, closed_at=NOW - timedelta(days=91))
    closed(service, status=TicketStatus.REJECTED.value)
    assert figures.reality_of(service) == Reality()


def test_share_without_enough_promises_is_not_told(service):
    for n in range(10):
        closed(service, **({"recovery_outcome": ""} if n == 0 else {}))
    assert figures.reality_of(service) == Reality(10, 30, 100, 60, None)


def test_months_count_by_the_agencys_calendar(service):
    for _ in range(6):
        closed(service)
    closed(service, met=False)
    # 31 October, 17.30 UTC, is the first of November on the agency's clocks.
    make_ticket(service=service, at=MONDAY_9.replace(month=10, day=31, hour=17, minute=30))
    for _ in range(5):
        closed(service, at=MONDAY_9.replace(month=10, day=31, hour=1))
    assert figures.months() == [
        Month(date(2026, 11, 1), 8, 7, 85, None),
        Month(date(2026, 10, 1), 5, 5, 100, None),
    ]


@pytest.mark.parametrize(("tickets", "told"), [(0, 0), (1, None), (4, None), (5, 5)])
def test_small_counts_of_a_month_are_not_told(client, service, tickets, told):
    for _ in range(tickets):
        closed(service)
    month = figures.months()[0]
    assert (month.filed, month.handled) == (told, told)
    assert month.on_time_percent == (100 if tickets == 5 else None)
    html = client.get(reverse("helpdesk:catalogue")).content.decode()
    assert html.count("kurang dari 5") == (2 if told is None else 0)


def test_months_leave_information_security_out(service):
    for n in range(6):
        closed(service, security_flag=n > 0)
    assert figures.months()[0].filed is None


def rate(ticket: Ticket, score: int, at) -> None:
    closing = ticket.events.create(act="close", party="staff", to_status="closed", at=at)
    SurveyAnswer.objects.create(ticket=ticket, closing=closing, score=score, at=at)


@pytest.mark.parametrize(("scores", "told"), [([4, 3, 3, 2], None), ([4, 3, 3, 2, 1], 60), ([4] * 6, 100)])
def test_satisfaction_is_the_share_of_the_two_good_answers(service, scores, told):
    for score in scores:
        rate(make_ticket(service=service, at=MONDAY_9), score, MONDAY_9)
    rate(make_ticket(service=service, at=MONDAY_9), 1, MONDAY_9 - timedelta(days=30))
    secret = make_ticket(service=service, at=MONDAY_9)
    rate(secret, 1, MONDAY_9)
    Ticket.objects.filter(pk=secret.pk).update(security_flag=True)
    assert [month.satisfied_percent for month in figures.months()] == [told, None]


def test_figures_are_kept_for_some_minutes(service, django_assert_num_queries):
    for _ in range(5):
        closed(service)
    assert figures.months()[0].filed == 5
    closed(service)
    with django_assert_num_queries(0):
        assert figures.months()[0].filed == 5
    cache.clear()
    assert figures.months()[0].filed == 6


def test_figures_do_without_a_cache(service, monkeypatch):
    def broken(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr(cache, "get", broken)
    monkeypatch.setattr(cache, "set", broken)
    for _ in range(5):
        closed(service)
    assert figures.months()[0].filed == 5


def test_figures_cost_the_same_with_many_tickets(service, django_assert_num_queries):
    for _ in range(10):
        closed(service)
    with django_assert_num_queries(6):
        figures.reality_of(service)
    for _ in range(20):
        closed(service)
    cache.clear()
    with django_assert_num_queries(6):
        figures.reality_of(service)
    with django_assert_num_queries(2):
        figures.months()
