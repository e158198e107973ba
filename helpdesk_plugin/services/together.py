"""Two acts in one press: both are recorded by the door, or neither is and nothing is sent."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from helpdesk_plugin.domain.steps import Remark, Step
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.permissions import may_take
from helpdesk_plugin.services._door import Request, pass_through
from helpdesk_plugin.services.closure import inform_ticket
from helpdesk_plugin.services.errors import NoteRequired
from helpdesk_plugin.services.files import AcceptedFile
from helpdesk_plugin.services.handling import Recovery, resolve_ticket


def tell_and_resolve(
    ticket_id: int,
    recovery: Recovery,
    *,
    by: Any,
    note: str,
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
    files: Sequence[AcceptedFile] = (),
) -> Ticket:
    """Record the recovery (S7) and tell the requester in ``note``, with ``files``.

    Whoever may also inform the agency does so with the same words (S8), and the days to confirm run from
    now; from anybody else the words are a reply, and S8 stays with technical support. Either way the
    requester gets one mail. Raises what the two acts raise; then neither has happened.
    """
    with transaction.atomic():
        ticket = resolve_ticket(ticket_id, recovery, by=by, key=key, version=version, late_reason=late_reason)
        second = f"{key}-told" if key else None
        if not note.strip():
            raise NoteRequired(Remark.REPLY)
        if may_take(by, Step.INFORM, ticket):
            return inform_ticket(ticket_id, by=by, note=note, key=second, files=files)
        return pass_through(ticket_id, Remark.REPLY, Request(by=by, note=note, key=second, files=files))
