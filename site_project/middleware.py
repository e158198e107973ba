"""The language of a page."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers


class LanguageFromCookieMiddleware:
    """Speaks the language that the visitor chose with the switch, and Indonesian to everybody else.

    Unlike Django's LocaleMiddleware it does not look at Accept-Language: most browsers in the offices are
    set to English, and the help desk of an Indonesian agency must not answer in English because of that.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = chosen_language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        patch_vary_headers(response, ("Cookie",))
        return response


def chosen_language(request: HttpRequest) -> str:
    """Return the language to answer in: the cookie's if the site speaks it, else the site's own."""
    wish = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return wish if wish in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
