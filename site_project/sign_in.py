"""Signing in to the admin: who is counted, and what is told to whoever has guessed too often."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from helpdesk_plugin.portal import throttling


def client_address(request: HttpRequest) -> str | None:
    """Return the address that wrong passwords are counted for, behind trusted proxies only; None if unknown.

    Counted as the public form counts: an IPv6 network by its first address.
    """
    address = throttling.client_address(request).partition("/")[0]
    return None if address == "unknown" else address


def wait_a_while(request: HttpRequest, _response: Any, _credentials: Any) -> HttpResponse:
    """Answer 429 with the page that says how long to wait. It does not say whether the account exists."""
    wait = settings.AXES_COOLOFF_TIME
    minutes = throttling.minutes(int(wait.total_seconds()))
    response = render(request, "429.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(int(wait.total_seconds()))
    return response
