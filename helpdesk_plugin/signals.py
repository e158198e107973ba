"""The signals that a host site may listen to."""

from django.dispatch import Signal

#: Sent after commit, once per act recorded in the ledger, with ``sender=Ticket``, ``event`` (the
#: TicketEvent) and ``ticket``. Receivers run robustly: an exception in one is logged, reaches neither
#: the person who acted nor the other receivers, and undoes nothing.
ticket_stepped = Signal()

#: Sent after commit with ``sender=StatusNotice`` and ``notice`` whenever the public face of a notice has
#: changed: it was published, an update was, it expired or was withdrawn. Robust, like the other.
notice_changed = Signal()
