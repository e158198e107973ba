"""What a requester may do with a ticket: one small page an act, each calling one service."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin import clock, sla_clock
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.steps import Act, Remark, Step
from helpdesk_plugin.domain.transitions import acts_from
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.services import closure, conversation, submission

Words = str | Promise

_MESSAGE = _("Message")


@dataclass(frozen=True)
class Told:
    """What was typed on an act's page, ready for the service."""

    ticket: Ticket
    note: str
    files: list
    key: uuid.UUID
    version: int | None
    changes: dict


@dataclass(frozen=True)
class Deed:
    """An act of the requester as a page: its words, what it asks, and the service that does it.

    ``note_needed`` and ``files_needed`` are what the page insists on; ``takes_files`` is whether it asks
    for files at all. ``careful`` acts end something and are drawn as a warning.
    """

    act: Act
    slug: str
    title: Words
    lead: Words
    button: Words
    done: Words
    serve: Callable[[Told], Ticket]
    note_label: Words = _MESSAGE
    note_hint: Words = ""
    note_needed: bool = False
    asks_note: bool = True
    takes_files: bool = False
    files_needed: bool = False
    careful: bool = False


def _common(told: Told) -> dict:
    return {"by": Party.REQUESTER, "note": told.note, "key": str(told.key)}


def _reply(told: Told) -> Ticket:
    return conversation.reply_to_ticket(told.ticket.pk, **_common(told), files=told.files)


def _attach(told: Told) -> Ticket:
    return conversation.attach_files(told.ticket.pk, **_common(told), files=told.files)


def _answer(told: Told) -> Ticket:
    return conversation.answer_ticket(told.ticket.pk, **_common(told), files=told.files)


def _complete(told: Told) -> Ticket:
    return submission.resubmit_ticket(
        told.ticket.pk, **_common(told), changes=told.changes, version=told.version, files=told.files
    )


def _confirm(told: Told) -> Ticket:
    return closure.confirm_ticket(told.ticket.pk, **_common(told), version=told.version)


def _not_fixed(told: Told) -> Ticket:
    return closure.report_not_fixed(told.ticket.pk, **_common(told), version=told.version, files=told.files)


def _cancel(told: Told) -> Ticket:
    return closure.cancel_ticket(told.ticket.pk, **_common(told), version=told.version)


def _reopen(told: Told) -> Ticket:
    return closure.reopen_ticket(told.ticket.pk, **_common(told), version=told.version, files=told.files)


DEEDS: tuple[Deed, ...] = (
    Deed(
        Step.RESUBMIT,
        "lengkapi",
        title=_("Complete the request"),
        lead=_("Correct or add what is missing, then send the request again."),
        button=_("Send the completed request"),
        done=_("Thank you. Your completed request has been sent again."),
        serve=_complete,
        takes_files=True,
    ),
    Deed(
        Step.ANSWER,
        "jawab",
        title=_("Answer the question"),
        lead=_("The work goes on as soon as your answer is here."),
        button=_("Send answer"),
        done=_("Thank you. Your answer has been sent; the work goes on."),
        serve=_answer,
        note_label=_("Your answer"),
        note_needed=True,
        takes_files=True,
    ),
    Deed(
        Step.CONFIRM,
        "konfirmasi",
        title=_("Yes, it is fixed"),
        lead=_("With your confirmation the ticket can be closed."),
        button=_("Yes, it is fixed"),
        done=_("Thank you. We have noted that it is fixed and will close the ticket."),
        serve=_confirm,
        note_label=_("A word to the officers"),
    ),
    Deed(
        Step.NOT_FIXED,
        "belum-teratasi",
        title=_("Not fixed yet"),
        lead=_("Tell us what still does not work. The officers take it up again at once."),
        button=_("Send: not fixed yet"),
        done=_("Thank you. The officers take it up again."),
        serve=_not_fixed,
        note_label=_("What still does not work?"),
        note_hint=_("A photo or a picture of the screen helps."),
        note_needed=True,
        takes_files=True,
    ),
    Deed(
        Step.REOPEN,
        "buka-kembali",
        title=_("Reopen the ticket"),
        lead=_("Has the same trouble come back? The officers take it up again under the same number."),
        button=_("Reopen"),
        done=_("The ticket has been reopened."),
        serve=_reopen,
        note_label=_("What has happened since?"),
        note_needed=True,
        takes_files=True,
    ),
    Deed(
        Remark.REPLY,
        "balas",
        title=_("Write to the officers"),
        lead=_("The officers who handle this ticket read your message."),
        button=_("Send message"),
        done=_("Your message has been sent."),
        serve=_reply,
        note_needed=True,
        takes_files=True,
    ),
    Deed(
        Remark.ATTACH,
        "tambah-berkas",
        title=_("Add files"),
        lead=_("Covering letter, documents or photos that belong to this ticket."),
        button=_("Send files"),
        done=_("Your files have been received."),
        serve=_attach,
        note_label=_("Note on the files"),
        takes_files=True,
        files_needed=True,
    ),
    Deed(
        Step.CANCEL,
        "batalkan",
        title=_("Cancel the request"),
        lead=_(
            "The work on this ticket stops. If you change your mind, talk to us: an officer files it again "
            "for you. Or file it again yourself at any time."
        ),
        button=_("Yes, cancel the request"),
        done=_(
            "The request has been cancelled. Was it a mistake? Talk to us: an officer files it again for you."
        ),
        serve=_cancel,
        note_label=_("Reason"),
        careful=True,
    ),
)

BY_SLUG: dict[str, Deed] = {deed.slug: deed for deed in DEEDS}


@dataclass(frozen=True)
class Offer:
    """A deed that is open on a ticket now."""

    deed: Deed
    ticket: Ticket

    @property
    def act(self) -> Act:
        return self.deed.act


def offers_for(ticket: Ticket) -> list[Offer]:
    """What the requester may do with this ticket now, most wanted first."""
    open_acts = set(acts_from(ticket.state, Party.REQUESTER, held_from=ticket.held_from_state))
    if Step.REOPEN in open_acts and _too_late_to_reopen(ticket):
        open_acts.remove(Step.REOPEN)
    if ticket.confirmed_at:
        open_acts.discard(Step.CONFIRM)
    return [Offer(deed, ticket) for deed in DEEDS if deed.act in open_acts]


def sentence_after(slug: str) -> str:
    """What to say once the act of this page has been done; empty for an unknown word."""
    return str(BY_SLUG[slug].done) if slug in BY_SLUG else ""


def _too_late_to_reopen(ticket: Ticket) -> bool:
    deadline = sla_clock.reopening_deadline(ticket)
    return deadline is None or deadline < clock.now()
