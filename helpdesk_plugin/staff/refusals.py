"""What a service refused, as sentences that say who did what when, or what is lacking."""

from dataclasses import dataclass, field

from django.db.models import F
from django.utils.translation import gettext as _

from helpdesk_plugin import labels
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.models import Ticket, TicketEvent
from helpdesk_plugin.people import name_of
from helpdesk_plugin.services import errors
from helpdesk_plugin.services.notice_links import CannotFollow, Confidential
from helpdesk_plugin.staff import words


@dataclass(frozen=True)
class Refusal:
    """Why an act was refused. ``missing`` lists what is lacking, one line each."""

    sentence: str
    missing: list[str] = field(default_factory=list)

    @property
    def in_one_line(self) -> str:
        """The sentence with what is lacking, for where no list fits."""
        return f"{self.sentence} {', '.join(self.missing)}." if self.missing else self.sentence


#: What a service may raise that a screen answers with a sentence. NotPermitted is not among them.
ANSWERED = (
    errors.StepNotAllowed,
    errors.StaleTicket,
    errors.FactsMissing,
    errors.NoteRequired,
    errors.TooLate,
    errors.WrongTarget,
    errors.CannotWriteUp,
    errors.WrongParent,
    CannotFollow,
    errors.NothingToChange,
    errors.CannotBeGiven,
)


def explain(refused: Exception, ticket: Ticket) -> Refusal:
    """Put a refusal of `ANSWERED` into words; ``ticket`` is the one that was acted on."""
    if isinstance(refused, errors.FactsMissing):
        missing = words.missing_in_words(refused.missing, refused.names)
        return Refusal(_("This cannot be done yet. Still missing:"), missing)
    if isinstance(refused, errors.StaleTicket):
        return Refusal(_stale(refused))
    if isinstance(refused, errors.StepNotAllowed):
        return Refusal(no_longer_possible(ticket))
    if isinstance(refused, errors.TooLate):
        return Refusal(_("This was possible until %(when)s.") % {"when": words.moment(refused.deadline)})
    if isinstance(refused, errors.NothingToChange) and refused.act is Remark.EVIDENCE:
        return Refusal(_("This line of the checklist stands like that already; nothing was changed."))
    if isinstance(refused, errors.NothingToChange):
        return Refusal(_("These officers work on it already; nothing was changed."))
    if isinstance(refused, errors.CannotBeGiven):
        told = {"name": name_of(refused.officer)}
        return Refusal(_("%(name)s may not see this ticket, so it cannot be given to them.") % told)
    if isinstance(refused, errors.NoteRequired):
        return Refusal(_("Give the reason in words."))
    if isinstance(refused, errors.WrongParent):
        return Refusal(
            _(
                "That ticket cannot be the parent: it has ended, has a parent itself, differs in being "
                "confidential, or this ticket has children."
            )
        )
    if isinstance(refused, errors.CannotWriteUp):
        return Refusal(_write_up(refused))
    if isinstance(refused, Confidential):
        return Refusal(_("Tickets about information security follow no public notice."))
    if isinstance(refused, CannotFollow):
        return Refusal(_("This notice is over. Choose one that is going on."))
    return Refusal(
        _("This ticket cannot be merged into that one: it is the same, already ended, or leads back.")
    )


def _write_up(refused: errors.CannotWriteUp) -> str:
    if refused.already:
        return _("An article was drafted from this ticket before. Editors find it among their pages.")
    return _("The site has no knowledge base yet. Ask an editor to make that page, then try again.")


def no_longer_possible(ticket: Ticket) -> str:
    """Why a step is not open now: what the ticket's last movement was. Two queries."""
    fresh = Ticket.objects.get(pk=ticket.pk)
    told = {"status": labels.STATUS_FOR_STAFF[fresh.state]}
    moved = fresh.events.exclude(to_status=F("from_status")).newest_first().select_related("by").first()
    if moved is None:
        return _("This step is not possible now: the ticket is “%(status)s”.") % told
    return _("This step is not possible now: %(what)s. The ticket is “%(status)s”.") % {
        **told,
        "what": happened(moved),
    }


def happened(event: TicketEvent) -> str:
    """An act as half a sentence: who, what, when."""
    return _("%(who)s – %(what)s, %(when)s") % {
        "who": words.actor(event),
        "what": labels.ACT_DONE[event.what],
        "when": words.moment(event.at),
    }


def _stale(refused: errors.StaleTicket) -> str:
    if refused.last is None:
        return _("The ticket has changed since you opened this form. What you typed is kept; read it again.")
    return _(
        "The ticket has changed since you opened this form: %(what)s. What you typed is kept. "
        "Check it, and press again if it still applies."
    ) % {"what": happened(refused.last)}
