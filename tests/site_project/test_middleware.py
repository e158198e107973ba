"""The language of a page, and what a page may load."""

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from site_project.middleware import (
    ADMIN_POLICY,
    PUBLIC_POLICY,
    ContentPolicyMiddleware,
    LanguageFromCookieMiddleware,
)


def language_of(request: HttpRequest) -> str:
    """Return the language that a view sees."""
    with translation.override(None):
        seen: list[str] = []

        def view(request: HttpRequest) -> HttpResponse:
            seen.extend([translation.get_language(), request.LANGUAGE_CODE])
            return HttpResponse()

        LanguageFromCookieMiddleware(view)(request)
    assert seen[0] == seen[1]
    return seen[0]


@pytest.mark.parametrize("accepted", ["", "en-US,en;q=0.9", "de"])
def test_language_without_cookie_is_indonesian_whatever_the_browser_prefers(
    rf: RequestFactory, accepted: str
) -> None:
    assert language_of(rf.get("/", headers={"accept-language": accepted})) == "id"


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        ("en", "en"),
        ("id", "id"),
        ("de", "id"),
        ("", "id"),
        ("en-us", "id"),
        ("../../etc", "id"),
        ("\x00", "id"),
    ],
)
def test_language_follows_the_cookie_if_the_site_speaks_it(
    rf: RequestFactory, wish: str, language: str
) -> None:
    rf.cookies[settings.LANGUAGE_COOKIE_NAME] = wish
    assert language_of(rf.get("/")) == language


def test_answer_varies_with_the_cookie(rf: RequestFactory) -> None:
    response = LanguageFromCookieMiddleware(lambda request: HttpResponse())(rf.get("/"))
    assert response.headers["Vary"] == "Cookie"


@pytest.mark.parametrize(
    ("path", "chosen"),
    [
        ("/", PUBLIC_POLICY),
        ("/help-desk/lapor/", PUBLIC_POLICY),
        ("/admin/", ADMIN_POLICY),
        ("/admin/login/", ADMIN_POLICY),
    ],
)
def test_page_may_load_what_its_side_of_the_site_needs(rf: RequestFactory, path: str, chosen: str) -> None:
    response = ContentPolicyMiddleware(lambda request: HttpResponse())(rf.get(path))
    assert response.headers["Content-Security-Policy"] == chosen


def test_public_page_allows_neither_inline_code_nor_another_host() -> None:
    assert "unsafe" not in PUBLIC_POLICY
    assert "http" not in PUBLIC_POLICY + ADMIN_POLICY


def test_policy_of_a_view_is_kept(rf: RequestFactory) -> None:
    own = {"Content-Security-Policy": "sandbox"}
    response = ContentPolicyMiddleware(lambda request: HttpResponse(headers=own))(rf.get("/"))
    assert response.headers["Content-Security-Policy"] == "sandbox"
