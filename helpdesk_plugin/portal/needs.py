"""What the desk needs from the requester now, read from the ticket; empty most of the time."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from helpdesk_plugin import sla_clock
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Act, Remark, Step
from helpdesk_plugin.models import AttachmentPurpose
from helpdesk_plugin.portal.acts import Offer
from helpdesk_plugin.templatetags.helpdesk import long_datetime


@dataclass(frozen=True)
class Need:
    """One thing that is asked: ``quote`` holds the officers' own words, ``offers`` what to press."""

    title: str
    text: str
    quote: str = ""
    offers: list[Offer] = field(default_factory=list)


def needs_of(page) -> list[Need]:
    """What is asked of the requester, most pressing first. ``page`` is a `track.TicketPage`."""
    found = [_of_status(page), _of_papers(page)]
    return [need for need in found if need is not None]


def words_of(page, act: Act) -> str:
    """What the officers wrote when this act was last taken, as far as it is for the requester's eyes."""
    return next((event.public_note for event in page.events if event.act == act.value), "")


def _of_status(page) -> Need | None:
    state = page.ticket.state
    if state is TicketStatus.RETURNED:
        deadline = sla_clock.completion_deadline(page.ticket)
        text = _("Complete it before %(deadline)s.") % {"deadline": long_datetime(deadline)}
        return Need(
            _("Your request must be completed"),
            text,
            words_of(page, Step.RETURN),
            _offers(page, Step.RESUBMIT),
        )
    if state is TicketStatus.WAITING_REQUESTER:
        text = _("The clock of the service target stands still until you answer.")
        return Need(
            _("The officers ask you"), text, words_of(page, Step.HOLD_REQUESTER), _offers(page, Step.ANSWER)
        )
    if state is TicketStatus.RESOLVED and not page.ticket.confirmed_at:
        offers = _offers(page, Step.CONFIRM, Step.NOT_FIXED)
        return Need(_("Is it fixed?"), page.position.promise, words_of(page, Step.INFORM), offers)
    return None


def _of_papers(page) -> Need | None:
    ticket, offers = page.ticket, _offers(page, Remark.ATTACH)
    if not offers or not ticket.service.letter_required(ticket.kind):
        return None
    if any(file.purpose == AttachmentPurpose.COVER_LETTER for file in page.files):
        return None
    text = _("It must be here before the head of agency can give the disposition.")
    return Need(_("The covering letter is still missing"), text, offers=offers)


def _offers(page, *acts: Act) -> list[Offer]:
    return [offer for offer in page.offers if offer.act in acts]
