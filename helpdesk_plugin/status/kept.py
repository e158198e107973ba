"""Answers that a thousand readers may have at once: drawn rarely, revalidated cheaply, never stale for long.

When a fibre is cut, everybody opens the same page. So an answer is drawn once and kept by each process for
some seconds, ready to be sent as it is, compressed or not. Two small queries tell before every use whether
anything public has changed meanwhile: what an editor publishes or withdraws shows with the next request.

Readers and caches on the way keep it for half a minute at most, and never beyond the moment at which
something begins, ends or expires. ``ETag`` is what the content hashes to, so that all processes agree on it;
``Last-Modified`` is when this content was first drawn, kept in the shared cache for all of them.
"""

import gzip
import hashlib
import logging
import threading
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps

from django.conf import settings
from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpResponse, HttpResponseNotAllowed
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import get_language
from wagtail.models import Site

from helpdesk_plugin import clock, conf
from helpdesk_plugin.status.board import stamp

logger = logging.getLogger(__name__)

#: Seconds that browsers and caches on the way may show an answer without asking.
PUBLIC_SECONDS = 30
#: Answers that one process keeps: both languages of every page that is much read.
MOST_ANSWERS = 60

_kept = LocMemCache("helpdesk-status", {"MAX_ENTRIES": MOST_ANSWERS})
_drawing = threading.Lock()
#: Which of Wagtail's sites answers to a host: each may have a frame of its own around the same words.
_sites = LocMemCache("helpdesk-status-sites", {"MAX_ENTRIES": MOST_ANSWERS})
_SITE_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """A drawn answer: text, its type, until when it is true if nobody changes anything, further headers."""

    text: str
    content_type: str
    valid_until: datetime
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Kept:
    plain: bytes
    packed: bytes
    content_type: str
    headers: dict[str, str]
    etag: str
    drawn_at: datetime
    since: datetime
    valid_until: datetime
    stamp: str


def public_answer(draw: Callable[..., Answer]):
    """Make a function that draws an answer a page for everybody: GET and HEAD, cacheable, without a cookie.

    ``?bahasa=`` chooses the language, else the site does. Somebody who is signed in sees a page that is drawn
    for them, and that nobody keeps: Wagtail's own bar is on it.
    """

    @wraps(draw)
    def answer(request, *args, **kwargs):
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        with translation.override(_language(request)):
            now, request = clock.now(), _without_query(request)
            if settings.SESSION_COOKIE_NAME in request.COOKIES:
                return _private(draw(request, now, *args, **kwargs))
            drawn_for = (draw.__name__, _site(request), get_language(), *args, *kwargs.values())
            key = "|".join(map(str, drawn_for))
            return _answer(request, _recall(key, now, lambda at: draw(request, at, *args, **kwargs)), now)

    return answer


def forget() -> None:
    """Drop what this process keeps; the shared record of what was drawn when is left alone."""
    _kept.clear()
    _sites.clear()


def _site(request) -> int | None:
    """Key of the site that was asked, the default one for hosts that no site names. One query a minute."""
    if not conf.status_seconds():
        return None
    found = _sites.get_or_set(request.get_host(), lambda: Site.find_for_request(request), _SITE_SECONDS)
    return found and found.pk


def _language(request) -> str:
    wish = request.GET.get("bahasa", "")
    return wish if wish in dict(settings.LANGUAGES) else get_language() or settings.LANGUAGE_CODE


def _without_query(request):
    """The request as if it had asked for the address alone: what one reader adds is shown to no other."""
    plain = copy(request)
    plain.META = {**request.META, "QUERY_STRING": ""}
    plain.__dict__.pop("GET", None)
    return plain


def _recall(key: str, now: datetime, draw: Callable[[datetime], Answer]) -> _Kept:
    seconds = conf.status_seconds()
    if not seconds:
        return _pack(key, draw(now), now, "")
    return _fresh(key, now, stamp(now)) or _drawn_once(key, now, seconds, draw)


def _drawn_once(key: str, came: datetime, seconds: int, draw: Callable[[datetime], Answer]) -> _Kept:
    """Draw an answer while the others wait for it: a thousand drawing the same page would all be late.

    Who waited takes what was drawn after they came, even if more has been published since.
    """
    with _drawing:
        now = clock.now()
        kept = _kept.get(key)
        if kept is None or kept.drawn_at < came or kept.valid_until <= now:
            mark = stamp(now)  # before it is read: what is published meanwhile has it drawn again
            kept = _pack(key, draw(now), now, mark)
            _kept.set(key, kept, seconds)
        return kept


def _fresh(key: str, now: datetime, mark: str) -> _Kept | None:
    kept = _kept.get(key)
    return kept if kept is not None and kept.stamp == mark and kept.valid_until > now else None


def _pack(key: str, answer: Answer, now: datetime, mark: str) -> _Kept:
    plain = answer.text.encode()
    digest = hashlib.sha256(plain).hexdigest()[:32]
    return _Kept(
        plain=plain,
        packed=gzip.compress(plain, 6, mtime=0),
        content_type=answer.content_type,
        headers=answer.headers,
        # Weak: the same words, whether they travel compressed or not.
        etag=f'W/"{digest}"',
        drawn_at=now,
        since=_first_drawn(key, digest, now),
        valid_until=answer.valid_until,
        stamp=mark,
    )


def _first_drawn(key: str, digest: str, now: datetime) -> datetime:
    """Since when the content is what it is, in whole seconds; this moment when the cache does not know."""
    name = f"helpdesk:status:{hashlib.sha256(key.encode()).hexdigest()[:24]}"
    moment = now.replace(microsecond=0)
    try:
        found = cache.get(name)
        if found and found[0] == digest:
            return datetime.fromisoformat(found[1])
        cache.set(name, (digest, moment.isoformat()), None)
    except Exception:
        logger.exception("The cache does not answer; how old the status page is cannot be told.")
    return moment


def _answer(request, kept: _Kept, now: datetime) -> HttpResponse:
    packs = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(
        kept.packed if packs else kept.plain, content_type=kept.content_type, headers=kept.headers
    )
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    response.headers["ETag"] = kept.etag
    response.headers["Last-Modified"] = http_date(kept.since.timestamp())
    left = max(0, min(PUBLIC_SECONDS, int((kept.valid_until - now).total_seconds())))
    response.headers["Cache-Control"] = f"public, max-age={left}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    since = int(kept.since.timestamp())
    return get_conditional_response(request, etag=kept.etag, last_modified=since, response=response)


def _private(answer: Answer) -> HttpResponse:
    response = HttpResponse(answer.text, content_type=answer.content_type, headers=answer.headers)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
