"""Contacts (PIC) of agencies: handing over when people move, and what a contact may do on a ticket.

A contact follows the public progress of the agency's tickets and may write to the desk. Confirming,
reopening, cancelling and completing stay with who filed the ticket: these acts decide about another person's
request, and the desk must be able to trust who spoke. Files and contact data of the requester stay closed.
"""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.history import sign
from helpdesk_plugin.models import OpdContact, Ticket, normalised_address
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.services._door import Passage, Request, pass_through
from helpdesk_plugin.services.errors import NotPermitted

CHANGE = "helpdesk_plugin.change_opdcontact"


def hand_over(contact_id: int, *, name: str, email: str, first_day: date, by: Any) -> OpdContact:
    """End one contact the day before ``first_day`` and begin the next on it; return the next.

    Raises PermissionDenied, and ValidationError when the present one would end before beginning, has ended
    already, or the next one is the same person or a contact of the agency already; then nothing has changed.
    """
    if not holds(by, CHANGE):
        raise PermissionDenied
    with transaction.atomic():
        present = OpdContact.objects.select_for_update(of=("self",)).get(pk=contact_id)
        _check(present, email, first_day)
        present.last_day = first_day - timedelta(days=1)
        _save(present, by)
        following = OpdContact(
            opd_id=present.opd_id, name=name, email=normalised_address(email), first_day=first_day
        )
        following.full_clean()
        _save(following, by)
        return following


def reply_as_contact(ticket_id: int, contact: OpdContact, *, note: str, key: str | None = None) -> Ticket:
    """Write to the desk as the contact of the ticket's agency; recorded with the contact's name.

    Raises NotPermitted when the contact is not in office today, or the ticket is another agency's or about
    information security.
    """

    def sign(passage: Passage) -> None:
        today = agency_date(passage.at)
        in_office = OpdContact.objects.on(today).filter(pk=contact.pk, opd=passage.ticket.opd_id).exists()
        if not in_office or passage.ticket.security_flag:
            raise NotPermitted(Remark.REPLY)
        passage.data["contact"] = contact.name

    return pass_through(ticket_id, Remark.REPLY, Request(by=Party.REQUESTER, note=note, key=key), sign)


def contacts_today(address: str) -> list[OpdContact]:
    """The contacts that the person with this normalised address is today, by the agencies' names."""
    today = OpdContact.objects.on(agency_date(clock.now())).filter(email=address)
    return list(today.select_related("opd").order_by("opd__name", "pk"))


def _check(present: OpdContact, email: str, first_day: date) -> None:
    if normalised_address(email) == present.email:
        raise ValidationError({"email": _("This is the person who hands over.")})
    if first_day <= present.first_day:
        raise ValidationError(
            {"first_day": _("The present contact must have been in office for one day at least.")}
        )
    if present.last_day and present.last_day < first_day - timedelta(days=1):
        raise ValidationError(
            {"first_day": _("The present contact ends before that day; add the next one instead.")}
        )


def _save(contact: OpdContact, by: Any) -> None:
    sign(contact, by, "hand over")
    contact.save()
