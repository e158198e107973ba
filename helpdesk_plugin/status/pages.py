"""The pages of the status: the board, one notice, a month of the past."""

from datetime import date, datetime

from django.http import Http404
from django.template.loader import render_to_string

from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.models import StatusNotice
from helpdesk_plugin.portal.pages import frame
from helpdesk_plugin.status.bars import bar_of, legend
from helpdesk_plugin.status.board import DAYS, MONTHS, Board, Month, months_before, next_change
from helpdesk_plugin.status.kept import Answer, public_answer

#: Months of the past that have a page.
MOST_MONTHS = 120


@public_answer
def index(request, now: datetime) -> Answer:
    """/status/: every service group now, what is going on, what is planned, and the last months."""
    board = Board(now)
    context = {
        "board": board,
        "groups": [(group, bar_of(group)) for group in board.groups],
        "days": DAYS,
        "states": legend(),
        "older": months_before(board.today, MONTHS),
    }
    return _page(request, "status.html", context, now, board.valid_until)


@public_answer
def notice(request, now: datetime, pk: int) -> Answer:
    """/status/<id>/: one notice with its timeline, for good. A withdrawn one is gone. Raises Http404."""
    found = StatusNotice.objects.public(now).with_public_facts(now).filter(pk=pk).first()
    if found is None:
        raise Http404("no such notice")
    is_expired = not found.live or (found.expire_at is not None and found.expire_at <= now)
    context = {
        "notice": found,
        "phase": found.phase_at(now),
        "is_expired": is_expired,
        "is_open": not is_expired and not found.is_over(now),
    }
    return _page(request, "notice.html", context, now, next_change([found], now))


@public_answer
def past(request, now: datetime, year: int, month: int) -> Answer:
    """/status/riwayat/<year>/<month>/: what began in a month of the past. Raises Http404."""
    today = agency_date(now)
    known = {months_before(today, back) for back in range(MOST_MONTHS)}
    first = date(year, month, 1) if 1 <= month <= 12 and 1 <= year <= 9999 else None
    if first not in known:
        raise Http404("no such month")
    begun = list(StatusNotice.objects.archive(first, now).with_public_facts(now))
    later = months_before(first, -1)
    context = {
        "month": Month(first, begun),
        "older": months_before(first, 1) if months_before(first, 1) in known else None,
        "later": later if later in known else None,
    }
    return _page(request, "month.html", context, now, next_change(begun, now))


def _page(request, template: str, context: dict, now: datetime, valid_until: datetime) -> Answer:
    html = render_to_string(f"helpdesk_plugin/status/{template}", frame({**context, "now": now}), request)
    return Answer(html, "text/html; charset=utf-8", valid_until)
