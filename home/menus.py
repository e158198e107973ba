"""The site's menu and breadcrumb trail, read from the page tree.

The menu is the home page followed by its published children that have "Show in menus" ticked, in the order of
the tree. It costs one query, however long it is.

A page type may hang a submenu below its entry by defining::

    def get_menu_links(self) -> list[tuple[str, str]]:
        \"\"\"(label, url) of each entry of the submenu, in order.\"\"\"

The method is called on an instance that holds only the core fields of a page (title, slug, url_path, …)
and must not need a query: it returns translated labels and reversed addresses. No base class or import is
needed. An empty list gives a plain entry.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest
from wagtail.models import Page, Site

MAX_DEPTH_OF_TRAIL = 6


@dataclass(frozen=True)
class MenuLink:
    """One link: what it says, where it leads, and whether it is the page now shown."""

    label: str
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class MenuEntry(MenuLink):
    """A link of the main menu with its submenu.

    `is_section` is true when the page now shown lies below this entry or below one of its links.
    """

    is_section: bool = False
    links: list[MenuLink] = field(default_factory=list)


def main_menu(request: HttpRequest) -> list[MenuEntry]:
    """The entries of the main menu for this request; empty when the host belongs to no site.

    Asked several times during one request (header, footer), it reads the tree once.
    """
    if not hasattr(request, "_main_menu"):
        request._main_menu = _read_menu(request)
    return request._main_menu


def trail(request: HttpRequest, page: Page) -> list[MenuLink]:
    """The links from the home page down to `page`, which comes last and is marked as current.

    One query, none for the home page itself, whose trail is empty.
    """
    site = Site.find_for_request(request)
    if site is None or page.pk == site.root_page_id:
        return []
    ancestors = page.get_ancestors().live().filter(depth__gte=site.root_page.depth).order_by("path")
    links = [MenuLink(str(ancestor.title), ancestor.get_url(request) or "") for ancestor in ancestors]
    return [
        *links[-MAX_DEPTH_OF_TRAIL:],
        MenuLink(str(page.title), page.get_url(request) or "", is_current=True),
    ]


def _read_menu(request: HttpRequest) -> list[MenuEntry]:
    site = Site.find_for_request(request)
    if site is None or site.root_page is None:
        return []
    root = site.root_page
    children = Page.objects.child_of(root).live().in_menu().order_by("path")
    home = MenuLink(root.title, root.get_url(request) or "/")
    home_entry = MenuEntry(home.label, home.url, is_current=request.path == home.url)
    return [home_entry, *(_entry(request, page) for page in children)]


def _entry(request: HttpRequest, page: Page) -> MenuEntry:
    url = page.get_url(request) or ""
    links = [
        MenuLink(str(label), str(address), is_current=request.path == str(address))
        for label, address in _links_of(page)
    ]
    below = any(request.path.startswith(prefix) for prefix in (url, *(link.url for link in links)) if prefix)
    return MenuEntry(page.title, url, is_current=request.path == url, is_section=below, links=links)


def _links_of(page: Page) -> Iterable[tuple[str, str]]:
    get_menu_links = getattr(page.specific_deferred, "get_menu_links", None)
    return get_menu_links() if get_menu_links is not None else []
