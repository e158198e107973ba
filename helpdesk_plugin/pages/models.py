"""HelpDeskPage: the place of the help desk in a site's menu, worded by editors."""

from itertools import zip_longest

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from helpdesk_plugin import conf

#: URL name and label of each entry under the page, in the order of use.
MENU_ENTRIES = (
    ("helpdesk:report", _("Report a disruption")),
    ("helpdesk:request", _("Request a service")),
    ("helpdesk:track", _("Track a ticket")),
    ("helpdesk:my_tickets", _("My tickets")),
    ("helpdesk:catalogue", _("Service catalogue")),
    ("helpdesk:sop", _("SOP and service targets")),
)


class HelpDeskPage(Page):
    """Entrance of the help desk: an introduction, the ways in, and answers to common questions."""

    intro = models.TextField(_("introduction"), blank=True, max_length=600)
    report_hint = models.CharField(_("words beside “Report a disruption”"), blank=True, max_length=200)
    request_hint = models.CharField(_("words beside “Request a service”"), blank=True, max_length=200)
    track_hint = models.CharField(_("words beside “Track a ticket”"), blank=True, max_length=200)
    body = RichTextField(
        _("further text"), blank=True, features=["h2", "h3", "bold", "italic", "ol", "ul", "link"]
    )

    template = "helpdesk_plugin/pages/help_desk_page.html"
    page_description = _("Entrance of the help desk with its menu")

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        MultiFieldPanel(
            [FieldPanel("report_hint"), FieldPanel("request_hint"), FieldPanel("track_hint")],
            heading=_("Ways in"),
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("help desk page")
        verbose_name_plural = _("help desk pages")

    def get_context(self, request, *args, **kwargs):
        """The ways in with the editor's words, and what else the help desk offers."""
        links = [
            {"address": address, "label": label, "hint": hint}
            for (label, address), hint in zip_longest(
                self.get_menu_links(), (self.report_hint, self.request_hint, self.track_hint), fillvalue=""
            )
        ]
        return {
            **super().get_context(request, *args, **kwargs),
            "helpdesk_base": conf.base_template(),
            "ways_in": links[:3],
            "more": links[3:],
        }

    def get_menu_links(self):
        """Entries that a site's menu shows under this page: (label, address) pairs."""
        return [(str(label), reverse(name)) for name, label in MENU_ENTRIES]
