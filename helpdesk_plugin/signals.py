"""The one signal that a host site may listen to."""

from django.dispatch import Signal

#: Sent after commit, once per act recorded in the ledger, with ``sender=Ticket``, ``event`` (the
#: TicketEvent) and ``ticket``. Receivers run robustly: an exception in one is logged, reaches neither
#: the person who acted nor the other receivers, and undoes nothing.
ticket_stepped = Signal()
