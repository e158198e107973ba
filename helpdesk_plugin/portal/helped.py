"""The answer to "did this help?" below a knowledge article: counted once a browser; nobody is followed."""

from django.conf import settings
from django.core import signing
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from helpdesk_plugin.portal import wording
from helpdesk_plugin.portal.access import portal_path
from helpdesk_plugin.portal.pages import portal_view, show
from helpdesk_plugin.portal.throttling import ANSWERS
from helpdesk_plugin.services.knowledge import article_to_read, count_answer

#: Names the articles that this browser has answered, and nothing else: no mark of its own, no time.
COOKIE = "helpdesk_helped"
_SALT = "helpdesk.portal.helped"
_SECONDS = 365 * 24 * 60 * 60
#: A cookie has room for so many; of older articles a second answer counts again.
_MOST = 200

YES, NO = "ya", "tidak"


@portal_view("POST")
def answer(request, pk):
    """/artikel/<pk>/membantu/: count the answer and go back to the article."""
    article = article_to_read(pk)
    if article is None:
        raise Http404
    here = article.get_url(request)
    said = request.POST.get("jawab")
    if request.method != "POST" or said not in {YES, NO}:
        return redirect(here)
    if request.token_expired:
        text = wording.token_expired(request).text
        return show(request, "sentence.html", {"title": _("Not received"), "text": text}, status=403)
    answered = _answered(request)
    response = redirect(f"{here}?terima-kasih")
    # Too many from one network are thanked alike: whoever inflates the figures learns nothing by it.
    if pk in answered or ANSWERS.take(request).refused:
        return response
    count_answer(pk, helped=said == YES)
    _remember(request, response, [*answered, pk])
    return response


def _answered(request) -> list[int]:
    """The articles answered here; whatever was tampered with counts as nothing."""
    try:
        held = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_SECONDS)
        return [int(pk) for pk in held]
    except (signing.BadSignature, ValueError, TypeError):
        return []


def _remember(request, response, answered: list[int]) -> None:
    response.set_cookie(
        COOKIE,
        signing.dumps(answered[-_MOST:], salt=_SALT, compress=True),
        max_age=_SECONDS,
        path=portal_path(),
        secure=settings.SESSION_COOKIE_SECURE or request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
