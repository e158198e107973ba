"""Keeping a file as soon as it is chosen, so that sending the form itself is small.

A script on the page calls this; without scripts the files come with the form. Whoever knows the random key
of a form may add to it, see the names of what is kept for it, and take files back; nothing else.
"""

import uuid

from django.http import HttpResponseNotAllowed, JsonResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from helpdesk_plugin.portal.pages import portal_view
from helpdesk_plugin.portal.uploads import Slot, Uploads, slot_named
from helpdesk_plugin.services import staging

#: More than any form asks for; beyond it somebody is filling our disk.
MOST_PER_FORM = 20


@portal_view("POST")
def keep(request):
    """/simpan/: keep the file of one question, or take one back (``buang``); answers what is kept now.

    The answer is JSON: ``kept`` (pk, slot, name, size in words), ``problem`` (a sentence or nothing) and
    ``refused``: whether sending the same file again would be refused again.
    """
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if request.token_expired:
        # Nothing is stored for a request that may come from another site.
        return _answer(
            problem=_("The file could not be kept ahead. It goes along when you send."), status=403
        )
    try:
        key = uuid.UUID(request.POST.get("kunci", ""))
    except ValueError:
        return _answer(
            problem=_("The file could not be kept ahead. It goes along when you send."), status=400
        )
    kept = staging.kept_for(key)
    unwanted = request.POST.get("buang")
    if unwanted is not None:
        staging.discard([one for one in kept if str(one.pk) == unwanted])
        return _answer([one for one in kept if str(one.pk) != unwanted])
    slot = slot_named(request.POST.get("slot", ""))
    if slot is None:
        return _answer(kept)
    return _keep(request, key, slot, kept)


def _keep(request, key: uuid.UUID, slot: Slot, kept: list[staging.Kept]) -> JsonResponse:
    others = [one for one in kept if one.slot != slot.name]
    slot.kept = [one for one in kept if one.slot == slot.name]
    if len(kept) >= MOST_PER_FORM:
        return _answer(kept, problem=_("This form has enough files."), refused=True, status=422)
    uploads = Uploads([slot], key)
    uploads.receive(request.FILES)
    refused = bool(slot.errors)
    uploads.keep(request)
    status = 422 if refused else 503 if slot.errors else 200
    return _answer([*others, *slot.kept], problem=" ".join(slot.errors), refused=refused, status=status)


def _answer(
    kept: list[staging.Kept] | None = None, *, problem: str = "", refused: bool = False, status: int = 200
) -> JsonResponse:
    files = [
        {"pk": one.pk, "slot": one.slot, "name": one.name, "size": filesizeformat(one.size)}
        for one in kept or []
    ]
    return JsonResponse({"kept": files, "problem": problem, "refused": refused}, status=status)
