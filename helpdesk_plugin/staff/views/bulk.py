"""One act on many tickets: which of them, the form once, then what became of each."""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from helpdesk_plugin import labels
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.permissions import available_acts, may_take
from helpdesk_plugin.services.errors import NotPermitted
from helpdesk_plugin.staff import refusals
from helpdesk_plugin.staff.bulk_acts import BULK_ACTS, MAX_TICKETS, BulkAct
from helpdesk_plugin.staff.forms.base import readers_of
from helpdesk_plugin.staff.my_work import list_url
from helpdesk_plugin.staff.views.listing import listed_tickets, staff_media

_PAGE_URL_NAME = "helpdesk_tickets:inspect"
#: No number of a row is longer, in either database.
_DIGITS = 18


@dataclass(frozen=True)
class Line:
    """One ticket to be ticked; ``obstacle`` says why the act is not open on it now."""

    ticket: Ticket
    version: int
    obstacle: str
    is_ticked: bool

    @property
    def status(self):
        return labels.STATUS_FOR_STAFF[self.ticket.state]


@dataclass(frozen=True)
class Outcome:
    """What became of one ticket."""

    number: str
    sentence: str
    is_done: bool
    url: str = ""


class TicketBulkAction(SnippetBulkAction):
    """Wagtail's bulk page, with the ids pinned in the form and every ticket judged by itself.

    "All that match" is resolved when the page is opened, by the list's own filters and search, and never
    again: what is filed meanwhile is not acted on unseen.
    """

    models: ClassVar = [Ticket]
    template_name = "helpdesk_plugin/staff/bulk.html"
    row: BulkAct

    def __init__(self, request, model):
        super().__init__(request, model)
        if self.next_url == request.path:
            self.next_url = list_url()

    def dispatch(self, request, *args, **kwargs):
        if not may_take(request.user, self.row.act, None):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    # --- Which tickets ---------------------------------------------------------------------------------

    @cached_property
    def _chosen(self):
        """Everything that was selected, as far as this officer may know of it, in order of work."""
        visible = Ticket.objects.visible_to(self.request.user)
        if self.request.method != "POST" and "all" in self.request.GET.getlist("id"):
            return listed_tickets(self.request)
        ids = self._offered if self.request.method == "POST" else self._typed_ids("id")
        return visible.filter(pk__in=ids[: 4 * MAX_TICKETS]).with_list_facts().in_work_order()

    @cached_property
    def tickets(self) -> list[Ticket]:
        return list(self._chosen[:MAX_TICKETS])

    @cached_property
    def matching(self) -> int:
        return len(self.tickets) if len(self.tickets) < MAX_TICKETS else self._chosen.order_by().count()

    @property
    def _offered(self) -> list[int]:
        """What the form that was sent showed, ticked or not: it stays when the form is shown again."""
        shown = [name.removeprefix("version-") for name in self.request.POST if name.startswith("version-")]
        return list(dict.fromkeys([*self._typed_ids("ticket"), *self._usable(shown)]))

    def _typed_ids(self, name: str) -> list[int]:
        sent = self.request.POST if self.request.method == "POST" else self.request.GET
        return self._usable(sent.getlist(name))

    @staticmethod
    def _usable(typed: list[str]) -> list[int]:
        usable = [one for one in typed if one.isascii() and one.isdigit() and len(one) <= _DIGITS]
        return list(dict.fromkeys(map(int, usable)))

    # --- The form --------------------------------------------------------------------------------------

    def get_form_class(self):
        return self.row.form

    def get_form_kwargs(self):
        about = {"act": self.row.act, "tickets": self.tickets, "user": self.request.user}
        return super().get_form_kwargs() | about

    def get_context_data(self, **kwargs):
        form = kwargs.get("form") or self.get_form()
        lines = [self._line(ticket) for ticket in self.tickets]
        return {
            "form": form,
            "view": self,
            "lines": lines,
            "nothing_to_do": bool(lines) and all(line.obstacle for line in lines),
            "chosen": len(lines),
            "matching": self.matching,
            "verb": self.row.verb,
            "page_title": self.row.verb,
            "readers": readers_of(self.row.act),
            "submit_button_label": self.row.verb,
            "action_url": self.request.path,
            "next": self.next_url,
            "breadcrumbs_items": self._trail(),
            "header_icon": "clipboard-list",
            "media": staff_media() + form.media,
        }

    def _line(self, ticket: Ticket) -> Line:
        is_open = self.row.act in available_acts(ticket, self.request.user)
        obstacle = "" if is_open else _("Not possible in this state; it is left out.")
        is_ticked = self.request.method != "POST" or ticket.pk in self._typed_ids("ticket")
        return Line(ticket, self._version(ticket), obstacle, is_open and is_ticked)

    def _version(self, ticket: Ticket) -> int:
        """The version that was read, which a form that is shown again keeps."""
        typed = self.request.POST.get(f"version-{ticket.pk}", "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else ticket.version

    def _trail(self) -> list[dict]:
        home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
        listing = {"url": self.next_url, "label": capfirst(Ticket._meta.verbose_name_plural)}
        return [home, listing, {"url": "", "label": self.row.verb}]

    # --- Acting ----------------------------------------------------------------------------------------

    def form_invalid(self, form):
        messages.validation_error(self.request, _("Not saved yet: please correct what is marked."), form)
        return super().form_invalid(form)

    def form_valid(self, form):
        ids = self._typed_ids("ticket")
        if not ids or len(ids) > MAX_TICKETS:
            told = {"n": MAX_TICKETS}
            form.add_error(None, _("Tick at least one ticket, and at most %(n)d.") % told)
            return self.form_invalid(form)
        known = {ticket.pk: ticket for ticket in self.tickets}
        outcomes = [self._take(known.get(pk), form) for pk in ids]
        return self._report(outcomes)

    def _take(self, ticket: Ticket | None, form) -> Outcome:
        if ticket is None:
            return Outcome("–", _("This ticket is not open to you."), is_done=False)
        url = reverse(_PAGE_URL_NAME, args=[ticket.pk])
        try:
            self.row.take(ticket.pk, form, version=self._version(ticket))
        except NotPermitted:
            sentence = _("You may not take this step on it.")
        except refusals.ANSWERED as refused:
            sentence = refusals.explain(refused, ticket).in_one_line
        else:
            return Outcome(ticket.number, str(labels.ACT_JUST_DONE[self.row.act]), is_done=True, url=url)
        return Outcome(ticket.number, sentence, is_done=False, url=url)

    def _report(self, outcomes: list[Outcome]):
        """What happened to each. Reloading it sends the same keys and so does nothing again."""
        context = {
            "done": [one for one in outcomes if one.is_done],
            "refused": [one for one in outcomes if not one.is_done],
            "verb": self.row.verb,
            "page_title": self.row.verb,
            "next": self.next_url,
            "breadcrumbs_items": self._trail(),
            "header_icon": "clipboard-list",
            "media": staff_media(),
        }
        return render(self.request, "helpdesk_plugin/staff/bulk_report.html", context)

    @classmethod
    def execute_action(cls, objects, **kwargs):
        """Never: the tickets go through the door one by one, in `form_valid`."""
        raise NotImplementedError


def _action(row: BulkAct) -> type[TicketBulkAction]:
    facts = {
        "row": row,
        "action_type": row.act.value,
        "display_name": labels.ACT_VERB[row.act],
        "aria_label": labels.ACT_VERB[row.act],
    }
    return type(f"Bulk{row.act.name.title().replace('_', '')}", (TicketBulkAction,), facts)


#: One class an act, for Wagtail's registry.
ACTIONS = tuple(map(_action, BULK_ACTS))
