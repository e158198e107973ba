"""The head of agency with one thumb: a telephone of 360 pixels, several requests at once."""

from playwright.sync_api import Locator, expect

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import Ticket
from tests.factories import Staff, ticket_at

#: Width and height in CSS pixels that a thumb hits.
THUMB = 44


class Thumb:
    """Presses things that are large enough, and counts."""

    def __init__(self):
        self.taps = 0

    def tap(self, thing: Locator) -> None:
        thing.scroll_into_view_if_needed()
        box = thing.bounding_box()
        assert box["height"] >= THUMB, thing
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        thing.click()
        self.taps += 1


def test_three_requests_are_disposed_in_fewer_than_ten_taps(site, open_window):
    staff, thumb = Staff(), Thumb()
    waiting = [ticket_at(TicketStatus.TRIAGED, staff=staff) for _ in range(3)]
    page = open_window("phone", user=staff[Role.HEAD_OF_AGENCY])
    page.goto("/admin/")
    thumb.tap(page.get_by_role("link", name="3 tiket menunggu disposisi"))
    for ticket in waiting:
        thumb.tap(page.locator(f"label[for=ticket-{ticket.pk}]"))
    thumb.tap(page.locator("label", has_text="Sangat segera"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    thumb.tap(page.get_by_role("button", name="Beri disposisi"))
    expect(page.get_by_text("3 disposisi diberikan")).to_be_visible()
    assert thumb.taps < 10
    assert {ticket.state for ticket in Ticket.objects.all()} == {TicketStatus.DISPOSED}
    given = [ticket.dispositions.get().nature for ticket in Ticket.objects.all()]
    assert given == ["very_urgent"] * 3
