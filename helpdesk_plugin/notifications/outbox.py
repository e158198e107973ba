"""The queue of messages: rows written in the act's transaction, delivered after it."""

from helpdesk_plugin.models import TicketEvent


def queue(event: TicketEvent) -> None:
    """Write the messages that this event causes; part of the act's transaction."""


def kick() -> None:
    """Ask the worker to deliver what is due; called after commit."""
