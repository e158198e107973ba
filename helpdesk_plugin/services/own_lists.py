"""Lists under names of their own: each officer keeps theirs, nobody else's."""

from typing import Any

from helpdesk_plugin.models import SavedView

#: More would be no overview.
MAX_VIEWS = 30


class TooManyViews(Exception):
    """The officer keeps as many lists as anybody can; nothing was saved."""


class NameTaken(Exception):
    """Another list of this officer has this name; nothing was renamed."""


def save_view(officer: Any, name: str, query: str) -> tuple[SavedView, bool]:
    """Keep a list under a name; one that exists under it takes the new filters. Returns it, and whether new.

    Raises TooManyViews.
    """
    own = SavedView.objects.filter(officer=officer)
    if not own.filter(name=name).exists() and own.count() >= MAX_VIEWS:
        raise TooManyViews
    return SavedView.objects.update_or_create(officer=officer, name=name, defaults={"query": query})


def rename_view(view: SavedView, name: str) -> None:
    """Give a list another name. Raises NameTaken."""
    if SavedView.objects.filter(officer=view.officer_id, name=name).exclude(pk=view.pk).exists():
        raise NameTaken
    view.name = name
    view.save(update_fields=["name"])


def delete_view(view: SavedView) -> None:
    """Forget a list. The tickets on it are not concerned."""
    view.delete()
