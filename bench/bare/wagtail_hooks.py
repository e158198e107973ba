"""The bare snippet, listed as Wagtail lists it by itself."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from bench.bare.models import Thing


class ThingViewSet(SnippetViewSet):
    model = Thing
    url_prefix = "things"
    list_display = ["name", "place", "kind", "rank", "state", "at"]
    list_per_page = 25


register_snippet(ThingViewSet)
