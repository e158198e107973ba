"""Until the second step is given, an account is nobody: no page of the site knows it."""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils.functional import SimpleLazyObject
from django_otp.middleware import OTPMiddleware

from site_project.sessions import bare
from site_project.two_step import rules

#: What somebody half signed in may still do: go away, and see the page that asks, with its icons and words.
OPEN = {"wagtailadmin_logout", "wagtailadmin_javascript_catalog", "wagtailadmin_sprite"}


class TwoStepMiddleware:
    """Leads whoever still owes a step to the page that asks for it. Stands after AuthenticationMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.after_otp = OTPMiddleware(self._guarded)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.after_otp(request) if rules.enabled() else self.get_response(request)

    def _guarded(self, request: HttpRequest) -> HttpResponse:
        account = request.user
        if not request.path.startswith(reverse("wagtailadmin_home")):
            # Asked only where somebody wants to know, so that public pages cost no query.
            request.user = SimpleLazyObject(partial(_whole, account))
            return self.get_response(request)
        request.user = bare(account)
        owed = rules.stage(request.user)
        # Wagtail answers every address below its admin, so each resolves.
        if owed and resolve(request.path_info).url_name not in OPEN | {owed.value}:
            came_for = request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
            return redirect(f"{reverse(owed.value)}?{urlencode({'next': came_for})}")
        return self.get_response(request)


def _whole(account: Any) -> Any:
    return rules.whole(bare(account))
