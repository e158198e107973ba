"""A canned reply on a real ticket: its variables filled in, in the requester's language."""

from collections.abc import Callable
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from helpdesk_plugin import conf
from helpdesk_plugin.cleaning import plain_line
from helpdesk_plugin.models import AgencyProfile, CannedReply, Ticket
from helpdesk_plugin.models.canned_replies import VARIABLES
from helpdesk_plugin.notifications.facts import agency_name, moment
from helpdesk_plugin.notifications.texts import filled_lines
from helpdesk_plugin.people import name_of

#: Replies that one ticket offers at most; an agency with more must sort them by service.
MOST = 40


def replies_for(ticket: Ticket) -> list[CannedReply]:
    """The replies that fit a ticket, the most particular ones first. One query."""
    return list(CannedReply.objects.fitting(ticket)[:MOST])


class Filler:
    """Fills replies from one ticket for one officer; what they have in common is worked out once."""

    def __init__(self, ticket: Ticket, officer: Any) -> None:
        with override(ticket.language):
            agency = AgencyProfile.load()
            self.values = {name: _VALUES[name](ticket, officer, agency) for name in VARIABLES}

    def fill(self, reply: CannedReply) -> str:
        """The reply as it will be sent. A line whose variable has nothing to say is left out."""
        lines = filled_lines(reply.text, self.values, VARIABLES)
        return "\n".join("".join(piece.text for piece in line) for line in lines).strip()


def tracking_page() -> str:
    """Where a requester types number and code; empty on a site without the public pages."""
    try:
        return conf.public_address(reverse("helpdesk:track"))
    except NoReverseMatch:
        return ""


_VALUES: dict[str, Callable[[Ticket, Any, AgencyProfile], str]] = {
    "name": lambda ticket, _officer, _agency: plain_line(ticket.requester_name),
    "number": lambda ticket, _officer, _agency: ticket.number,
    "summary": lambda ticket, _officer, _agency: plain_line(ticket.summary),
    "service": lambda ticket, _officer, _agency: plain_line(ticket.service.name),
    "opd": lambda ticket, _officer, _agency: plain_line(ticket.opd.name),
    "status": lambda ticket, _officer, _agency: ticket.requester_status,
    "due": lambda ticket, _officer, _agency: moment(ticket.due_at),
    "officer": lambda _ticket, officer, _agency: plain_line(name_of(officer)),
    "agency": lambda _ticket, _officer, agency: agency_name(agency),
    "phone": lambda _ticket, _officer, agency: plain_line(agency.phone or agency.whatsapp),
    "tracking_page": lambda _ticket, _officer, _agency: tracking_page(),
}
