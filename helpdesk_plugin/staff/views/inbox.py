"""The head of agency's inbox: what waits for disposition (S3), read and disposed with one thumb."""

from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import calendar
from helpdesk_plugin.domain.steps import OWN_SOP_CODE, Step
from helpdesk_plugin.models import Attachment, StepRecord, Ticket
from helpdesk_plugin.permissions import may_take
from helpdesk_plugin.services.disposition import dispose_late, dispose_ticket, missing_of_each
from helpdesk_plugin.services.errors import NotPermitted
from helpdesk_plugin.staff import refusals, words
from helpdesk_plugin.staff.due import Due, due_of
from helpdesk_plugin.staff.forms.inbox import InboxForm
from helpdesk_plugin.staff.views.listing import staff_media

#: Shown at once; the rest moves up as these are disposed.
SHOWN = 50


@dataclass(frozen=True)
class Letter:
    """One ticket as it lies in the inbox. ``late_since`` is when S3 should have ended, if that is past."""

    ticket: Ticket
    due: Due | None
    lacking: list[str]
    files: list[Attachment]
    late_since: object
    refusal: str = ""
    ticked: bool = False

    @property
    def is_owed(self) -> bool:
        """Whether work has begun before the disposition."""
        return self.ticket.ran_ahead


class InboxView(WagtailAdminTemplateMixin, FormView):
    """Everything that waits for disposition, and one form for what is ticked.

    Each ticket goes through the door by itself; what the door refuses stays ticked, with the reason.
    """

    model = None
    index_url_name = None
    inspect_url_name = None
    download_url_name = None
    inbox_url_name = None
    template_name = "helpdesk_plugin/staff/inbox.html"
    form_class = InboxForm
    page_title = gettext_lazy("Awaiting disposition")
    header_icon = "form"

    def dispatch(self, request, *args, **kwargs):
        if not may_take(request.user, Step.DISPOSE, None):
            raise PermissionDenied
        self.refused: dict[str, str] = {}
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def _waiting(self):
        return Ticket.objects.visible_to(self.request.user).awaiting_disposition()

    @cached_property
    def tickets(self) -> list[Ticket]:
        return list(self._waiting.with_list_facts().in_work_order()[:SHOWN])

    @cached_property
    def _late(self) -> dict[int, object]:
        """When S3 should have ended, by ticket, where that is past."""
        running = StepRecord.objects.running().filter(
            ticket__in=self.tickets, code=OWN_SOP_CODE[Step.DISPOSE]
        )
        return dict(running.filter(due_at__lt=clock.now()).values_list("ticket_id", "due_at"))

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"tickets": self.tickets, "some_late": bool(self._late)}

    # --- Disposing -------------------------------------------------------------------------------------

    def form_valid(self, form):
        done = [self._dispose(form, ticket_id) for ticket_id in dict.fromkeys(form.ticked)]
        given = [ticket.number for ticket in done if ticket]
        if given:
            told = {"n": len(given), "numbers": ", ".join(given)}
            sentence = ngettext(
                "Disposition given: %(numbers)s.", "%(n)d dispositions given: %(numbers)s.", len(given)
            )
            messages.success(self.request, sentence % told)
        if not self.refused:
            return redirect(reverse(self.inbox_url_name))
        return self._again(form)

    def form_invalid(self, form):
        messages.validation_error(self.request, _("Not saved yet: please correct what is marked."), form)
        return super().form_invalid(form)

    def _dispose(self, form, ticket_id: str) -> Ticket | None:
        ticket = form.tickets.get(ticket_id) or self._elsewhere(ticket_id)
        if ticket is None:
            self.refused[ticket_id] = _("One of the tickets is not open to you any more.")
            return None
        service = dispose_late if ticket.ran_ahead else dispose_ticket
        try:
            return service(ticket.pk, form.order, by=self.request.user, **form.request_for(ticket_id))
        except NotPermitted:
            self.refused[ticket_id] = _("You may not give the disposition of this ticket.")
        except refusals.ANSWERED as refused:
            self.refused[ticket_id] = refusals.explain(refused, ticket).in_one_line
        return None

    def _elsewhere(self, ticket_id: str) -> Ticket | None:
        """A ticket that was ticked but waits no longer: the door says why, or knows that this is a repeat."""
        if not (ticket_id.isascii() and ticket_id.isdigit() and len(ticket_id) < 19):
            return None
        return Ticket.objects.visible_to(self.request.user).filter(pk=ticket_id).first()

    def _again(self, form):
        """Show what is left, with what was written and the reasons of what was refused."""
        for name in ("tickets", "_waiting", "_late"):
            self.__dict__.pop(name, None)
        here = {str(ticket.pk) for ticket in self.tickets}
        gone = {sentence for ticket_id, sentence in self.refused.items() if ticket_id not in here}
        for sentence in sorted(gone):
            messages.error(self.request, sentence)
        if here & self.refused.keys():
            messages.error(
                self.request, _("Some tickets were not disposed. The reason stands with each of them.")
            )
        return self.render_to_response(self.get_context_data(form=form))

    # --- The screen ------------------------------------------------------------------------------------

    def get_breadcrumbs_items(self):
        listing = {"url": reverse(self.index_url_name), "label": capfirst(Ticket._meta.verbose_name_plural)}
        return [*self.breadcrumbs_items, listing, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        waiting = self._waiting.count() if len(self.tickets) == SHOWN else len(self.tickets)
        return context | {
            "letters": self._letters(context["form"]),
            "waiting": waiting,
            "more": waiting - len(self.tickets),
            "inbox_url": reverse(self.inbox_url_name),
            "inspect_url_name": self.inspect_url_name,
            "download_url_name": self.download_url_name,
            "media": staff_media() + context["form"].media,
        }

    def _letters(self, form) -> list[Letter]:
        now, hours = clock.now(), SimpleLazyObject(calendar)
        lacks, files = missing_of_each(self.tickets), self._files()
        return [
            Letter(
                ticket=ticket,
                due=due_of(ticket, now, hours),
                lacking=words.missing_in_words(*lacks[ticket.pk]),
                files=files.get(ticket.pk, []),
                late_since=self._late.get(ticket.pk),
                refusal=self.refused.get(str(ticket.pk), ""),
                ticked=str(ticket.pk) in form.ticked,
            )
            for ticket in self.tickets
        ]

    def _files(self) -> dict[int, list[Attachment]]:
        found: dict[int, list[Attachment]] = {}
        for file in Attachment.objects.filter(ticket__in=self.tickets).order_by("id"):
            found.setdefault(file.ticket_id, []).append(file)
        return found
