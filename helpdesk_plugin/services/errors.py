"""Refusals of a service. Each changes nothing and carries what a screen needs to say why."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from helpdesk_plugin.domain.requirements import Missing
from helpdesk_plugin.domain.steps import Act
from helpdesk_plugin.domain.transitions import StepNotAllowed
from helpdesk_plugin.models import IssuedDocument, Ticket, TicketEvent

__all__ = [
    "AlreadySubmitted",
    "CannotBeGiven",
    "CannotWriteUp",
    "DocumentWithdrawn",
    "FactsMissing",
    "NotPermitted",
    "NoteRequired",
    "NothingToChange",
    "SignedAlready",
    "StaleTicket",
    "StepNotAllowed",
    "StepRefused",
    "TooLate",
    "WrongParent",
    "WrongTarget",
]


class StepRefused(Exception):
    """Base of the refusals below; `StepNotAllowed` of the core is the other one to catch."""


class NotPermitted(StepRefused):
    """This user does not hold the permission for the act, or may not see the ticket."""

    def __init__(self, act: Act) -> None:
        self.act = act
        super().__init__(f"not permitted: {act.value}")


class NoteRequired(StepRefused):
    """The act must give its reason in words and none came."""

    def __init__(self, act: Act) -> None:
        self.act = act
        super().__init__(f"a reason is required: {act.value}")


class FactsMissing(StepRefused):
    """The ticket lacks something that the act depends on; ``missing`` says exactly what."""

    def __init__(self, act: Act, missing: Sequence[Missing], names: Sequence[str] = ()) -> None:
        self.act, self.missing, self.names = act, tuple(missing), tuple(names)
        super().__init__(f"{act.value} lacks {', '.join(self.missing)}")


class StaleTicket(StepRefused):
    """Somebody else changed the ticket since this form was opened; ``last`` is what happened."""

    def __init__(self, ticket: Ticket, last: TicketEvent | None) -> None:
        self.ticket, self.last = ticket, last
        super().__init__(f"{ticket.number} has changed")


class TooLate(StepRefused):
    """The agreed days for this act have passed."""

    def __init__(self, act: Act, deadline: datetime) -> None:
        self.act, self.deadline = act, deadline
        super().__init__(f"{act.value} was possible until {deadline.isoformat()}")


class NothingToChange(StepRefused):
    """The act would leave things exactly as they are."""

    def __init__(self, act: Act) -> None:
        self.act = act
        super().__init__(f"{act.value} would change nothing")


class CannotBeGiven(StepRefused):
    """This officer may not see the ticket (or is no longer active), so it cannot be given to them."""

    def __init__(self, act: Act, officer: Any) -> None:
        self.act, self.officer = act, officer
        super().__init__(f"{act.value}: the ticket cannot be given to user {officer.pk}")


class WrongTarget(StepRefused):
    """A ticket cannot be merged into itself, into its own duplicate or into a final ticket."""


class WrongParent(StepRefused):
    """A parent is another open ticket, as confidential as its child; neither has further relatives."""


class CannotWriteUp(StepRefused):
    """No article can be drafted: one was before (``already``), or the site has no place for articles."""

    def __init__(self, *, already: bool) -> None:
        self.already = already
        super().__init__("drafted before" if already else "no knowledge base")


class AlreadySubmitted(StepRefused):
    """This form was sent before with other text; ``ticket`` is what came of it the first time."""

    def __init__(self, ticket: Ticket) -> None:
        self.ticket = ticket
        super().__init__(f"already submitted as {ticket.number}")


class DocumentWithdrawn(StepRefused):
    """The document was withdrawn; nothing more is done with it."""

    def __init__(self, document: IssuedDocument) -> None:
        self.document = document
        super().__init__(f"withdrawn: {document}")


class SignedAlready(StepRefused):
    """This very file is kept with the document already."""

    def __init__(self, document: IssuedDocument) -> None:
        self.document = document
        super().__init__(f"signed copy kept before: {document}")
