"""The two records of a ticket: field changes by simple-history, and the ledger of the procedure."""

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.staff.changes import ChangeReader
from helpdesk_plugin.staff.timeline import Entry
from helpdesk_plugin.staff.views.base import OneTicketMixin

PER_PAGE = 20


class TicketHistoryView(OneTicketMixin, TemplateView):
    """Who changed what from what to what; and, beside it, which steps were taken."""

    template_name = "helpdesk_plugin/staff/history.html"
    page_title = _("Record of changes")

    def get_page_subtitle(self):
        return self.object.number

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        of_ledger = self.request.GET.get("record") == "ledger"
        rows = self._ledger() if of_ledger else self._field_history()
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        records = [Entry(event) for event in page] if of_ledger else self._changes(page, rows)
        return context | {
            "of_ledger": of_ledger,
            "page_obj": page,
            "records": records,
            "history_url": self.history_url,
        }

    def _ledger(self):
        return self.object.events.newest_first().select_related("by")

    def _field_history(self):
        return self.object.history.order_by("-history_date", "-history_id")

    def _changes(self, page, rows):
        """The page's records; each is compared with the one before it, so one more row is read."""
        if not page.paginator.count:
            return []
        first, last = page.start_index() - 1, page.end_index()
        found = list(rows[first : last + 1])
        shown, earlier = found[: last - first], found[last - first :]
        reader = ChangeReader(shows_nip=holds(self.request.user, "helpdesk_plugin.view_nip_ticket"))
        return reader.read(shown, earlier[0] if earlier else None)
