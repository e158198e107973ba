"""Sentences of the portal: what went wrong and what to do about it, and what the agency promises."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from helpdesk_plugin import labels
from helpdesk_plugin.domain.requirements import Missing
from helpdesk_plugin.domain.transitions import StepNotAllowed
from helpdesk_plugin.models.privacy import contact as contact
from helpdesk_plugin.models.privacy import privacy_notice as privacy_notice
from helpdesk_plugin.models.privacy import retention as retention
from helpdesk_plugin.services.errors import (
    FactsMissing,
    NoteRequired,
    NothingToChange,
    StaleTicket,
    TooLate,
)
from helpdesk_plugin.templatetags.helpdesk import long_datetime


@dataclass(frozen=True)
class Problem:
    """A line of the error summary; ``anchor`` is the id of the field that it is about, if any."""

    text: str
    anchor: str = ""


def problems(form, slots: Iterable = (), others: Iterable[Problem] = ()) -> list[Problem]:
    """Everything that is wrong with a form, in the order of the page: facts, files, the person."""
    of_files = [Problem(text, slot.auto_id) for slot in slots for text in slot.errors]
    of_facts, of_person = [], []
    for bound in form:
        found = of_person if bound.name in _ABOUT_THE_PERSON else of_facts
        found += [Problem(str(text), _anchor(bound)) for text in bound.errors]
    return [*others, *of_facts, *of_files, *of_person]


#: Fields that stand below the files on every page.
_ABOUT_THE_PERSON = {"opd", "privacy_ack", "website"} | {
    f"requester_{what}" for what in ("name", "unit", "phone", "email", "nip")
}


def _anchor(bound) -> str:
    # A group of radio buttons has no element of its own id; its first button takes the focus.
    return f"{bound.auto_id}_0" if bound.use_fieldset else bound.auto_id


# --- What went wrong ----------------------------------------------------------------------------------


def token_expired(request) -> Problem:
    """The form was open for too long, or the browser keeps no cookies."""
    if request.FILES:
        return Problem(
            _(
                "Nothing has been sent yet: this page was open for too long. What you typed is still "
                "here. Choose your files again, then press the button once more."
            )
        )
    return Problem(
        _(
            "Nothing has been sent yet: this page was open for too long. What you typed is still here; "
            "press the button once more. If this sentence comes back, allow cookies for this site."
        )
    )


def too_often(minutes: int) -> Problem:
    """A limit was reached."""
    return Problem(
        ngettext(
            "Too many attempts. Try again in %(n)d minute.",
            "Too many attempts. Try again in %(n)d minutes.",
            minutes,
        )
        % {"n": minutes}
    )


def too_many_guesses(minutes: int) -> Problem:
    """The limit of wrong codes for this address was reached; the owner is told the ways that stay "
    "open."""
    way = _(
        "The limit counts for your internet address, not for the ticket: the link in our emails still "
        "opens it."
    )
    return Problem(f"{too_often(minutes).text} {way}")


def too_many_links(minutes: int) -> Problem:
    """Enough sign-in links were asked for; what opens a ticket meanwhile is told."""
    way = _("Links that you already have still work, and every email about a ticket opens that ticket.")
    return Problem(f"{too_often(minutes).text} {way}")


def sent_before() -> Problem:
    """The same page was sent before with other words."""
    return Problem(
        _(
            "Your earlier text has already been sent. This one is different: press the button to send "
            "it as well."
        )
    )


def store_failed() -> Problem:
    """A file could not be read or written."""
    return Problem(
        _(
            "Nothing has been sent: a file could not be stored. What you typed is still here. Try "
            "again in a few minutes, or send without files and add them later."
        )
    )


def not_ready() -> Problem:
    """The agency has taken its working hours away."""
    return Problem(
        _(
            "Nothing has been sent: the service hours are not set. What you typed is still here; "
            "please call us."
        )
    )


def wrong_pair() -> Problem:
    """One neutral sentence for unknown numbers and wrong codes alike."""
    return Problem(_("Ticket not found. Check the number and the tracking code on your receipt."))


def step_refused(refused: Exception) -> Problem:
    """Why an act was refused, and what can be done instead."""
    if isinstance(refused, StaleTicket):
        return _stale(refused)
    if isinstance(refused, TooLate):
        return Problem(
            _(
                "This was possible until %(deadline)s. Please send a new report and mention the number "
                "of this ticket."
            )
            % {"deadline": long_datetime(refused.deadline)}
        )
    if isinstance(refused, NoteRequired):
        return Problem(
            _("Write the reason in your own words, so that the officers know what to do."), "id_note"
        )
    if isinstance(refused, NothingToChange):
        return Problem(
            _("Nothing has been changed yet. Correct or add something, or write what you want us to know."),
            "id_note",
        )
    if isinstance(refused, FactsMissing):
        lacking = ", ".join(refused.names or [missing_words(one) for one in refused.missing])
        return Problem(_("This is still missing: %(what)s.") % {"what": lacking})
    if isinstance(refused, StepNotAllowed) and refused.status is not None:
        return Problem(
            _(
                "This is no longer possible: the ticket is now “%(status)s”. Nothing was changed. Read "
                "the ticket again; if you need something else, write to us there."
            )
            % {"status": labels.STATUS_FOR_REQUESTER[refused.status]}
        )
    return Problem(_("This is not possible here. Nothing was changed."))


def _stale(refused: StaleTicket) -> Problem:
    last = refused.last
    if last is None or not last.public:
        return Problem(
            _(
                "The ticket has changed while this page was open. Read it again, then press the button "
                "once more."
            )
        )
    return Problem(
        _(
            "While this page was open, something happened on the ticket: %(what)s, %(when)s. What you "
            "typed is still here; if it still fits, press the button once more."
        )
        % {"what": labels.ACT_DONE[last.what], "when": long_datetime(last.at)}
    )


def missing_words(missing: Missing) -> str:
    """A lacking thing in words."""
    words = {
        Missing.COVER_LETTER: _("covering letter"),
        Missing.DOCUMENT: _("required document"),
        Missing.DISPOSITION: _("disposition"),
        Missing.EXAMINATION: _("examination"),
        Missing.DIAGNOSIS: _("diagnosis"),
        Missing.SOLUTION: _("solution"),
        Missing.INFORMED: _("information of the agency"),
        Missing.CONFIRMATION: _("confirmation"),
        Missing.SECURITY_FLAG: _("mark of information security"),
    }
    return words[missing]
