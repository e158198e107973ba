"""The language of a page, what a page may load, and how it travels."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.urls import reverse
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


def policy(**sources: str) -> str:
    """Write a content security policy: `script_src="'self'"` becomes `script-src 'self'`."""
    return "; ".join(f"{name.replace('_', '-')} {allowed}" for name, allowed in sources.items())


# What citizens see comes from this site alone and brings no inline script or style. A text that somebody
# managed to smuggle into a page therefore stays a text.
PUBLIC_POLICY = policy(
    default_src="'self'",
    img_src="'self' data:",
    object_src="'none'",
    base_uri="'self'",
    form_action="'self'",
    frame_ancestors="'self'",
)


def admin_policy(script_src: str) -> str:
    """The policy of a page in Wagtail's admin, which styles some of its parts inline."""
    return policy(
        default_src="'self'",
        script_src=script_src,
        style_src="'self' 'unsafe-inline'",
        img_src="'self' data: blob:",
        object_src="'none'",
        base_uri="'self'",
        form_action="'self'",
        frame_ancestors="'self'",
    )


# Where officers read what strangers wrote, no script within a page runs.
DESK_POLICY = admin_policy("'self'")
# Wagtail starts its choosers and its lists of sub-forms by scripts within the page.
EDITOR_POLICY = admin_policy("'self' 'unsafe-inline'")
#: Below the admin: addresses whose pages bring no script of their own …
DESK = ("login/", "account/", "two-step/", "reports/", "users/", "helpdesk/")
#: … but for those whose forms have such parts.
EDITORS = tuple(f"helpdesk/{name}/" for name in ("notices", "services", "special-days", "working-hours"))


def policy_within_admin(below: str) -> str:
    """The policy of an admin page by its address below the admin; the home is the empty one."""
    at_the_desk = not below or (below.startswith(DESK) and not below.startswith(EDITORS))
    return DESK_POLICY if at_the_desk else EDITOR_POLICY


class ContentPolicyMiddleware:
    """Tells the browser to load nothing from other hosts; a view that sets a policy of its own keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.admin = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.DEBUG and response.status_code >= 400:
            return response  # Django's explanation of an error is styled inline
        if request.path.startswith(self.admin):
            chosen = policy_within_admin(request.path.removeprefix(self.admin))
        else:
            chosen = PUBLIC_POLICY
        response.headers.setdefault("Content-Security-Policy", chosen)
        return response


class PermissionsPolicyMiddleware:
    """Gives no page, and nothing that a page might be made to load, the devices of the visitor.

    Photos come through the file chooser, which asks the person and needs no permission of the page.
    """

    POLICY = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.POLICY)
        return response


class CompressTextMiddleware(GZipMiddleware):
    """Compresses pages, which a village's link carries in a quarter of the time; files go as they are.

    Photos and PDFs are compressed already, and a download whose length is known shows its progress. What
    could be guessed from the length of a compressed page is hidden by Django, which adds bytes at random.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        kind = response.get("Content-Type", "").partition(";")[0]
        if response.streaming or not (
            kind.startswith("text/") or kind in {"application/json", "image/svg+xml"}
        ):
            return response
        return super().process_response(request, response)
