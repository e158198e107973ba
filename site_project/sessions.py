"""How long officers stay signed in: no longer than they are there, and no longer than a working day."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, reverse
from django.utils.functional import LazyObject, SimpleLazyObject

SEEN, BEGAN = "officer_seen_at", "officer_began_at"
#: A session is written no more often than this.
WRITTEN_EVERY = 60.0
#: What an open page asks by itself is no sign that somebody sits before it.
BY_ITSELF = {"wagtailadmin_editing_sessions", "wagtailadmin_sprite", "wagtailadmin_javascript_catalog"}


class OfficerSessionMiddleware:
    """Signs out whoever did nothing in the admin for long, or signed in too long ago.

    Whoever is signed out this way is nobody on every page; pages that do not ask who is there cost nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not (settings.STAFF_IDLE_MINUTES or settings.STAFF_SESSION_HOURS):
            return self.get_response(request)
        if not request.path.startswith(reverse("wagtailadmin_home")):
            request.user = SimpleLazyObject(partial(_still_there, request, request.user))
            return self.get_response(request)
        request.user = bare(request.user)
        if request.user.is_authenticated:
            if is_over(request.session):
                logout(request)
            elif not _asked_by_itself(request):
                _note(request.session)
        return self.get_response(request)


def is_over(session: Any) -> bool:
    """Whether this session of an officer has been idle or has lasted longer than the settings allow."""
    now = time.time()
    limits = (
        (SEEN, timedelta(minutes=settings.STAFF_IDLE_MINUTES)),
        (BEGAN, timedelta(hours=settings.STAFF_SESSION_HOURS)),
    )
    return any(limit and now - session.get(name, now) > limit.total_seconds() for name, limit in limits)


def bare(user: Any) -> Any:
    """The account without the wrappers that fetch it late.

    Wagtail's log opens one of them; with a second inside, it would silently keep nothing of what an account
    does to itself.
    """
    while isinstance(user, LazyObject):
        user.is_authenticated  # noqa: B018 - has it fetched
        user = user._wrapped
    return user


def _still_there(request: HttpRequest, user: Any) -> Any:
    user = bare(user)
    return AnonymousUser() if user.is_authenticated and is_over(request.session) else user


def _note(session: Any) -> None:
    now = time.time()
    session.setdefault(BEGAN, now)
    if now - session.get(SEEN, 0) >= WRITTEN_EVERY:
        session[SEEN] = now


def _asked_by_itself(request: HttpRequest) -> bool:
    match = resolve(request.path_info)  # Wagtail answers every address below its admin
    return bool(BY_ITSELF & {match.url_name or "", *match.namespaces})
