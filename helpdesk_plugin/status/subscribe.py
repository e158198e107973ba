"""Being told by mail: asking for it, confirming, changing, leaving. A press does it, never a look."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_variables

from helpdesk_plugin import clock
from helpdesk_plugin.models import NoticeSubscription, StatusNotice, normalised_address
from helpdesk_plugin.notifications.subscription_mail import choices_in_words
from helpdesk_plugin.portal import wording
from helpdesk_plugin.portal.pages import frame, portal_view
from helpdesk_plugin.portal.throttling import WRONG_CODES, Limit, Slot, minutes
from helpdesk_plugin.services import subscriptions
from helpdesk_plugin.services.subscriptions import Wish
from helpdesk_plugin.status.forms import AskForm, ChoicesForm, FollowForm, chosen_by

#: Subscriptions asked for from one network; an office of many behind one address still gets its own.
ASKED_FROM = Limit("subscribe-from", most=30, seconds=60 * 60)
#: Subscriptions asked for to one mail address, known or not: nobody's mailbox is filled by strangers.
ASKED_TO = Limit("subscribe-to", most=3, seconds=60 * 60)
#: Changes of one subscription, each of which tells its readers. Ending it is never refused.
CHANGED = Limit("subscription-change", most=10, seconds=60 * 60)

#: What the button carries as ``aksi`` that takes up what has ended; any other saves the choices.
RESUME = "kembali"
_LONGEST_ID = 19


@portal_view("POST", private=False)
def ask(request):
    """/status/langganan/: asks for an address and what to be told of; ``?pengumuman=`` follows one notice.

    The answer to an address is the same whether it is known or not (see `services.subscriptions`).
    """
    followed = _followed(request)
    if request.method == "POST":
        return _ask(request, followed)
    form = FollowForm() if followed else AskForm(initial={"layanan": request.GET.getlist("layanan")})
    context = {"form": form, "notice": followed, "asked": "dikirim" in request.GET}
    return _show(request, "subscribe.html", context)


def _followed(request) -> StatusNotice | None:
    """The notice that alone is to be followed, if one is named. Raises Http404 if nobody may read it."""
    named = request.POST.get("pengumuman") or request.GET.get("pengumuman", "")
    if not named:
        return None
    readable = StatusNotice.objects.public(clock.now())
    number = int(named) if named.isascii() and named.isdigit() and len(named) < _LONGEST_ID else 0
    found = readable.filter(pk=number).first()
    if found is None:
        raise Http404("no such notice")
    return found


def _ask(request, followed: StatusNotice | None):
    form = (FollowForm if followed else AskForm)(request.POST)
    draw = _drawer(request, form, followed)
    if request.token_expired:
        return draw([wording.token_expired(request)], 403)
    if not form.is_valid():
        return draw((), 422)
    address = normalised_address(form.cleaned_data["email"])
    for slot in (ASKED_FROM.take(request), ASKED_TO.take_for(address)):
        if slot.refused:
            return _wait(draw([wording.too_often(minutes(slot.wait))], 429), slot)
    wish = Wish(notice=followed) if followed else form.wish()
    subscriptions.ask(address, wish, language=get_language() or "")
    query = {"dikirim": 1} | ({"pengumuman": followed.pk} if followed else {})
    return redirect(f"{reverse('helpdesk:status_subscribe')}?{urlencode(query)}")


def _drawer(request, form, followed: StatusNotice | None):
    def draw(problems, status: int):
        told = wording.problems(form, others=problems)
        context = {"form": form, "notice": followed, "problems": told}
        return _show(request, "subscribe.html", context, status=status)

    return draw


@portal_view("POST")
@sensitive_variables("token")
def confirm(request, token):
    """/status/langganan/konfirmasi/<token>/: the mailed link. The button confirms; scanners press none."""
    if request.method == "POST":
        # A token cannot be guessed; the limit keeps a script from trying for as long as it likes.
        slot = WRONG_CODES.take(request)
        if slot.refused:
            problems = [wording.too_often(minutes(slot.wait))]
            return _wait(_show(request, "gone.html", {"problems": problems}, status=429), slot)
        confirmed = subscriptions.confirm(token)
        if confirmed is not None:
            slot.give_back()
            page = reverse("helpdesk:status_subscription", args=[confirmed.manage_token])
            return redirect(f"{page}?baru=1")
    asked = subscriptions.waiting_for(token)
    if asked is None:
        return _gone(request)
    return _show(request, "confirm.html", {"token": token, "choices": choices_in_words(asked)})


@portal_view("POST")
@sensitive_variables("token")
def subscription(request, token):
    """/status/langganan/<token>/: what an address is told of; change it, or take up what has ended.

    The token in the address is the proof, as in every mail; a cookie would add nothing, and mail programs
    that show pages themselves have none.
    """
    held = subscriptions.managed(token)
    if held is None:
        return _gone(request)
    if request.method != "POST":
        return _draw(request, held, token)
    slot = CHANGED.take_for(str(held.pk))
    if slot.refused:
        problem = wording.too_often(minutes(slot.wait))
        return _wait(_draw(request, held, token, problems=[problem], status=429), slot)
    if request.POST.get("aksi") == RESUME:
        subscriptions.take_up(held)
        return redirect(f"{request.path}?baru=1")
    return _save(request, held, token)


def _save(request, held: NoticeSubscription, token: str):
    if held.notice is not None or not held.is_in_force:
        return redirect(request.path)
    form = ChoicesForm(request.POST)
    if not form.is_valid():
        return _draw(request, held, token, form=form, problems=wording.problems(form), status=422)
    subscriptions.change(held, form.wish(), language=get_language() or held.language)
    return redirect(f"{request.path}?tersimpan=1")


@portal_view("POST")
@sensitive_variables("token")
def unsubscribe(request, token):
    """/status/langganan/<token>/berhenti/: asks, and ends the subscription with one press.

    Mail programs press it themselves (RFC 8058): then a short answer is enough. The address is told, and can
    come back with one press, because several people may read it.
    """
    held = subscriptions.managed(token)
    if held is None:
        return _gone(request)
    if request.method != "POST":
        return _show(
            request, "unsubscribe.html", {"token": token, "choices": choices_in_words(held), "held": held}
        )
    subscriptions.end(held)
    if request.POST.get("List-Unsubscribe"):
        return HttpResponse("OK", content_type="text/plain")
    return redirect("helpdesk:status_subscription", token=token)


def _draw(request, held: NoticeSubscription, token: str, *, form=None, problems=(), status: int = 200):
    context = {
        "held": held,
        "token": token,
        "form": form or (None if held.notice else ChoicesForm(initial=chosen_by(held))),
        "choices": choices_in_words(held),
        "problems": problems,
        "is_new": "baru" in request.GET,
        "is_saved": "tersimpan" in request.GET,
    }
    return _show(request, "subscription.html", context, status=status)


def _gone(request):
    return _show(request, "gone.html", status=410)


def _wait(response, slot: Slot):
    response.headers["Retry-After"] = str(slot.wait)
    return response


def _show(request, template: str, context: dict | None = None, *, status: int = 200):
    return render(request, f"helpdesk_plugin/status/{template}", frame(context or {}), status=status)
