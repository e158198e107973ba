"""Every address that the site knows answers in words, with the headers that protect its visitors."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user_model
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import UUIDConverter

#: What stands in place of a parameter: something that exists for nobody.
NOTHING = {UUIDConverter: "00000000-0000-4000-8000-000000000000"}
#: Ends the session by being asked; fails on purpose (Wagtail tries its error page with it).
LEFT_OUT = {"/admin/logout/", "/admin/failwhale/"}


def addresses(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    """Yield an address for each pattern below a resolver that is written as a path."""
    for pattern in resolver.url_patterns:
        route = getattr(pattern.pattern, "_route", None)
        if route is None:
            continue  # a regular expression: Wagtail's catch-all, which the pages' own tests visit
        for name, converter in pattern.pattern.converters.items():
            route = re.sub(rf"<(?:\w+:)?{name}>", NOTHING.get(type(converter), "987654"), route)
        if isinstance(pattern, URLPattern):
            yield before + str(route)
        else:
            yield from addresses(pattern, before + str(route))


#: A script within a page, other than data for one.
INLINE_SCRIPT = re.compile(r"<script(?![^>]*(?:src=|json|template))[^>]*>|<\w+[^>]* on[a-z]+=\"")

ALL = sorted(set(addresses(get_resolver())) - LEFT_OUT)
PUBLIC = [address for address in ALL if not address.startswith("/admin/")]


def check(response) -> None:
    assert response.status_code < 500
    headers = response.headers
    assert "object-src 'none'" in headers["Content-Security-Policy"] or headers[
        "Content-Security-Policy"
    ].startswith("sandbox")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert headers["X-Frame-Options"] in {"SAMEORIGIN", "DENY"}
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Permissions-Policy"].startswith("camera=()")
    assert len(headers["X-Request-ID"]) == 32
    if "script-src 'self';" in headers["Content-Security-Policy"] and not response.streaming:
        assert INLINE_SCRIPT.findall(response.content.decode()) == [], "the policy would stop these"
    for cookie in filter(lambda cookie: cookie.value, response.cookies.values()):  # the others are taken away
        assert cookie["samesite"] in {"Lax", "Strict"}
        assert cookie["secure"], cookie
        assert cookie["httponly"] or cookie.key == "csrftoken"


@pytest.fixture
def secure_cookies(settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.LANGUAGE_COOKIE_SECURE = True


def test_walk_knows_both_sides_of_the_site():
    assert "/help-desk/lapor/" in PUBLIC
    assert "/admin/helpdesk/tickets/" in ALL
    assert len(ALL) > 200


@pytest.mark.parametrize("address", PUBLIC)
def test_public_address_is_protected(client, db, secure_cookies, address):
    check(client.get(address, secure=True))
    check(client.post(address, secure=True))


@pytest.mark.parametrize("part", range(4))
def test_admin_addresses_are_protected(client, db, secure_cookies, part):
    users = get_user_model().objects
    client.force_login(users.create_superuser("administrator", "administrator@example.test", "x"))
    for address in [address for address in ALL if address not in PUBLIC][part::4]:
        check(client.get(address, secure=True))
