"""What the product has stored, read from its database and its store once everything stands still."""

import hashlib
import io
from datetime import timedelta

from bench.chaos.counting import (
    Findings,
    StoredEvent,
    StoredFile,
    StoredMessage,
    StoredTicket,
    count_acts,
    count_messages,
    count_numbers,
)
from bench.chaos.people import Notebook
from bench.chaos.post import Post


def deliver_everything() -> None:
    """Let days pass for the outbox: what waits for its next try, or the end of a lease, is tried."""
    from django.utils import timezone

    from helpdesk_plugin.models import OutboxMessage
    from helpdesk_plugin.notifications.outbox import deliver_due

    for hours in range(0, 120, 2):
        if not OutboxMessage.objects.waiting().exists():
            return
        deliver_due(timezone.now() + timedelta(hours=hours), limit=100_000)


def count_everything(notebook: Notebook, post: Post, faults: list[float]) -> Findings:
    """All findings of a run."""
    from helpdesk_plugin.models import NumberSeries, Ticket, TicketEvent

    tickets = list(Ticket.objects.order_by("pk"))
    stored = [StoredTicket(t.number, str(t.submission_key), t.summary) for t in tickets]
    events = [
        StoredEvent(number, key or "", note)
        for number, key, note in TicketEvent.objects.order_by("pk").values_list(
            "ticket__number", "key", "note"
        )
    ]
    found = count_acts(notebook.wishes, stored, events, stored_files())
    last = NumberSeries.objects.filter(name="ticket").order_by("-year").first()
    found |= count_numbers([int(t.number[-6:]) for t in tickets], last.last if last else 0)
    found |= count_messages(stored_messages(), post.arrivals, faults)
    found["acts without their messages"] = _untold()
    found["parts missing of a ticket"] = _incomplete(tickets)
    found["ledgers that disagree"] = _disagreeing()
    return found


def stored_files() -> list[StoredFile]:
    """Every attachment with the key that it came under, read back from the store."""
    from helpdesk_plugin.domain.steps import Step
    from helpdesk_plugin.models import Attachment

    found = []
    for row in Attachment.objects.select_related("ticket", "event").order_by("pk"):
        filed = row.event.act == Step.SUBMIT.value
        of = str(row.ticket.submission_key) if filed else row.event.key or ""
        try:
            with row.file.open("rb") as content:
                intact = hashlib.sha256(content.read()).hexdigest() == row.sha256
        except OSError:
            intact = False
        found.append(StoredFile(of, row.sha256, intact))
    return found


def stored_messages() -> list[StoredMessage]:
    """Every row of the outbox with the identity that its mail bears."""
    from helpdesk_plugin.models import OutboxMessage
    from helpdesk_plugin.notifications.mail import message_id

    rows = OutboxMessage.objects.select_related("ticket", "notice_update").order_by("pk")
    return [StoredMessage(message_id(row), row.state) for row in rows]


def litter() -> int:
    """How many files in the private store no row knows: left by transactions that were killed."""
    return len(_unknown())


def sweep() -> int:
    """Delete them as the scheduler does, though nobody works any more: without waiting for a day to pass."""
    from helpdesk_plugin.services.leftovers import remove

    return remove(_unknown())


def _unknown() -> list[str]:
    from helpdesk_plugin.services.leftovers import PARTS, look

    return look(PARTS, older_than=timedelta(0)).leftovers


def _untold() -> list[str]:
    """Tickets whose confirmation was never queued."""
    from helpdesk_plugin.domain.steps import Step
    from helpdesk_plugin.models import TicketEvent

    filed = TicketEvent.objects.filter(act=Step.SUBMIT.value).exclude(ticket__requester_email="")
    told = filed.filter(messages__recipient=None, messages__isnull=False)
    return list(filed.exclude(pk__in=told.values("pk")).values_list("ticket__number", flat=True))


def _incomplete(tickets: list) -> list[str]:
    from helpdesk_plugin.models import TicketAccess, TicketSearchText

    opened = set(TicketAccess.objects.values_list("ticket", flat=True))
    findable = set(TicketSearchText.objects.values_list("ticket", flat=True))
    return [t.number for t in tickets if t.pk not in opened or t.pk not in findable]


def _disagreeing() -> list[str]:
    """Tickets whose row does not stand where the ledger's last entry left it, or whose figures differ."""
    from django.core.management import CommandError, call_command

    from helpdesk_plugin.models import Ticket, TicketEvent

    out, wrong = io.StringIO(), []
    try:
        call_command("recompute_sla", check=True, stdout=out)
    except CommandError as error:
        wrong += [str(error), *out.getvalue().splitlines()]
    # In the order of writing: the clock of the machine was set back on purpose.
    last = dict(TicketEvent.objects.order_by("pk").values_list("ticket", "to_status"))
    wrong += [t.number for t in Ticket.objects.order_by("pk") if t.status != last.get(t.pk)]
    kept = dict(Ticket.history.order_by("history_id").values_list("id", "version"))
    return wrong + [
        f"{t.number}: history" for t in Ticket.objects.order_by("pk") if kept.get(t.pk) != t.version
    ]
