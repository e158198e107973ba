"""Pages around the help desk: its entrance in a site's menu, and what was learnt from solved tickets."""

from itertools import zip_longest

from django.core.paginator import Paginator
from django.db import models
from django.db.models import F
from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from helpdesk_plugin import conf

#: URL name and label of each entry under the page, in the order of use.
MENU_ENTRIES = (
    ("helpdesk:report", _("Report a disruption")),
    ("helpdesk:request", _("Request a service")),
    ("helpdesk:track", _("Track a ticket")),
    ("helpdesk:my_tickets", _("My tickets")),
    ("helpdesk:status", _("Service status")),
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


ARTICLES_PER_PAGE = 20


class KnowledgeIndexPage(Page):
    """The shelf of the knowledge articles; drafts that come out of tickets are put here."""

    intro = models.TextField(_("introduction"), blank=True, max_length=600)

    template = "helpdesk_plugin/pages/knowledge_index_page.html"
    page_description = _("List of knowledge articles: known disruptions and how they are solved")
    content_panels = [*Page.content_panels, FieldPanel("intro")]
    search_fields = [*Page.search_fields, index.SearchField("intro")]
    subpage_types = ["helpdesk_pages.KnowledgeArticlePage"]

    class Meta:
        verbose_name = _("knowledge base")
        verbose_name_plural = _("knowledge bases")

    def get_context(self, request, *args, **kwargs):
        """One page of the published articles (`?page=`), the latest first; three queries."""
        published = KnowledgeArticlePage.objects.child_of(self).live().public()
        articles = published.order_by("-first_published_at", "-pk")
        return {
            **super().get_context(request, *args, **kwargs),
            "helpdesk_base": conf.base_template(),
            "articles": Paginator(articles, ARTICLES_PER_PAGE).get_page(request.GET.get("page")),
        }


class HelpedPanel(HelpPanel):
    """Tells editors how often readers said that an article helped them."""

    def __init__(self, **kwargs):
        super().__init__(**{**kwargs, "template": "helpdesk_plugin/pages/helped_panel.html"})

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self):
            return bool(self.instance.pk) and self.instance.helped.said > 0


class KnowledgeArticlePage(Page):
    """How one kind of disruption shows, why it happens, and how it is solved.

    Plain text on purpose: what comes out of a ticket was typed by officers and is read by everybody.
    """

    symptoms = models.TextField(_("symptoms"), max_length=20_000)
    cause = models.TextField(_("cause"), max_length=20_000, blank=True)
    solution = models.TextField(_("solution"), max_length=20_000)
    services = ParentalManyToManyField(
        "helpdesk_plugin.Service", verbose_name=_("services"), blank=True, related_name="+"
    )

    template = "helpdesk_plugin/pages/knowledge_article_page.html"
    page_description = _("A known disruption with its symptoms, cause and solution")
    content_panels = [
        HelpedPanel(),
        *Page.content_panels,
        FieldPanel("symptoms"),
        FieldPanel("cause"),
        FieldPanel("solution"),
        FieldPanel("services", widget=CheckboxSelectMultiple),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("symptoms"),
        index.SearchField("cause"),
        index.SearchField("solution"),
    ]
    parent_page_types = ["helpdesk_pages.KnowledgeIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("knowledge article")
        verbose_name_plural = _("knowledge articles")

    @property
    def helped(self) -> "Helped":
        """What readers said of it, nothing as long as nobody did. One query."""
        return Helped.objects.filter(article=self.pk).first() or Helped(article_id=self.pk)

    def get_context(self, request, *args, **kwargs):
        """The article in the frame of the site, and whether this visitor comes from having answered."""
        return {
            **super().get_context(request, *args, **kwargs),
            "helpdesk_base": conf.base_template(),
            "answered": "terima-kasih" in request.GET,
        }


class Helped(models.Model):
    """How many readers said that an article helped, or did not. Apart from the page: no revision holds it."""

    article = models.OneToOneField(
        KnowledgeArticlePage, verbose_name=_("article"), on_delete=models.CASCADE, related_name="+"
    )
    yes = models.PositiveIntegerField(_("helped"), default=0)
    no = models.PositiveIntegerField(_("did not help"), default=0)

    class Meta:
        verbose_name = _("answers of readers")
        verbose_name_plural = _("answers of readers")
        default_permissions = ()

    def __str__(self):
        return f"{self.yes}/{self.said}"

    @property
    def said(self) -> int:
        """How many readers answered at all."""
        return self.yes + self.no

    @classmethod
    def count(cls, article_id: int, *, yes: bool) -> None:
        """Count one answer; exact with parallel ones. Two or three queries."""
        cls.objects.get_or_create(article_id=article_id)
        side = "yes" if yes else "no"
        cls.objects.filter(article_id=article_id).update(**{side: F(side) + 1})


class ArticleOrigin(models.Model):
    """From which ticket an article was drafted. For officers: no page and no editor's screen shows it."""

    article = models.OneToOneField(
        KnowledgeArticlePage, verbose_name=_("article"), on_delete=models.CASCADE, related_name="origin"
    )
    ticket = models.OneToOneField(
        "helpdesk_plugin.Ticket", verbose_name=_("ticket"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        verbose_name = _("origin of an article")
        verbose_name_plural = _("origins of articles")
        default_permissions = ()

    def __str__(self):
        return str(self.ticket)
