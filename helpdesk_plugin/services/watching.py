"""Keeping an eye on a ticket. No act: it changes nothing about the ticket and concerns nobody else."""

from typing import Any

from helpdesk_plugin import clock
from helpdesk_plugin.models import Follow, Ticket


def follow_ticket(ticket: Ticket, officer: Any) -> None:
    """Follow a ticket; following it twice is following it once."""
    Follow.objects.get_or_create(ticket=ticket, officer=officer, defaults={"at": clock.now()})


def unfollow_ticket(ticket: Ticket, officer: Any) -> None:
    """Follow a ticket no longer."""
    Follow.objects.filter(ticket=ticket, officer=officer).delete()


def follows(ticket: Ticket, officer: Any) -> bool:
    """Whether an officer follows a ticket. One query."""
    return Follow.objects.filter(ticket=ticket, officer=officer).exists()
