"""The language of a page, what a page may load, and how it travels."""

import gzip
import io

import pytest
from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from site_project.middleware import (
    DESK_POLICY,
    EDITOR_POLICY,
    PUBLIC_POLICY,
    CompressTextMiddleware,
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
        ("/admin/", DESK_POLICY),
        ("/admin/login/", DESK_POLICY),
        ("/admin/helpdesk/tickets/1/", DESK_POLICY),
        ("/admin/helpdesk/notices/add/", EDITOR_POLICY),
        ("/admin/pages/", EDITOR_POLICY),
    ],
)
def test_page_may_load_what_its_side_of_the_site_needs(rf: RequestFactory, path: str, chosen: str) -> None:
    response = ContentPolicyMiddleware(lambda request: HttpResponse())(rf.get(path))
    assert response.headers["Content-Security-Policy"] == chosen


def test_public_page_allows_neither_inline_code_nor_another_host() -> None:
    assert "unsafe" not in PUBLIC_POLICY
    assert "http" not in PUBLIC_POLICY + DESK_POLICY + EDITOR_POLICY


def test_policy_of_a_view_is_kept(rf: RequestFactory) -> None:
    own = {"Content-Security-Policy": "sandbox"}
    response = ContentPolicyMiddleware(lambda request: HttpResponse(headers=own))(rf.get("/"))
    assert response.headers["Content-Security-Policy"] == "sandbox"


PAGE = "Laporkan gangguan. " * 100


def travelled(rf: RequestFactory, response: HttpResponse, accepted: str = "gzip, br") -> HttpResponse:
    return CompressTextMiddleware(lambda _request: response)(
        rf.get("/", headers={"accept-encoding": accepted})
    )


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "text/calendar", "application/json"])
def test_page_travels_compressed_and_arrives_whole(rf: RequestFactory, kind: str) -> None:
    response = travelled(rf, HttpResponse(PAGE, content_type=kind))
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.content) < 400
    assert gzip.decompress(response.content).decode() == PAGE
    assert "Accept-Encoding" in response.headers["Vary"]


def test_browser_that_reads_nothing_compressed_gets_the_page_as_it_is(rf: RequestFactory) -> None:
    assert travelled(rf, HttpResponse(PAGE), accepted="").content.decode() == PAGE


@pytest.mark.parametrize("kind", ["image/jpeg", "application/pdf", "application/octet-stream"])
def test_picture_and_paper_travel_as_they_are(rf: RequestFactory, kind: str) -> None:
    response = travelled(rf, HttpResponse(PAGE, content_type=kind))
    assert "Content-Encoding" not in response.headers


@pytest.mark.django_db  # closing a response ends the request, which looks after the connections
def test_download_keeps_its_length(rf: RequestFactory) -> None:
    response = travelled(
        rf, FileResponse(io.BytesIO(PAGE.encode()), content_type="text/csv", filename="a.csv")
    )
    assert ("Content-Encoding" in response.headers, response.headers["Content-Length"]) == (
        False,
        str(len(PAGE)),
    )
    response.close()
