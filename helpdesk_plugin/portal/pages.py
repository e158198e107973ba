"""What every page of the portal has in common: how it is drawn, what it promises, what it survives."""

import logging
import uuid
from functools import wraps

from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpResponseNotAllowed, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from helpdesk_plugin import conf
from helpdesk_plugin.domain.working_calendar import NoWorkingTime
from helpdesk_plugin.portal import access
from helpdesk_plugin.portal.access import NotOpen

logger = logging.getLogger(__name__)

#: What a broken or oversized request can raise when it is read.
_UNREADABLE = (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError)


def show(request, template: str, context: dict | None = None, *, status: int = 200):
    """Draw a page of the portal inside the site's base template."""
    return render(request, f"helpdesk_plugin/portal/{template}", frame(context or {}), status=status)


def frame(context: dict) -> dict:
    """A page's own context with what the frame around it needs."""
    return {
        "helpdesk_base": conf.base_template(),
        "site_home": access.site_path(),
        "helpdesk_home": access.portal_path(),
        **context,
    }


def portal_view(*methods: str, private: bool = True, returnable: bool = False):
    """Make a function a page of the portal.

    Other methods are answered 405; a request that cannot be read, a form whose token has expired and a
    ticket that is not open to this browser become sentences. A POST without a valid token still reaches
    the view, with ``request.token_expired`` set: the view must do nothing but show the form again, with
    what was typed. ``private`` pages are neither kept nor found by anyone.

    An answer to a POST is private too, unless ``returnable``: then it shows a person's own words before they
    are sent anywhere, and the browser may keep it for the back button. A page that it may not keep cannot
    be gone back to: browsers show an error in its place, and what was typed is gone from sight.
    """
    allowed = ("GET", "HEAD", *methods)

    def decorate(view):
        @wraps(view)
        def answer(request, *args, **kwargs):
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            # What people type is personal: error reports leave it out.
            request.sensitive_post_parameters = "__ALL__"
            try:
                _read(request)
                request.token_expired = _token_expired(request)
                response = view(request, *args, **kwargs)
            except NotOpen as refused:
                response = redirect(_tracker_for(refused.number))
            except NoWorkingTime:
                logger.exception("The agency has no working hours; a page cannot name its deadlines.")
                response = _not_ready(request)
            except _UNREADABLE as broken:
                response = _unreadable(request, broken)
            answered = request.method == "POST"
            return _protect(response, hidden=private or answered, kept=not private and returnable)

        # The check is made inside, where a failure can keep what was typed.
        return csrf_exempt(answer)

    return decorate


def form_key(request) -> uuid.UUID:
    """The random key of the form that was sent; a form without a readable one gets a new one."""
    try:
        return uuid.UUID(request.POST.get("kunci", ""))
    except ValueError:
        return uuid.uuid4()


class _TokenCheck(CsrfViewMiddleware):
    """Django's own check, telling the reason instead of answering for us."""

    def _reject(self, request, reason):
        return reason


def _token_expired(request) -> bool:
    if request.method != "POST":
        return False
    check = _TokenCheck(lambda _request: None)
    check.process_request(request)
    reason = check.process_view(request, None, (), {})
    if reason:
        logger.info("A form of the portal came without a valid token: %s", reason)
    return bool(reason)


def _read(request) -> None:
    """Parse address and body now, so that what cannot be read fails here and not in a template.

    As UTF-8 whatever the request claims: among Python's codecs are some that make text which cannot be
    written out again.
    """
    request.encoding = "utf-8"
    request.GET  # noqa: B018 - a lazy property; reading it is what may fail
    if request.method == "POST":
        request.POST  # noqa: B018


def _unreadable(request, broken):
    logger.warning("A request to the portal could not be read: %s", type(broken).__name__)
    # The parameters are what could not be read; the page is drawn without them.
    request.META["QUERY_STRING"] = ""
    request.__dict__.pop("GET", None)
    if isinstance(broken, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)):
        status = 413
        text = _(
            "More was sent than this page can take. Shorten the text or send fewer files, then try again."
        )
    else:
        status = 400
        text = _("What your browser sent could not be read. Go back, reload the page and send it again.")
    return show(request, "sentence.html", {"title": _("Not received"), "text": text}, status=status)


def _not_ready(request):
    text = _("The service hours are not set, so no deadline can be named. Please call us.")
    return show(request, "sentence.html", {"title": _("Not ready"), "text": text}, status=503)


def _tracker_for(number: str) -> str:
    return f"{reverse('helpdesk:track')}?{urlencode({'nomor': number[:40]})}"


def _protect(response, *, hidden: bool, kept: bool):
    """Nothing about a ticket is found by a search engine, told to another site, or kept on the way."""
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    if hidden:
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        # Not "no-referrer": browsers would then send "Origin: null" with the forms of the page, and the
        # token check would refuse them all. Nothing leaves the site with this policy either.
        response.headers.setdefault("Referrer-Policy", "same-origin")
    if hidden and not kept:
        patch_cache_control(response, no_store=True, private=True)
    else:
        patch_cache_control(response, no_cache=True, private=True)
    return response
