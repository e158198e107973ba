"""The page types of the agency's website.

The agency's name, address, contacts and opening hours are settings and never part of a page.
"""

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from .blocks import INLINE_FEATURES, BodyBlock, HighlightsBlock

NEWS_ON_HOME_PAGE = 3
NEWS_PER_PAGE = 10


class NewsPageQuerySet(PageQuerySet):
    """Queries over news."""

    def published_below(self, page: Page) -> "NewsPageQuerySet":
        """The news below `page` that anyone may read, newest first."""
        return self.live().public().descendant_of(page).order_by("-date", "-first_published_at", "-pk")


class HomePage(Page):
    """The front page of the site: a welcome, ways to the help desk, services, the latest news."""

    welcome_heading = models.CharField(_("welcome heading"), max_length=120)
    welcome_text = RichTextField(_("welcome text"), blank=True, features=INLINE_FEATURES)
    highlights_heading = models.CharField(_("heading of the services"), max_length=80, blank=True)
    highlights = StreamField(HighlightsBlock(required=False), blank=True, verbose_name=_("services"))
    body = StreamField(BodyBlock(required=False), blank=True, verbose_name=_("body"))

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("welcome_heading"), FieldPanel("welcome_text")], heading=_("Welcome")),
        MultiFieldPanel([FieldPanel("highlights_heading"), FieldPanel("highlights")], heading=_("Services")),
        FieldPanel("body"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("welcome_text"), index.SearchField("body")]
    parent_page_types = ["wagtailcore.Page"]
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        """Add `latest_news`, the newest published items of the whole site, and `news_index`."""
        context = super().get_context(request, *args, **kwargs)
        context["latest_news"] = NewsPage.objects.published_below(self)[:NEWS_ON_HOME_PAGE]
        context["news_index"] = NewsIndexPage.objects.live().public().child_of(self).first()
        return context


class ContentPage(Page):
    """A page of text, for instance the profile of the agency; pages below it appear as its section."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True)
    body = StreamField(BodyBlock(required=False), blank=True, verbose_name=_("body"))

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]
    template = "home/content_page.html"

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        """Add `section_pages`: the published pages directly below this one, in the order of the tree."""
        context = super().get_context(request, *args, **kwargs)
        context["section_pages"] = Page.objects.child_of(self).live().public().order_by("path")
        return context


class NewsIndexPage(Page):
    """The list of news and announcements, newest first."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    search_fields = [*Page.search_fields, index.SearchField("intro")]
    subpage_types = ["home.NewsPage"]
    template = "home/news_index_page.html"

    class Meta:
        verbose_name = _("news list")
        verbose_name_plural = _("news lists")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        """Add one page of `news` (`?page=`), optionally of one kind (`?kind=`).

        Values that make no sense are ignored: an unknown kind shows everything, a page that is no number the
        first page, a page beyond the end the last one.
        """
        context = super().get_context(request, *args, **kwargs)
        kind = request.GET.get("kind", "")
        items = NewsPage.objects.published_below(self)
        if kind in NewsPage.Kind.values:
            items = items.filter(kind=kind)
        else:
            kind = ""
        context["kind"] = kind
        context["kinds"] = NewsPage.Kind.choices
        context["news"] = Paginator(items, NEWS_PER_PAGE).get_page(request.GET.get("page"))
        return context


class NewsPage(Page):
    """One news item or announcement."""

    class Kind(models.TextChoices):
        """What a news item is to its reader."""

        NEWS = "news", _("News")
        ANNOUNCEMENT = "announcement", _("Announcement")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.NEWS)
    date = models.DateField(
        _("date"),
        default=timezone.localdate,
        help_text=_("Shown to readers and used for the order of the list."),
    )
    intro = models.TextField(_("introduction"), max_length=300)
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Optional. The description of the image is read to people who cannot see it."),
    )
    body = StreamField(BodyBlock(required=False), blank=True, verbose_name=_("body"))

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("kind"), FieldPanel("date")], heading=_("Publication")),
        FieldPanel("intro"),
        FieldPanel("image"),
        FieldPanel("body"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
        index.FilterField("kind"),
        index.FilterField("date"),
    ]
    objects = PageManager.from_queryset(NewsPageQuerySet)()

    parent_page_types = ["home.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "home/news_page.html"

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")
        indexes = [models.Index(fields=["-date"], name="home_news_date")]


class ContactPage(Page):
    """How to reach the agency. Address, numbers and hours come from the agency's settings."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True)
    map_url = models.URLField(
        _("address of a map"),
        blank=True,
        help_text=_("Optional link to a map; nothing of it is loaded into this page."),
    )
    body = StreamField(BodyBlock(required=False), blank=True, verbose_name=_("body"))

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("map_url"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]
    subpage_types: list[str] = []
    template = "home/contact_page.html"

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")


class SetupRecord(models.Model):
    """Something that the site's setup has made once.

    It keeps a page that an editor deleted from coming back when the setup runs again.
    """

    key = models.SlugField(unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key
