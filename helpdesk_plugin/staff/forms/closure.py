"""Informing the agency (S8), what it answers through an officer, closing and reopening (S9, S10)."""

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin.models import Outcome
from helpdesk_plugin.staff.forms.base import NoteForm, StepForm, TextAndFilesForm
from helpdesk_plugin.staff.forms.fields import paragraphs


class InformForm(StepForm):
    note = paragraphs(
        _("Message to the agency"),
        rows=6,
        help_text=_("Read it through: this is a proposal made from the solution."),
    )

    def suggestions(self, ticket):
        solution = ticket.solution_set.last()
        with override(ticket.language):
            return {"note": _proposal(ticket, solution)}


def _proposal(ticket, solution) -> str:
    """A message in the requester's language, out of what was recorded."""
    told = {"summary": ticket.summary, "service": ticket.service.name}
    lines = [_OUTCOMES[Outcome(solution.outcome if solution else Outcome.NORMAL)]() % told]
    if solution:
        lines.append(gettext("What we did: %(action)s") % {"action": solution.action})
    lines.append(gettext("Please check, and tell us whether it works for you."))
    return "\n\n".join(lines)


_OUTCOMES = {
    Outcome.NORMAL: lambda: gettext("We have handled your request “%(summary)s” (%(service)s)."),
    Outcome.TEMPORARY: lambda: gettext(
        "We have found a temporary solution for your request “%(summary)s” (%(service)s)."
    ),
    Outcome.NOT_RECOVERED: lambda: gettext(
        "We did what we could for your request “%(summary)s” (%(service)s), but it could not be put right."
    ),
}


class ConfirmForm(NoteForm):
    note = paragraphs(
        _("How did the requester tell you?"),
        required=False,
        help_text=_("For instance: by telephone, with name and time."),
    )


class NotFixedForm(TextAndFilesForm):
    note = paragraphs(_("What does the requester say?"), rows=4)


class CloseForm(NoteForm):
    note = paragraphs(_("Closing words"), required=False)


class ReopenForm(TextAndFilesForm):
    note = paragraphs(_("Why is it reopened?"), rows=4)
