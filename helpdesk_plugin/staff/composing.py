"""What can be done with words typed on the ticket page: ways of saying, each with its readers and its act."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from helpdesk_plugin import labels
from helpdesk_plugin.domain.steps import Act, Remark, Step
from helpdesk_plugin.labels import Label
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.services import conversation, handling, together

#: The way that a page opens with, and falls back to: nothing leaves the house by mistake.
INTERNAL = "note"


@dataclass(frozen=True)
class Way:
    """One way of saying. ``needs``: the acts that must be open; ``done``: what has happened then."""

    name: str
    label: Label
    press: Label
    done: Label
    icon: str
    needs: tuple[Act, ...]
    take: Callable[[int, Any], Ticket]
    effect: Label = ""

    @property
    def is_public(self) -> bool:
        return self.name != INTERNAL


WAYS: tuple[Way, ...] = (
    Way(
        INTERNAL,
        pgettext_lazy("way of saying", "Internal note"),
        _("Save internal note"),
        labels.ACT_JUST_DONE[Remark.NOTE],
        "lock",
        (Remark.NOTE,),
        lambda pk, form: conversation.note_ticket(pk, **form.common),
    ),
    Way(
        "reply",
        pgettext_lazy("way of saying", "Reply"),
        _("Send reply"),
        labels.ACT_JUST_DONE[Remark.REPLY],
        "comment",
        (Remark.REPLY,),
        lambda pk, form: conversation.reply_to_ticket(pk, **form.common),
    ),
    Way(
        "wait",
        pgettext_lazy("way of saying", "Reply and wait"),
        _("Send and wait for the answer"),
        _("Sent; waiting for the requester"),
        "help",
        (Step.HOLD_REQUESTER,),
        lambda pk, form: handling.hold_for_requester(pk, **form.guarded),
        _("The SLA clock stops until the requester answers or work is resumed."),
    ),
    Way(
        "resolve",
        pgettext_lazy("way of saying", "Reply and mark as handled"),
        _("Send and mark as handled"),
        _("Sent; marked as handled"),
        "success",
        (Step.RESOLVE, Remark.REPLY),
        lambda pk, form: together.tell_and_resolve(pk, form.recovery, **form.guarded),
        _("Recovery (S7) is recorded with the action below, which officers alone read."),
    ),
    Way(
        "progress",
        pgettext_lazy("way of saying", "Progress"),
        _("Publish progress"),
        labels.ACT_JUST_DONE[Remark.PROGRESS],
        "history",
        (Remark.PROGRESS,),
        lambda pk, form: conversation.add_progress(pk, **form.common),
    ),
)

#: Acts that the composer stands for, so that no menu repeats them.
SAID_HERE: frozenset[Act] = frozenset({Remark.NOTE, Remark.REPLY, Remark.PROGRESS, Step.HOLD_REQUESTER})


def ways_for(names: set[str]) -> list[Way]:
    """The ways open to somebody who may take the acts with these names now."""
    return [way for way in WAYS if all(act.value in names for act in way.needs)]
