"""Views of the agency's website that are no pages."""

import re

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

RESULTS_PER_PAGE = 10
LONGEST_QUERY = 100


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Published, public pages of this site that hold every word of `?q=`.

    The question is shortened to `LONGEST_QUERY` characters; control characters count as spaces. A `?page=`
    that makes no sense shows the nearest page that exists.
    """
    query = clean_query(request.GET.get("q", ""))
    site = Site.find_for_request(request)
    words = words_of(query)
    pages = Page.objects.none()
    if words and site is not None:
        pages = Page.objects.live().public().descendant_of(site.root_page, inclusive=True).search(words)
    results = Paginator(pages, RESULTS_PER_PAGE).get_page(request.GET.get("page"))
    results.object_list = _in_full(results.object_list)
    context = {"query": query, "results": results, "longest_query": LONGEST_QUERY}
    return render(request, "search.html", context)


def clean_query(text: str) -> str:
    """What a person meant to search for: printable, single spaces, at most `LONGEST_QUERY` characters.

    >>> clean_query("  jam\\x00layanan ")
    'jam layanan'
    """
    printable = "".join(
        character if character.isprintable() else " " for character in text[: LONGEST_QUERY * 4]
    )
    return re.sub(r"\s+", " ", printable).strip()[:LONGEST_QUERY].strip()


def words_of(query: str) -> str:
    """The letters and digits of a question, as words.

    Wagtail's search on SQLite hands a quotation mark to the database, which takes it for syntax and fails.

    >>> words_of('"SP4N-LAPOR!" *')
    'SP4N LAPOR'
    """
    return re.sub(r"[\W_]+", " ", query).strip()


def _in_full(found: list[Page]) -> list[Page]:
    """The found pages with all their fields, in the order of relevance: one query per page type."""
    full = {page.pk: page for page in Page.objects.filter(pk__in=[page.pk for page in found]).specific()}
    return [full[page.pk] for page in found if page.pk in full]
